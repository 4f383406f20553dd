"""What a screen is told about itself."""

from hub.bus import Event


class StandingChanged(Event, frozen=True):
    """The member who hears it may do more, or less, than before: ask by `sync`, and `watch` anew what is open. `rev` is
    the time."""
