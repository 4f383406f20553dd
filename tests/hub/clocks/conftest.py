"""A business with a line at the sandbox and somebody who has written to it, by a clock of its own."""

from tests.hub.sending.conftest import open_hub, sandbox, scene, sending_settings

__all__ = ["open_hub", "sandbox", "scene", "sending_settings"]
