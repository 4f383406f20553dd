"""Signed tokens: what one says is believed for a while without asking the database. Their keys are drawn from the
installation's key in the keys database: whoever reads the main database can make none."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

import jwt
import msgspec

from hub.access import INSTALLATION, TokenExpired
from hub.deps import Deps
from hub.errors import Unauthenticated

# How far the clocks of two processes may be apart.
SKEW = timedelta(seconds=30)
ALGORITHM = "HS256"
# Times are judged by our own clock.
CHECKS: Any = {
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
    "strict_aud": True,
    "require": ["iss", "aud", "sub", "exp"],
}
# Each token has one spelling: decoders skip what they do not know, and bits at the end that mean nothing.
SPELLING = re.compile(r"[\w-]+\.[\w-]+\.[\w-]{42}[AEIMQUYcgkosw048]", re.ASCII)
# More than any of ours has.
MOST_LETTERS = 1_500


class Timed(Protocol):
    """Claims that say from when until when they count."""

    @property
    def iat(self) -> int: ...
    @property
    def exp(self) -> int: ...


Said = TypeVar("Said", bound=Timed)


@dataclass(frozen=True)
class Kind:
    """One kind of token: for whom it is, which key signs it, how long it is good, and what is said once it is not."""

    audience: str
    place: str
    good_for: timedelta
    expired: str
    # All that say the same and are made within so long are one token.
    same_for: timedelta = timedelta(seconds=1)
    most_letters: int = MOST_LETTERS

    async def make(self, deps: Deps, **claims: str) -> str:
        """One that says this."""
        now = deps.clock.now()
        issued_s = int(now.timestamp() // self.same_for.total_seconds() * self.same_for.total_seconds())
        times = {"iat": issued_s, "exp": issued_s + int(self.good_for.total_seconds())}
        name = key_name(now)
        whole = {"iss": deps.installation, "aud": self.audience, **claims, **times}
        return jwt.encode(whole, await self.key(deps, name), ALGORITHM, headers={"kid": name})

    async def read(self, deps: Deps, token: str, type: type[Said]) -> Said:
        """What it says, if it is ours and of this time."""
        now = deps.clock.now()
        try:
            if len(token) > self.most_letters or not SPELLING.fullmatch(token):
                raise jwt.InvalidTokenError
            name = jwt.get_unverified_header(token).get("kid")
            if name not in {key_name(now - self.good_for - SKEW), key_name(now), key_name(now + SKEW)}:
                raise jwt.InvalidTokenError
            key = await self.key(deps, str(name))
            said = jwt.decode(token, key, [ALGORITHM], CHECKS, audience=self.audience, issuer=deps.installation)
            claims = msgspec.convert(said, type)
        except (jwt.InvalidTokenError, msgspec.ValidationError):
            raise Unauthenticated("The credential is not valid, or not any more.") from None
        self._check_times(claims, now)
        return claims

    def _check_times(self, claims: Timed, now: datetime) -> None:
        """Raise unless it is neither too old nor from the future, by a clock that may be a little wrong."""
        now_s, skew_s = now.timestamp(), SKEW.total_seconds()
        if claims.exp + skew_s < now_s:
            raise TokenExpired(self.expired)
        if claims.iat > now_s + skew_s or claims.exp - claims.iat > self.good_for.total_seconds():
            raise Unauthenticated("The credential is of the future: a clock is wrong.")

    async def key(self, deps: Deps, name: str) -> bytes:
        """The key of that name."""
        return (await deps.sealer.keyring(INSTALLATION)).lookup(self.place, name)


def key_name(moment: datetime) -> str:
    """Each month has a key of its own."""
    return moment.astimezone(UTC).strftime("%Y-%m")
