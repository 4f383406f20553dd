"""Apart: what a stranger has made is read in a process of its own."""
