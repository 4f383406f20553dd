"""WhatsApp's templates at Twilio: contents of its Content API that were handed in to be approved."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from channels.base import Access, Out, TemplateDraft, TemplateListed, TemplateState, Unsure
from channels.reading import Fields
from channels.templates import blanks_of
from channels.twilio.asking import ask, contents, credentials, refuse
from channels.twilio.contents import content, home_of, parts, variables

A_PAGE, MOST_PAGES = 100, 100
GONE = (204, 404)
# As Twilio tells of them. What was never handed in is not for WhatsApp yet.
STATES = {
    "received": TemplateState.SUBMITTED,
    "pending": TemplateState.SUBMITTED,
    "under_review": TemplateState.SUBMITTED,
    "approved": TemplateState.APPROVED,
    "rejected": TemplateState.REJECTED,
    "paused": TemplateState.PAUSED,
    "disabled": TemplateState.DISABLED,
}
NOT_HANDED_IN = ("unsubmitted", "")


async def list_templates(out: Out, access: Access) -> Sequence[TemplateListed]:
    """All that were handed in, in every language; raises Refused, Unreachable or Unsure."""
    found, query = list[Fields](), f"PageSize={A_PAGE}"
    for _ in range(MOST_PAGES):
        page = await ask(out, access, "GET", contents(access, f"/v1/ContentAndApprovals?{query}"))
        found += map(Fields.of, page.items("contents"))
        # Only its query: nobody else is asked, whatever address stands there.
        query = urlsplit(page.part("meta").text("next_page_url")).query
        if not query:
            home = home_of(access)
            return [listed(one, home) for one in found if approval_of(one).text("status") not in NOT_HANDED_IN]
    raise Unsure("more templates than any account may have")


async def create_template(out: Out, access: Access, draft: TemplateDraft) -> TemplateListed:
    """Make it, and hand it in; raises Refused, Unreachable or Unsure. One that it replaces is deleted: contents that
    were handed in cannot be changed."""
    about = {"friendly_name": draft.name, "language": draft.language, "variables": variables(draft)}
    whole = {**about, "types": content(draft, home_of(access))}
    if draft.replaces:
        await forget(out, access, draft.replaces)
    made = await ask(out, access, "POST", contents(access, "/v1/Content"), json=whole)
    if not made.id("sid"):
        raise Unsure("a yes that names no template")
    asked = {"name": draft.name, "category": draft.category.upper()}
    path = f"/v1/Content/{made.id('sid')}/ApprovalRequests/whatsapp"
    said = await ask(out, access, "POST", contents(access, path), json=asked)
    return TemplateListed(
        id=made.id("sid"),
        name=draft.name,
        language=draft.language,
        category=said.text("category").lower() or draft.category,
        state=STATES.get(said.text("status").lower(), TemplateState.SUBMITTED),
        parts=draft.parts,
        blanks=blanks_of(draft.parts.body),
    )


async def delete_template(out: Out, access: Access, name: str, *, language: str = "") -> None:
    """In one language, or in all; that it is not there is no error."""
    for one in await list_templates(out, access):
        if one.name == name and language in ("", one.language):
            await forget(out, access, one.id)


async def forget(out: Out, access: Access, sid: str) -> None:
    """One content, if it is there."""
    answer = await out("DELETE", contents(access, f"/v1/Content/{sid}"), headers=credentials(access))
    if answer.status not in GONE:
        refuse(answer, Fields({}))


def approval_of(one: Fields) -> Fields:
    """What became of handing it in."""
    return one.part("approval_requests")


def listed(one: Fields, home: str) -> TemplateListed:
    """A template that is there. What is in no state that we know may not be used."""
    said, approval = parts(one.part("types"), one.part("variables"), home), approval_of(one)
    return TemplateListed(
        id=one.id("sid"),
        name=approval.text("name") or one.text("friendly_name"),
        language=one.text("language"),
        category=approval.text("category").lower(),
        state=STATES.get(approval.text("status").lower(), TemplateState.DISABLED),
        reason=approval.text("rejection_reason"),
        parts=said,
        blanks=blanks_of(said.body),
    )
