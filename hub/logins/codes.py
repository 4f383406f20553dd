"""One-time codes as a second factor: those of an authenticator app, and those on paper for when the app is lost."""

import hmac
import re
import secrets
from datetime import datetime

import pyotp

from hub.store.ids import ALPHABET
from hub.store.sealed import Keyring

ISSUER = "Parley"
APP_CODE = re.compile(r"[0-9]{6}")
# How many steps of 30 s the clock of a phone may be off, either way.
SKEW = 1
# The last step of an app whose codes nobody has used yet.
NO_STEP = 0

RECOVERY_CODES = 10
RECOVERY_LETTERS = 10
RECOVERY_CODE = re.compile(f"[{ALPHABET}]{{{RECOVERY_LETTERS}}}")
# What keyboards and word processors make of a dash, beside spaces of every kind.
SEPARATORS = re.compile(r"[\s\u2010-\u2015\u2212-]")
LOOKALIKES = str.maketrans("oil", "011")
PLACE = "logins.recovery_codes"


def new_secret() -> str:
    """160 random bits as an authenticator app takes them."""
    return pyotp.random_base32()


def app_uri(secret: str, email: str) -> str:
    """What the QR code says that an authenticator app scans."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """The step of 30 s that the code belongs to, or None if it is wrong, stale or used. Whoever accepts the code stores
    the step, on condition that the stored one is still lower: no code of it or before is right again."""
    digits = code.replace(" ", "")
    # Python's own idea of a digit takes in other scripts.
    if not APP_CODE.fullmatch(digits):
        return None
    app = pyotp.TOTP(secret)
    current = app.timecode(now)
    steps = range(max(current - SKEW, last_step + 1), current + SKEW + 1)
    fitting = [step for step in steps if hmac.compare_digest(app.generate_otp(step), digits)]
    # Should two steps share the code, the later one uses up both.
    return max(fitting, default=None)


def new_recovery_codes() -> list[str]:
    """Ten codes of 50 random bits, as they are shown, once."""
    return [grouped("".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LETTERS))) for _ in range(RECOVERY_CODES)]


def grouped(code: str) -> str:
    """In two halves, for the eye."""
    return f"{code[: RECOVERY_LETTERS // 2]}-{code[RECOVERY_LETTERS // 2 :]}"


def normal(code: str) -> str:
    """The ten letters that are meant, however they were typed; empty when it cannot be a recovery code."""
    letters = SEPARATORS.sub("", code).lower().translate(LOOKALIKES)
    return letters if RECOVERY_CODE.fullmatch(letters) else ""


def recovery_hash(keyring: Keyring, code: str) -> bytes:
    """What is stored of a recovery code, and found by; that of no code at all fits none."""
    # 50 bits are too few for a bare hash that anybody could try out; this one needs the login's key.
    return keyring.lookup(PLACE, normal(code))
