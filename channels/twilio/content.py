"""What a message that Twilio brings says."""

import re
from urllib.parse import urlsplit

import msgspec

from channels.base import Content, Media, Medium, Place, Referral
from channels.reading import Fields
from channels.twilio.addresses import CHANNELS, parted
from channels.values import LONGEST_KIND

# What WhatsApp calls the kinds that we understand; of SMS Twilio says none.
KINDS = (
    "", "text", "image", "audio", "voice", "video", "document", "sticker", "location", "contacts", "button",
    "interactive",
)  # fmt: skip
MOST_MEDIA = 30
MEDIA = re.compile(r"/Messages/(\w{2,64})/Media/(\w{2,64})")


def content(medium: Medium, fields: Fields) -> Content:
    """What it says. Where that is more than we understand, `unsupported` says so, beside what we do understand."""
    said = Content(
        text=fields.text("Body") or fields.text("ButtonText") or fields.text("ListTitle"),
        media=files(fields),
        place=place(fields),
        chosen=fields.text("ButtonPayload") or fields.text("ListId") or fields.text("ButtonText"),
        referral=referral(fields),
        reply_to=fields.id("OriginalRepliedMessageSid"),
    )
    return msgspec.structs.replace(said, unsupported=beyond(medium, fields, said)[:LONGEST_KIND])


def beyond(medium: Medium, fields: Fields, said: Content) -> str:
    """What there is in it that we do not understand, or that came over a channel which the line is not of."""
    channel, kind = parted(fields.text("From"))[0], fields.text("MessageType").strip().lower()
    if channel != CHANNELS[medium]:
        return channel or "sms"
    if kind not in KINDS:
        return kind
    if len(said.media) < (fields.number("NumMedia") or 0):
        return "media"
    if fields.text("Latitude") and said.place is None:
        return "location"
    return "" if said.text or said.media or said.place or said.chosen else kind or "empty"


def files(fields: Fields) -> tuple[Media, ...]:
    """The files that came with it, still at Twilio. What has no address there cannot be had."""
    count = min(int(fields.number("NumMedia") or 0), MOST_MEDIA)
    found = [(fields.text(f"MediaUrl{n}"), fields.text(f"MediaContentType{n}")) for n in range(count)]
    return tuple(Media(type=type, url=url, provider_id=media_id(url)) for url, type in found if url)


def media_id(url: str) -> str:
    """The message and the file, as Twilio calls them; empty of an address of another kind."""
    try:
        found = MEDIA.search(urlsplit(url).path)
    except ValueError:
        return ""
    return f"{found[1]}/{found[2]}" if found else ""


def place(fields: Fields) -> Place | None:
    """Where they are, if that is on earth."""
    latitude, longitude = fields.number("Latitude"), fields.number("Longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Place(latitude=latitude, longitude=longitude, name=fields.text("Label"), address=fields.text("Address"))


def referral(fields: Fields) -> Referral | None:
    """The advertisement on which they tapped before they wrote."""
    found = Referral(
        url=fields.text("ReferralSourceUrl"),
        kind=fields.text("ReferralSourceType"),
        id=fields.id("ReferralSourceId"),
        headline=fields.text("ReferralHeadline"),
        body=fields.text("ReferralBody"),
        click=fields.id("ReferralCtwaClid"),
    )
    return found if found != Referral() else None
