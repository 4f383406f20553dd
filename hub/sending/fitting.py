"""The messages that one of ours goes out as, each as its channel can carry it. Pure."""

from collections.abc import Sequence

from msgspec.structs import replace

from channels import choices
from channels.base import Capabilities, Content
from channels.wording import card_in_words, place_in_words
from hub.threads.models import PartSent


def split(content: Content, can: Capabilities) -> list[Content]:
    """One; or the text, and then whatever else there is, each by itself. Nothing but its own file goes with a
    template."""
    has_more = content.media or content.place or content.cards
    mixes = can.mixes_media and not content.template
    return [content] if not has_more or mixes else one_by_one(content)


def split_as_before(content: Content, parts: Sequence[PartSent]) -> list[Content]:
    """The same messages as when it was said, whatever the channel can do by now."""
    return [content] if len(parts) == 1 else one_by_one(content)


def one_by_one(content: Content) -> list[Content]:
    """The text, and then each file, the place and the cards by themselves."""
    # What stands above the words of a template is a part of it: a file, or the place.
    used = content.template
    own = 1 if used and used.header_media else 0
    rest = replace(content, media=content.media[:own], place=None, cards=())
    texts = [rest] if content.text or content.template else []
    files = [Content(media=(file,)) for file in content.media[own:]]
    places = [Content(place=content.place)] if content.place and not (used and used.header_place) else []
    return [*texts, *files, *places, *([Content(cards=content.cards)] if content.cards else [])]


def fitted(content: Content, can: Capabilities) -> Content:
    """The same message, with all that the channel has no other way for in its text."""
    if writes_choices(content, can):
        content = choices.written(content)
    words = [content.text]
    is_alone = can.mixes_media or not content.text
    if content.place and not (can.takes_place and is_alone):
        words.append(place_in_words(content.place))
        content = replace(content, place=None)
    if content.cards and not (can.takes_cards and is_alone):
        words += map(card_in_words, content.cards)
        content = replace(content, cards=())
    return replace(content, text="\n".join(filter(None, words)))


def writes_choices(content: Content, can: Capabilities) -> bool:
    """Whether the person gets them as numbered lines."""
    is_long = can.longest_choice and any(len(one.title) > can.longest_choice for one in content.choices)
    return len(content.choices) > can.most_choices or bool(is_long)
