"""The hub: everything that knows about accounts and MongoDB."""

VERSION = "0.1.0"
