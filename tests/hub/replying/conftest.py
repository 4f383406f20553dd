"""An account with somebody who has written to it."""

from tests.hub.threads.conftest import asha as asha
from tests.hub.threads.conftest import open_hub as open_hub
from tests.hub.threads.conftest import thread as thread
