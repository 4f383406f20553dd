"""Asking Meta how a number stands, and telling it where its webhooks go."""

from collections.abc import Sequence

from channels.base import Access, Finding, Out, Refused
from channels.meta.graph import ask
from channels.meta.templates import account_of
from channels.reading import Fields

NUMBER = "id,display_phone_number,verified_name,quality_rating,name_status,status"
NEEDED = ("whatsapp_business_messaging", "whatsapp_business_management")
GOOD_NAMES = frozenset({"APPROVED", "AVAILABLE_WITHOUT_REVIEW", "NONE", ""})
# Codes of failures that are of the token, whatever was asked by it.
NOT_LET_IN = frozenset({"190", "0", "10", "wrong_proof"})
SUBSCRIBED = "subscribed_apps"
RENEWED = "Make a token of a system user that never expires, with both permissions of WhatsApp."
OPEN_MANAGER = "Look at the number in WhatsApp Manager (business.facebook.com)."


async def probe(out: Out, access: Access) -> Sequence[Finding]:
    """The number, the token, and whether what people write comes here."""
    try:
        number = await ask(out, access, "GET", access.values.get("phone_number_id", ""), query={"fields": NUMBER})
    except Refused as refused:
        return [not_well("token" if refused.failure.code in NOT_LET_IN else "number", refused)]
    return [*of_number(access, number), *await of_token(out, access), await of_webhook(out, access)]


def not_well(about: str, refused: Refused) -> Finding:
    """A no that says what is wrong; one that passes is raised again, since it says nothing of the line."""
    if refused.failure.is_passing:
        raise refused
    return Finding(about=about, is_well=False, words=refused.failure.words, advice=refused.failure.advice)


def of_number(access: Access, number: Fields) -> list[Finding]:
    """How it is called, whether it is connected, and how people take what comes from it."""
    shown, quality = number.text("display_phone_number"), number.text("quality_rating")
    status, name = number.text("status"), number.text("name_status")
    return [
        Finding(
            about="number",
            is_well=digits(shown) == digits(access.address),
            words=f"Meta calls the number {shown}, {number.text('verified_name')}.",
            advice="Enter the phone number id that belongs to the line's number.",
        ),
        Finding(
            about="status",
            is_well=status in ("CONNECTED", ""),
            words=f"The number's status is {status.lower() or 'not told'}.",
            advice=OPEN_MANAGER,
        ),
        Finding(
            about="quality",
            is_well=quality != "RED",
            words=f"The number's quality is {quality.lower() or 'not known yet'}.",
            advice="Write only to people who expect it.",
        ),
        Finding(
            about="name",
            is_well=name in GOOD_NAMES,
            words=f"The display name is {name.lower().replace('_', ' ') or 'not looked at'}.",
            advice=OPEN_MANAGER,
        ),
    ]


async def of_token(out: Out, access: Access) -> list[Finding]:
    """Whether it is good, for how long and for what; nothing, where Meta does not let it ask that."""
    asked = {"input_token": access.values.get("access_token", "")}
    try:
        said = await ask(out, access, "GET", "debug_token", query=asked)
    except Refused:
        return []
    token = said.part("data")
    if token.values.get("is_valid") is not True:
        return [Finding(about="token", is_well=False, words="The access token is not valid.", advice=RENEWED)]
    missing = [scope for scope in NEEDED if scope not in token.items("scopes")]
    if missing:
        words = f"The access token lacks {' and '.join(missing)}."
        return [Finding(about="token", is_well=False, words=words, advice=RENEWED)]
    if expires := token.time("expires_at"):
        words = f"The access token expires on {expires:%d %B %Y}."
        return [Finding(about="token", is_well=False, words=words, advice=RENEWED)]
    return [Finding(about="token", is_well=True, words="The access token is good, and does not expire.")]


async def of_webhook(out: Out, access: Access) -> Finding:
    """Where Meta sends what people write."""
    try:
        said = await ask(out, access, "GET", account_of(access), SUBSCRIBED)
    except Refused as refused:
        return not_well("webhook", refused)
    urls = [Fields.of(app).text("override_callback_uri") for app in said.items("data")]
    if not urls:
        words = "No app gets what people write to this number."
        return Finding(about="webhook", is_well=False, words=words, advice="Let Parley set the webhook.")
    if not any(urls):
        words = "What people write goes to the callback URL that stands in the app's dashboard."
        return Finding(about="webhook", is_well=True, words=words)
    is_here = any(map(access.is_told_at, urls))
    words = "What people write is sent to us." if is_here else "What people write is sent somewhere else."
    return Finding(
        about="webhook", is_well=is_here, words=words, advice="" if is_here else "Let Parley set the webhook."
    )


async def point(out: Out, access: Access) -> None:
    """To the line's webhook, for the whole account; Meta asks there at once whether it is ours. News of templates and
    of the account go to the URL in the app's dashboard all the same (Meta's page "Webhook overrides")."""
    token = access.values.get("verify_token", "")
    body = {"override_callback_uri": access.webhook, "verify_token": token}
    await ask(out, access, "POST", account_of(access), SUBSCRIBED, body=body)


def digits(number: str) -> str:
    """However it is written."""
    return "".join(filter(str.isdigit, number))
