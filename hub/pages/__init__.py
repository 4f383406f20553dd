"""Pages: what the front-end tool chain has built, served as it is."""
