"""The inbox: which conversations there are, in views of several kinds; how many; what was said in them, searched."""
