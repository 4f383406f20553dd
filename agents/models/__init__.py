"""Models: whatever writes or listens, spoken to by the protocol of OpenAI, which many others speak too."""
