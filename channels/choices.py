"""Choices where there are no buttons: numbered lines of the text, and the answer that names one of them."""

from collections.abc import Sequence

from msgspec.structs import replace

from channels.values import Choice, Content


def written(content: Content) -> Content:
    """The same message with its choices as lines of the text, numbered from one."""
    lines = [f"{number}. {choice.title}" for number, choice in enumerate(content.choices, start=1)]
    return replace(content, text="\n".join([content.text, *lines]), choices=())


def chosen_by(text: str, choices: Sequence[Choice], *, is_numbered: bool) -> Choice | None:
    """The one that these words are the title of, or the number, where they were numbered. What could mean two of them,
    or says anything more, names none."""
    said = plain(text)
    named = [
        choice
        for number, choice in enumerate(choices, start=1)
        if said == plain(choice.title) or (is_numbered and said == str(number))
    ]
    return named[0] if said and len(named) == 1 else None


def plain(text: str) -> str:
    """The same words, however many spaces were typed, and whatever the telephone has made of the first letter."""
    return " ".join(text.split()).casefold()
