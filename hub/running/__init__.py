"""Running: the web process, the worker process, and both with their servers as one."""
