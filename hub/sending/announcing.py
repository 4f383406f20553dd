"""What has changed of what is to be said later, for whoever tells screens: said after it is stored."""

from hub.bus import changed
from hub.deps import Deps
from hub.sending.models import Scheduled

LATER = "scheduled"


def announce(deps: Deps, scheduled: Scheduled) -> None:
    """It is new, otherwise or gone."""
    changed(deps, LATER, scheduled.account, scheduled.id, scheduled.thread)
