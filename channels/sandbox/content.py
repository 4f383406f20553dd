"""What a message of the sandbox says."""

import msgspec

from channels.base import Card, Content, Media, Place, Referral
from channels.reading import Fields
from channels.values import LONGEST_KIND

KINDS = ("", "text", "media", "location", "choice", "reaction", "cards")


def content(fields: Fields) -> Content:
    """What it says. Where that is more than we understand, `unsupported` says so, beside what we do understand."""
    files = [Fields.of(file) for file in fields.items("media")]
    choice, reaction = fields.part("choice"), fields.part("reaction")
    said = Content(
        text=fields.text("text") or choice.text("title"),
        subject=fields.text("subject"),
        media=tuple(media(file) for file in files if file.values),
        place=place(fields.part("location")),
        chosen=choice.text("payload"),
        cards=tuple(card(Fields.of(one)) for one in fields.items("cards") if isinstance(one, dict) and one),
        referral=referral(fields.part("referral")),
        reaction=reaction.text("emoji") if reaction.values else None,
        reply_to=reaction.id("message_id") or fields.id("reply_to"),
    )
    return msgspec.structs.replace(said, unsupported=beyond(fields, said)[:LONGEST_KIND])


def beyond(fields: Fields, said: Content) -> str:
    """What there is in it that we do not understand."""
    kind = fields.text("kind")
    if kind not in KINDS:
        return kind
    if len(said.media) < len(fields.items("media")):
        return "media"
    if fields.part("location").values and said.place is None:
        return "location"
    nothing = Content(reply_to=said.reply_to, referral=said.referral)
    return "" if said != nothing else kind or "empty"


def media(file: Fields) -> Media:
    """A file that came with it, still at the provider."""
    size = file.number("size")
    return Media(
        type=file.text("type"),
        name=file.text("name"),
        url=file.text("url"),
        provider_id=file.id("id"),
        size=int(size) if size is not None and 0 <= size < 2**53 else None,
    )


def card(fields: Fields) -> Card:
    """Somebody out of their phone book."""
    return Card(
        name=fields.text("name"),
        phones=words(fields, "phones"),
        emails=words(fields, "emails"),
        company=fields.text("company"),
    )


def words(fields: Fields, name: str) -> tuple[str, ...]:
    """A list of words; whatever else stands in it is passed over."""
    return tuple(one for one in fields.items(name) if isinstance(one, str))


def referral(fields: Fields) -> Referral | None:
    """What has led them to us, if anything is told of it."""
    came = Referral(
        url=fields.text("url"),
        kind=fields.text("kind"),
        id=fields.id("id"),
        headline=fields.text("headline"),
        body=fields.text("body"),
        click=fields.id("click"),
    )
    return came if came != Referral() else None


def place(fields: Fields) -> Place | None:
    """Where they are, if that is on earth."""
    latitude, longitude = fields.number("latitude"), fields.number("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Place(latitude=latitude, longitude=longitude, name=fields.text("name"), address=fields.text("address"))
