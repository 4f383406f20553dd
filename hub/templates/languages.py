"""Which of a template's languages is the one for somebody. Pure."""

from collections.abc import Sequence
from typing import Literal

from hub.templates.models import KeptTemplate, State

# Theirs exactly, their language as it is spoken elsewhere, the account's, or the only one there is.
Why = Literal["locale", "language", "default", "other"]
# What may be sent stands before what may not.
ORDER = [State.APPROVED, *(state for state in State if state is not State.APPROVED)]


def best(templates: Sequence[KeptTemplate], locale: str | None, default: str) -> tuple[KeptTemplate, Why] | None:
    """The one for this person, and why; approved ones first. None where there is no template at all."""
    first = min((ORDER.index(one.state) for one in templates), default=None)
    if first is None:
        return None
    fitting = sorted((one for one in templates if one.state is ORDER[first]), key=lambda one: one.language)
    if locale and (found := spoken(fitting, locale)):
        return found
    if found := spoken(fitting, default):
        return found[0], "default"
    return fitting[0], "other"


def spoken(templates: Sequence[KeptTemplate], locale: str) -> tuple[KeptTemplate, Why] | None:
    """In just this language, else in the plain one, else as it is spoken somewhere."""
    wanted = plain(locale)
    language = wanted.partition("-")[0]
    exact = next((one for one in templates if plain(one.language) == wanted), None)
    if exact:
        return exact, "locale"
    near = [one for one in templates if plain(one.language).partition("-")[0] == language]
    return (min(near, key=lambda one: len(one.language)), "language") if near else None


def plain(locale: str) -> str:
    """As two ways of writing a language are compared."""
    return locale.replace("_", "-").casefold()
