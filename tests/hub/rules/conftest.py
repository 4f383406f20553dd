"""A business with a line at the sandbox, and somebody who has written to it before there were any rules."""

from tests.hub.sending.conftest import open_hub as open_hub
from tests.hub.sending.conftest import sandbox as sandbox
from tests.hub.sending.conftest import scene as scene
from tests.hub.sending.conftest import sending_settings as sending_settings
