"""What was promised and what was kept: how long people wait, whose time that is, and how they found it."""
