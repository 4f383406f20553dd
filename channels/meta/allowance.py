"""To how many people a business may write first within a day: Meta says it of each number, and counts it for all of the
business's numbers together (its page "Messaging limits")."""

from collections.abc import Mapping

from channels.base import Access, Allowance, Out, Refused
from channels.meta.graph import ask
from channels.reading import Fields

LIMIT, OWNER = "whatsapp_business_manager_messaging_limit", "owner_business_info"
# Of some of them Meta speaks no more, but for accounts of long ago.
TIERS: Mapping[str, int | None] = {
    "TIER_50": 50,
    "TIER_250": 250,
    "TIER_1K": 1_000,
    "TIER_2K": 2_000,
    "TIER_10K": 10_000,
    "TIER_100K": 100_000,
    "TIER_UNLIMITED": None,
}


async def allowance(out: Out, access: Access) -> Allowance | None:
    """As Meta says it; None where it does not, or in a word that nobody has told us of."""
    number, account = access.values.get("phone_number_id", ""), access.values.get("waba_id", "")
    tier = (await about(out, access, number, LIMIT)).text(LIMIT).upper()
    if tier not in TIERS:
        return None
    owner = (await about(out, access, account, OWNER)).part(OWNER).id("id") if account else ""
    return Allowance(people=TIERS[tier], shared=owner or account or number)


async def about(out: Out, access: Access, id: str, field: str) -> Fields:
    """One field of something at Meta; nothing where the token may not read it, or Meta does not know it."""
    try:
        return await ask(out, access, "GET", id, query={"fields": field})
    except Refused as refused:
        if refused.failure.is_passing:
            raise
        return Fields({})
