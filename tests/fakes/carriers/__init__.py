"""What fakes of providers of SMS have in common: what they take, tell and are told to do. Each brings its own wire."""
