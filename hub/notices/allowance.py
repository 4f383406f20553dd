"""How much goes to members' own phones in a day, of an account and to one number: a text costs money, and whoever gets
it may never have asked for it."""

from datetime import timedelta

from hub.access import INSTALLATION
from hub.deps import Deps
from hub.limits import Bucket, Rate
from hub.notices.models import NUMBER_PLACE

HOUR_S, DAY_S = 3_600, 86_400
CODES_OF_MEMBER, CODES_OF_ACCOUNT, CODES_TO_NUMBER = Rate(5, HOUR_S), Rate(50, DAY_S), Rate(10, DAY_S)
TEXTS_OF_ACCOUNT, TEXTS_TO_NUMBER = Rate(500, DAY_S), Rate(40, DAY_S)


async def take_code(deps: Deps, account: str, member: str, number: str) -> None:
    """Count a code that is to be texted, or raise TooMany."""
    verdict = await deps.limiter.take(
        Bucket(f"own number:{member}", CODES_OF_MEMBER),
        Bucket(f"phone codes of:{account}", CODES_OF_ACCOUNT),
        Bucket(f"phone codes to:{await mark_of(deps, number)}", CODES_TO_NUMBER),
    )
    verdict.check()


async def take_text(deps: Deps, account: str, number: str) -> timedelta | None:
    """Count a text; or, where it is one too many, how long it has to wait."""
    verdict = await deps.limiter.take(
        Bucket(f"phone texts of:{account}", TEXTS_OF_ACCOUNT),
        Bucket(f"phone texts to:{await mark_of(deps, number)}", TEXTS_TO_NUMBER),
    )
    return timedelta(microseconds=verdict.wait_us) if verdict.wait_us else None


async def mark_of(deps: Deps, number: str) -> str:
    """What a number is counted by, whichever account writes to it: its hash."""
    return (await deps.sealer.keyring(INSTALLATION)).lookup(NUMBER_PLACE, number).hex()
