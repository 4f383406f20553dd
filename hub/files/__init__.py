"""Files: what people send each other beside words, kept sealed in a folder or a bucket."""
