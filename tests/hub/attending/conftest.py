"""Somebody has written to a business over the sandbox."""

from tests.hub.sending.conftest import open_hub, sandbox, scene, sending_settings

__all__ = ["open_hub", "sandbox", "scene", "sending_settings"]
