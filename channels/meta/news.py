"""What Meta tells that nobody has written: of templates, of accounts and numbers, and what is not for us yet."""

from collections.abc import Callable, Mapping
from typing import Literal

from channels.base import Address, IdentityKind, LineNews, Parsed, Preference, Purpose, TemplateNews, strange
from channels.meta import standing
from channels.reading import Fields

# What happens to accounts and numbers, as far as it is bad; that all is well again needs no word of ours.
ACCOUNT = {
    "DISABLED_UPDATE": "account_disabled",
    "ACCOUNT_RESTRICTION": "account_restricted",
    "ACCOUNT_VIOLATION": "account_violation",
    "ACCOUNT_DELETED": "account_deleted",
    "PARTNER_REMOVED": "app_removed",
    "PARTNER_APP_UNINSTALLED": "app_removed",
}
NUMBER = {"FLAGGED": "number_flagged", "DOWNGRADE": "limit_lowered"}
# Still usable.
WARNED, WARNING = "FLAGGED", "People do not like it, and Meta may disable it."
# What people say of offers in WhatsApp's own settings; of what else they say anything there, nobody has told yet.
PREFERENCES, OFFERS = "user_preferences", "marketing_messages"
WANTS: Mapping[str, Literal["in", "out"]] = {"stop": "out", "resume": "in", "signup": "in"}


def news(field: str, account: str, value: Fields) -> list[Parsed]:
    """What is told of. Templates and accounts are named by the account of WhatsApp alone, and numbers by themselves."""
    if field in NEWS:
        return [NEWS[field](account, value)]
    if field == PREFERENCES:
        line = value.part("metadata").id("phone_number_id")
        return [preference(line, Fields.of(one)) for one in value.items(PREFERENCES)] or [strange(field)]
    several = [Fields.of(one) for one in value.items(field)]
    return [strange(f"{field} {one.text('value')}") for one in several] or [strange(field)]


def preference(line: str, said: Fields) -> Parsed:
    """Whether somebody wants to hear of offers."""
    wants, address, at = WANTS.get(said.text("value")), address_in(said), said.time("timestamp")
    if wants is None or said.text("category") != OFFERS or address is None or at is None:
        return strange(f"{PREFERENCES} {said.text('value')}")
    id = f"{address.value} {wants} {at:%Y-%m-%dT%H:%M:%SZ}"
    return Preference(id=id, address=address, wants=wants, at=at, at_line=line, purpose=Purpose.MARKETING)


def address_in(said: Fields) -> Address | None:
    """Whose word it is: by their number, or by the id that they have with this business."""
    phone, user = said.id("wa_id"), said.id("user_id")
    if phone.isascii() and phone.isdigit():
        return Address(kind=IdentityKind.PHONE, value=f"+{phone}")
    return Address(kind=IdentityKind.WHATSAPP, value=user) if user else None


def template_state(account: str, value: Fields) -> Parsed:
    """Whether a template may be used."""
    event = value.text("event")
    if event not in standing.STATES and event != WARNED:
        return strange(f"template {event}")
    reason = reason_of(value) or (WARNING if event == WARNED else "")
    return template(account, value, state=standing.STATES.get(event, ""), reason=reason)


def reason_of(value: Fields) -> str:
    """Why, in Meta's words, as many as there are."""
    rejected, other = value.part("rejection_info"), value.part("other_info")
    why = rejected.text("reason") or standing.reason_of(value.text("reason"))
    words = (why, rejected.text("recommendation"), other.text("description"))
    return " ".join(filter(None, words))


def template_quality(account: str, value: Fields) -> Parsed:
    """How people take it."""
    return template(account, value, quality=standing.quality_of(value.text("new_quality_score")))


def template_category(account: str, value: Fields) -> Parsed:
    """Meta counts it among others than we have said, or will do so soon."""
    new = value.text("new_category").lower()
    return template(account, value, category=new) if new else strange("template_category_update")


def template(account: str, value: Fields, **news: str) -> Parsed:
    """Of which template."""
    name, language = value.text("message_template_name"), value.text("message_template_language")
    return TemplateNews(name=name, language=language, at_line=account, **news) if name else strange("template")


def account_news(account: str, value: Fields) -> Parsed:
    """Of an account of WhatsApp."""
    event, ban = value.text("event"), value.part("ban_info").text("waba_ban_state")
    if event not in ACCOUNT or ban == "REINSTATE":
        return strange(f"account_update {event} {ban}".strip())
    return LineNews(code=ACCOUNT[event], at_line=account)


def number_news(account: str, value: Fields) -> Parsed:
    """Of a number, which is called here by how it is shown. What is no failure makes somebody ask how it stands."""
    event = value.text("event")
    digits = "".join(filter(str.isdigit, value.text("display_phone_number")))
    if not event or not digits:
        return strange(f"phone_number_quality_update {event}")
    return LineNews(code=NUMBER.get(event, ""), at_line=f"+{digits}")


def limit_news(account: str, _: Fields) -> Parsed:
    """The business may write first to more people than before, or to fewer."""
    return LineNews(code="", at_line=account) if account else strange("business_capability_update")


NEWS: Mapping[str, Callable[[str, Fields], Parsed]] = {
    "message_template_status_update": template_state,
    "message_template_quality_update": template_quality,
    "template_category_update": template_category,
    "account_update": account_news,
    "phone_number_quality_update": number_news,
    "business_capability_update": limit_news,
}
