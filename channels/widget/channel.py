"""The channel of the widget. What visitors write, the hub has heard itself, over their sockets; what is said to them,
they read in their conversation. So nothing comes in by webhook, and nothing goes out over any wire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from channels.base import (
    Access,
    BadSignature,
    Capabilities,
    Channel,
    Failure,
    Field,
    Finding,
    Gone,
    Hook,
    IdentityKind,
    Media,
    Medium,
    Out,
    Outbound,
    Parsed,
    Posted,
    Receipt,
)
from channels.widget.origins import ORIGINS, list_origins, list_wrong
from channels.widget.parse import LONGEST_TEXT, parse

ANONYMOUS = "anonymous"
YES, NO = "yes", "no"
CAPABILITIES = Capabilities(longest_text=LONGEST_TEXT, looks_up=True, per_second=1000)
NO_FILE = Failure(
    code="no_file",
    words="Visitors send no files by the widget.",
    advice="Ask them for it by e-mail.",
)


@dataclass(kw_only=True)
class WidgetChannel:
    """Chat on a site."""

    provider: str = "widget"
    medium: Medium = Medium.CHAT
    reaches: Sequence[IdentityKind] = (IdentityKind.VISITOR,)
    capabilities: Capabilities = CAPABILITIES
    fields: Sequence[Field] = (
        Field(ORIGINS, "The site's addresses, such as https://www.example.com, with a space between two"),
        Field(ANONYMOUS, "Whether visitors may write who have not said who they are: yes or no", default=YES),
    )
    failures: Mapping[str, Failure] = field(default_factory=lambda: {NO_FILE.code: NO_FILE})
    # The widget writes to the hub itself.
    pointing: str = ""

    def complaint(self, values: Mapping[str, str]) -> str:
        """What is wrong with the fields in words; empty when nothing is."""
        if wrong := ", ".join(list_wrong(values[ORIGINS])):
            return f"No page can be at {wrong}: write https:// and the site's name."
        if not list_origins(values[ORIGINS]):
            return "The origins are the site's addresses: write https:// and its name."
        if word_of(values[ANONYMOUS]) not in (YES, NO):
            return "Whether anonymous visitors may write is yes or no."
        return ""

    def verify(self, access: Access, hook: Hook) -> None:
        """Nobody vouches for a visitor by a webhook."""
        raise BadSignature("unset")

    def event_id(self, hook: Hook) -> str:
        """There are no events but those of the hub itself, which counts them."""
        return ""

    def parse(self, access: Access, posted: Posted) -> list[Parsed]:
        """What the hub has kept of a visitor; what makes no sense at all raises ValueError."""
        return parse(posted.body)

    async def send(self, out: Out, access: Access, message: Outbound) -> Receipt:
        """It stands in the conversation, where the visitor reads it: there is nothing more to hand over."""
        return Receipt(id=message.id)

    async def lookup(self, out: Out, access: Access, message: Outbound, *, since: datetime) -> Sequence[Receipt]:
        """Nothing can have been lost on the way."""
        return [Receipt(id=message.id)]

    async def probe(self, out: Out, access: Access) -> Sequence[Finding]:
        """There is nobody to ask but ourselves."""
        words = f"Pages of {access.values.get(ORIGINS, '')} may have the widget."
        ours = Finding(about="provider", is_well=True, words="Parley itself carries what visitors write.")
        return [ours, Finding(about="key", is_well=True, words=words)]

    async def fetch(self, out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
        """Visitors send no files."""
        raise Gone(NO_FILE)


WIDGET = WidgetChannel()
CHANNELS: Mapping[str, Channel] = {WIDGET.provider: WIDGET}


def is_open_to_all(access: Access) -> bool:
    """Whether somebody may begin who has not said who they are."""
    return word_of(access.values.get(ANONYMOUS, YES)) == YES


def word_of(written: str) -> str:
    """However it is written."""
    return written.strip().lower()
