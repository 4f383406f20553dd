"""The sandbox: a provider of our own, that proves the hub before any other is connected. Its wire: docs/sandbox.md."""
