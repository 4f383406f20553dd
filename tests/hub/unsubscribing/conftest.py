"""The same business, mailbox and person as for letterheads."""

from tests.hub.letterheads.conftest import *  # noqa: F403
