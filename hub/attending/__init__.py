"""Attending: what people see of us beside our messages: that theirs was read, and that somebody writes."""
