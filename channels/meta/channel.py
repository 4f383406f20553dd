"""WhatsApp by Meta's Cloud API."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from channels.base import (
    Access,
    Allowance,
    Capabilities,
    Channel,
    Failure,
    Field,
    Finding,
    Hook,
    IdentityKind,
    Media,
    Medium,
    Out,
    Outbound,
    Parsed,
    Posted,
    Receipt,
    TemplateDraft,
    TemplateListed,
)
from channels.meta import allowance, choices, graph, limits, probe, send, signature, templates, uploading
from channels.meta.failures import FAILURES
from channels.meta.fetch import fetch
from channels.meta.parse import parse

FIELDS = (
    Field("phone_number_id", "Phone number id, as the app's dashboard shows it", is_name=True),
    Field("waba_id", "WhatsApp Business account id (WABA id)", is_name=True),
    Field("app_secret", "Secret of the app, that its webhooks are signed by", is_secret=True),
    Field("access_token", "Access token of a system user", is_secret=True),
    Field("verify_token", "Verify token: any word of yours, entered at Meta beside the webhook", is_secret=True),
    Field("url", "Address of the Graph API", default=graph.URL),
)


class MetaWhatsapp:
    """One number of WhatsApp."""

    provider = "meta_whatsapp"
    medium = Medium.WHATSAPP
    reaches: Sequence[IdentityKind] = (IdentityKind.WHATSAPP, IdentityKind.PHONE)
    fields: Sequence[Field] = FIELDS
    failures: Mapping[str, Failure] = FAILURES
    pointing = "In the app's dashboard under WhatsApp, Configuration: the callback URL, and the verify token beside it."
    capabilities = Capabilities(
        longest_text=limits.LONGEST_TEXT,
        media_types=tuple(limits.KINDS),
        media_bytes=limits.MOST_BYTES,
        bytes_by_type=limits.BYTES,
        most_media=10,
        mixes_media=False,
        window=timedelta(hours=24),
        has_templates=True,
        needs_opt_in=True,
        most_choices=choices.MOST_ROWS,
        longest_choice=choices.LONGEST_ROW,
        takes_place=True,
        takes_cards=True,
        takes_reactions=True,
        takes_replies=True,
        # Meta cannot be asked for a message; its statuses tell our id.
        looks_up=False,
        per_second=80,
        pair_every_s=6,
        pair_burst=45,
    )

    def verify(self, access: Access, hook: Hook) -> None:
        """Raise BadSignature unless the app's secret has signed these bytes."""
        signature.verify(access.values.get("app_secret", ""), hook)

    def check(self, access: Access, hook: Hook) -> str:
        """The challenge; raises BadSignature when it is not Meta who asks."""
        return signature.check(access.values.get("verify_token", ""), hook)

    def event_id(self, hook: Hook) -> str:
        """What Meta's repeats of this event have in common."""
        return signature.event_id(hook)

    def parse(self, access: Access, posted: Posted) -> list[Parsed]:
        """Every element of the event; what makes no sense at all raises ValueError."""
        return parse(posted.body)

    async def send(self, out: Out, access: Access, message: Outbound) -> Receipt:
        """Hand it over; raises Refused, Unreachable or Unsure."""
        return await send.send(out, access, message)

    async def lookup(self, out: Out, access: Access, message: Outbound, *, since: datetime) -> Sequence[Receipt]:
        """Nobody asks: Meta finds no message by our id. Its webhooks tell of it."""
        raise NotImplementedError

    async def fetch(self, out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
        """The file of a message that somebody has sent us; raises Gone, TooLarge, Refused, Unreachable or Unsure."""
        return await fetch(out, access, media, most_bytes=most_bytes)

    async def show_read(self, out: Out, access: Access, id: str, *, is_typing: bool) -> None:
        """That their message was read; raises Refused, Unreachable or Unsure."""
        await send.show_read(out, access, id, is_typing=is_typing)

    async def probe(self, out: Out, access: Access) -> Sequence[Finding]:
        """What is well and what is missing; raises Refused, Unreachable or Unsure where nobody can tell."""
        return await probe.probe(out, access)

    async def allowance(self, out: Out, access: Access) -> Allowance | None:
        """To how many people the business may write first; raises Refused, Unreachable or Unsure."""
        return await allowance.allowance(out, access)

    async def point(self, out: Out, access: Access) -> None:
        """To the line's webhook, from now on; raises Refused, Unreachable or Unsure."""
        await probe.point(out, access)

    async def keep_example(self, out: Out, access: Access, file: Media) -> str:
        """Meta gets it at once; raises Refused or Unreachable."""
        return await uploading.upload(out, access, file)

    async def list_templates(self, out: Out, access: Access) -> Sequence[TemplateListed]:
        """All of the account's; raises Refused, Unreachable or Unsure."""
        return await templates.list_templates(out, access)

    async def create_template(self, out: Out, access: Access, draft: TemplateDraft) -> TemplateListed:
        """Hand it in to be looked at; raises Refused, Unreachable or Unsure."""
        return await templates.create_template(out, access, draft)

    async def delete_template(self, out: Out, access: Access, name: str, *, language: str = "") -> None:
        """In one language, or in all; raises Refused, Unreachable or Unsure."""
        await templates.delete_template(out, access, name, language=language)


CHANNELS: Mapping[str, Channel] = {MetaWhatsapp.provider: MetaWhatsapp()}
