"""What is said to a provider, which a customer has chosen, and how its answers are read."""

from typing import TypeVar, Unpack

import msgspec

from hub.egress import Answer, Egress, EgressFailed
from hub.egress.client import Options
from hub.sso.errors import ProviderAway, ProviderWrong

TIMEOUT_S = 10.0
MOST_BYTES = 256 * 1024
OK = 200
TOO_MANY_REQUESTS = 429
FIRST_OF_THEIR_FAILURES = 500

Told = TypeVar("Told")


async def ask(egress: Egress, method: str, url: str, **options: Unpack[Options]) -> Answer:
    """Send one request; a provider that is away, now, is told apart from one that will never fit."""
    limited: Options = {**options, "timeout_s": TIMEOUT_S, "max_bytes": MOST_BYTES}
    try:
        answer = await egress.request(method, url, **limited)
    except EgressFailed as error:
        if error.reason == "too_large":
            raise ProviderWrong(f"The provider's answer has more than {MOST_BYTES} bytes.") from error
        raise ProviderAway(f"The provider cannot be asked. {error.message}") from error
    if answer.status == TOO_MANY_REQUESTS or answer.status >= FIRST_OF_THEIR_FAILURES:
        raise ProviderAway(f"The provider cannot answer at the moment: it says {answer.status}.")
    return answer


def read(answer: Answer, kind: type[Told], what: str) -> Told:
    """The answer as what it must be; `what` says in words what that is."""
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except msgspec.ValidationError as error:
        raise ProviderWrong(f"{what} does not fit: {error}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProviderWrong(f"{what} is not JSON.") from error
