"""The messaging profile at Telnyx that a line's numbers belong to: where its webhooks go, and which numbers it has."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode

from channels.base import Access, Finding, Out
from channels.reading import Fields
from channels.telnyx.asking import ask

A_PAGE, MOST_PAGES = 250, 100
FORM = "2"


async def probe(out: Out, access: Access) -> Sequence[Finding]:
    """What is well and what is missing."""
    found = (await ask(out, access, "GET", profile(access))).part("data")
    return [*webhooks(access, found), *lent(access, await numbers(out, access))]


async def numbers(out: Out, access: Access) -> set[str]:
    """All that the profile has, page by page."""
    there = set[str]()
    for page in range(1, MOST_PAGES + 1):
        query = urlencode({"page[number]": page, "page[size]": A_PAGE})
        listed = await ask(out, access, "GET", f"{profile(access)}/phone_numbers?{query}")
        there |= {Fields.of(one).id("phone_number") for one in listed.items("data")}
        if page >= (listed.part("meta").number("total_pages") or 1):
            break
    return there


def webhooks(access: Access, found: Fields) -> Iterator[Finding]:
    """Whether they come to us, in the form that we read. Lines of one profile share its one address."""
    is_ours = access.is_told_at(found.text("webhook_url"))
    words = "What people write comes to Parley." if is_ours else "The profile's webhooks go elsewhere."
    advice = "" if is_ours else f"Enter {access.webhook} as the profile's webhook URL."
    yield Finding(about="webhook", is_well=is_ours, words=words, advice=advice)
    if found.text("webhook_api_version") not in ("", FORM):
        words = "The profile's webhooks have an older form, which Parley does not read."
        yield Finding(about="version", is_well=False, words=words, advice="Set its webhook API version to 2.")
    if found.values.get("enabled") is False:
        words = "The profile is switched off."
        yield Finding(about="profile", is_well=False, words=words, advice="Switch it on in its settings at Telnyx.")


def lent(access: Access, there: set[str]) -> Iterator[Finding]:
    """Whether the line's numbers are the profile's. Short codes are listed elsewhere, and not looked for."""
    for number in dict.fromkeys(name for name in access.names if name.startswith("+")):
        is_there = number in there
        words = f"{number} belongs to the profile." if is_there else f"{number} does not belong to the profile."
        advice = "" if is_there else "Assign it to the profile under Numbers at Telnyx."
        yield Finding(about="number", is_well=is_there, words=words, advice=advice)


async def point(out: Out, access: Access) -> None:
    """The profile's webhooks to us."""
    await ask(out, access, "PATCH", profile(access), {"webhook_url": access.webhook, "webhook_api_version": FORM})


def profile(access: Access) -> str:
    """Where it is."""
    return f"/v2/messaging_profiles/{quote(access.values.get('profile', ''), safe='')}"
