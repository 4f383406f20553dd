"""Benchmarks: each measures ours and a reference in turn, on the same machine, and says the ratio."""
