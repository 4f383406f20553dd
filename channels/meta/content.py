"""What a message of WhatsApp says."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from channels.base import Card, Content, Media, Place, Referral
from channels.reading import Fields
from channels.values import LONGEST_KIND


def content(message: Fields) -> Content:
    """What it says. Where that is more than we understand, `unsupported` says so, beside what we do understand."""
    kind = message.text("type")
    said = KINDS[kind](message) if kind in KINDS else Content(text=message.part(kind).text("text"))
    referral = message.part("referral")
    return replace(
        said,
        unsupported=beyond(message, kind, said)[:LONGEST_KIND],
        reply_to=said.reply_to or message.part("context").id("id"),
        referral=referral_of(referral) if referral.values else None,
    )


def beyond(message: Fields, kind: str, said: Content) -> str:
    """What there is in it that we do not understand."""
    if kind not in KINDS:
        return message.part("unsupported").text("type") or kind or "nothing"
    if said.unsupported or message.id("group_id"):
        # An answer would go to them alone, and not to the group.
        return said.unsupported or "group"
    return kind if said == Content(reply_to=said.reply_to) else ""


def text(message: Fields) -> Content:
    """Words."""
    return Content(text=message.part("text").text("body"))


def media(message: Fields) -> Content:
    """A file that came with it, still at Meta, and the words under it."""
    file = message.part(message.text("type"))
    if not file.id("id"):
        return Content(text=file.text("caption"))
    size = file.number("file_size")
    return Content(
        text=file.text("caption"),
        media=(
            Media(
                type=file.text("mime_type").partition(";")[0].strip(),
                name=file.text("filename"),
                url=file.text("url"),
                provider_id=file.id("id"),
                size=int(size) if size is not None and 0 <= size < 2**53 else None,
            ),
        ),
    )


def location(message: Fields) -> Content:
    """Where they are, if that is on earth."""
    place = message.part("location")
    latitude, longitude = place.number("latitude"), place.number("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return Content()
    name, address = place.text("name"), place.text("address")
    return Content(place=Place(latitude=latitude, longitude=longitude, name=name, address=address))


def contacts(message: Fields) -> Content:
    """People out of their phone book."""
    cards = [card(Fields.of(contact)) for contact in message.items("contacts")]
    return Content(cards=tuple(one for one in cards if one != Card(name="")))


def card(contact: Fields) -> Card:
    """One of them. A number that is on WhatsApp stands there a second time, as its id."""
    name = contact.part("name")
    phones = [Fields.of(phone) for phone in contact.items("phones")]
    emails = [Fields.of(email).text("email") for email in contact.items("emails")]
    return Card(
        name=name.text("formatted_name") or f"{name.text('first_name')} {name.text('last_name')}".strip(),
        phones=tuple(filter(None, (one.text("phone") or international(one.id("wa_id")) for one in phones))),
        emails=tuple(filter(None, emails)),
        company=contact.part("org").text("company"),
    )


def international(id: str) -> str:
    """An id of WhatsApp as a number."""
    return f"+{id}" if id else ""


def interactive(message: Fields) -> Content:
    """What they have chosen of buttons or a list, or filled into a form."""
    said = message.part("interactive")
    kind = said.text("type")
    chosen = said.part(kind)
    if kind in ("button_reply", "list_reply"):
        return Content(text=chosen.text("title"), chosen=chosen.text("id"))
    if kind == "nfm_reply":
        return Content(text=chosen.text("body"), chosen=chosen.text("response_json"))
    return Content(unsupported=kind or "interactive")


def button(message: Fields) -> Content:
    """A button under a template."""
    pressed = message.part("button")
    return Content(text=pressed.text("text"), chosen=pressed.text("payload"))


def reaction(message: Fields) -> Content:
    """An emoji put to a message; without one it is taken away again."""
    put = message.part("reaction")
    to = put.id("message_id")
    return Content(reaction=put.text("emoji"), reply_to=to) if to else Content()


def edit(message: Fields) -> Content:
    """They have changed what they wrote: the new words, and which message they stand for."""
    edited = message.part("edit")
    new = edited.part("message")
    said = KINDS[new.text("type")](new) if new.text("type") in (*FILES, "text") else Content()
    return replace(said, reply_to=edited.id("original_message_id"), unsupported="edit")


def revoke(message: Fields) -> Content:
    """They have taken back what they wrote."""
    return Content(reply_to=message.part("revoke").id("original_message_id"), unsupported="revoke")


def referral_of(referral: Fields) -> Referral:
    """The advertisement or post from which they came."""
    return Referral(
        url=referral.text("source_url"),
        kind=referral.text("source_type"),
        id=referral.id("source_id"),
        headline=referral.text("headline"),
        body=referral.text("body"),
        click=referral.id("ctwa_clid"),
    )


FILES = ("image", "video", "audio", "document", "sticker")
KINDS: Mapping[str, Callable[[Fields], Content]] = {
    "text": text,
    **dict.fromkeys(FILES, media),
    "location": location,
    "contacts": contacts,
    "interactive": interactive,
    "button": button,
    "reaction": reaction,
    "edit": edit,
    "revoke": revoke,
}
