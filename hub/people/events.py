"""What screens are told of people."""

from hub.bus import Event
from hub.people.shapes import PersonShown


class PersonChanged(Event, frozen=True):
    """Somebody is otherwise, or new; `rev` is the person's. Whoever may see that person hears it."""

    person: PersonShown


class PersonGone(Event, frozen=True):
    """Whoever saw a person may see them no more, if a higher or the same `rev` of them is not known by then. Whoever
    has lost a way to see them hears it."""

    person_id: str
