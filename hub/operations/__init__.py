"""Operations: is it alive, is it ready, how much does it do, and which processes there are."""
