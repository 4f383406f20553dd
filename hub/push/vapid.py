"""Who we are, for push services: a key of the installation, and a token that it signs for each of them (RFC 8292).

Like the keys of tokens it is drawn from the installation's key in the keys database: all processes have the same one
and none had to be first, nothing is stored, and whoever reads the main database cannot make it.
"""

from datetime import timedelta
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from hub.access import INSTALLATION
from hub.deps import Deps
from hub.mail.models import Mailbox
from hub.push.encryption import CURVE, point_of, spelled
from hub.settings import Settings

PLACE = "push.vapid"
# How many keys the curve has (its order, as SEC 2 gives it).
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# No service takes a token for more than a day.
LASTS = timedelta(hours=12)
PORTS = {"http": 80, "https": 443}


async def public_key(deps: Deps) -> str:
    """What browsers subscribe with."""
    return spelled(point_of((await private_key(deps)).public_key()))


async def private_key(deps: Deps) -> ec.EllipticCurvePrivateKey:
    """The installation's own, the same for good: browsers that have subscribed with it know no other."""
    keyring = await deps.sealer.keyring(INSTALLATION)
    # Twice as many bits as a key has, so that no key is likelier than another.
    drawn = keyring.lookup(PLACE, "1") + keyring.lookup(PLACE, "2")
    return ec.derive_private_key(int.from_bytes(drawn) % (ORDER - 1) + 1, CURVE)


async def authorization(deps: Deps, endpoint: str) -> str:
    """The header that a push to this address carries."""
    key = await private_key(deps)
    claims = {"aud": origin_of(endpoint), "exp": int((deps.clock.now() + LASTS).timestamp())}
    if contact := contact_of(deps.settings):
        claims["sub"] = contact
    return f"vapid t={jwt.encode(claims, key, 'ES256')}, k={spelled(point_of(key.public_key()))}"


def contact_of(settings: Settings) -> str:
    """Where a push service finds whoever runs this; some take nothing but these two."""
    if settings.base_url.startswith("https://"):
        return settings.base_url
    return f"mailto:{Mailbox.read(settings.mail_from).address}" if settings.mail_from else ""


def origin_of(url: str) -> str:
    """Scheme, host and, where it is not the usual one, port."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    is_usual = parts.port in (None, PORTS.get(parts.scheme))
    return f"{parts.scheme}://{host}{'' if is_usual else f':{parts.port}'}"
