"""A member's own phone: named by them, proved by a code that comes to it over the line that will write to it.

The code is made when it is sent, and only its hash is kept: whoever reads the database learns none.
"""

import hmac
import secrets
from datetime import timedelta

import msgspec

from channels.base import Unreachable
from hub.act import Act
from hub.deps import Deps
from hub.lines.actions import access_line
from hub.lines.addresses import PHONES, normalized
from hub.lines.errors import BadLine
from hub.lines.models import Line
from hub.notices import repository
from hub.notices.allowance import take_code
from hub.notices.errors import BadOwnNumber, NoOwnNumber, WrongNumberCode
from hub.notices.models import CODE, CODE_PLACE, NUMBER_PLACE, NoticePreferences, OwnNumber
from hub.notices.policy import find_objection
from hub.notices.shapes import OwnNumberShown, OwnNumberWanted
from hub.notices.showing import preferences_of
from hub.notices.texting import send_text
from hub.notices.wording import code_text
from hub.sending.failures import UNREACHABLE
from hub.store.mongo import Document
from hub.threads.models import Failing
from hub.work.kinds import Kind, Lease

GOOD_FOR = timedelta(minutes=10)
MOST_TRIES = 5
ATTEMPTS = 4
SHOWN_DIGITS = 2


async def set_number(act: Act, wanted: OwnNumberWanted) -> OwnNumberShown:
    """This one from now on, once it is proved: a code is on its way to it."""
    deps, member = act.deps, act.caller.id
    line = await access_line(deps, act.caller, wanted.line_id)
    own = OwnNumber(own_phone(line, wanted.number), line.id)
    if objection := await find_objection(deps, act.account, own):
        raise objection
    await take_code(deps, act.account, member, own.number)
    act.note.target, act.note.before = {"member": member}, await noted(deps, act.account, member)
    number = (await deps.sealer.keyring(act.account)).seal(NUMBER_PLACE, msgspec.json.encode(own))
    code = {"due_at": deps.clock.now(), "tries": 0}
    unproved = {"verified_at": None, "failure": None, "failed_at": None}
    await repository.change_preferences(deps.mongo, act.account, member, number=number, code=code, **unproved)
    await deps.bell.ring(CODE, member)
    act.note.after = await noted(deps, act.account, member)
    return await get_shown(deps, act.account, member)


def own_phone(line: Line, number: str) -> str:
    """As it is kept, or BadOwnNumber."""
    if line.medium not in PHONES:
        raise BadOwnNumber("Nothing goes from this line to a phone: choose one of SMS or WhatsApp.", field="line_id")
    try:
        phone = normalized(line.medium, number)
    except BadLine as error:
        raise BadOwnNumber(error.message, field="number") from None
    if not phone.startswith("+"):
        raise BadOwnNumber("Write the number with its country code, such as +4930123456.", field="number")
    return phone


async def verify_number(act: Act, code: str) -> OwnNumberShown:
    """The member has what came to the phone. So many wrong ones, and a new code is needed."""
    deps, seen = act.deps, await preferences_of(act.deps, act.account, act.caller.id)
    if seen.number is None:
        raise NoOwnNumber("You have named no number.")
    act.note.target, act.note.before = {"member": seen.id}, await noted(deps, act.account, seen.id)
    sent = seen.code
    if sent is None or not sent.hash or not sent.until or sent.until < deps.clock.now() or sent.tries >= MOST_TRIES:
        raise WrongNumberCode("There is no code that is good at this moment: name the number again for a new one.")
    was = {"number": seen.number, "code.hash": sent.hash, "code.tries": sent.tries}
    is_right = hmac.compare_digest(await hash_of(deps, seen, code), sent.hash)
    fields = {"verified_at": deps.clock.now(), "code": None} if is_right else {"code__tries": sent.tries + 1}
    if not await repository.change_preferences(deps.mongo, seen.account, seen.id, where=was, **fields) or not is_right:
        raise WrongNumberCode("This is not the code that came to your phone.")
    act.note.after = await noted(deps, act.account, seen.id)
    return await get_shown(deps, act.account, seen.id)


async def remove_number(act: Act) -> None:
    """Nothing is written to it any more, and it is forgotten."""
    seen = await preferences_of(act.deps, act.account, act.caller.id)
    if seen.number is None:
        raise NoOwnNumber("You have named no number.")
    act.note.target, act.note.before = {"member": seen.id}, await noted(act.deps, act.account, seen.id)
    gone = dict.fromkeys(("number", "verified_at", "code", "failure", "failed_at"))
    await repository.change_preferences(act.deps.mongo, act.account, seen.id, **gone)


async def send_code(deps: Deps, document: Document, lease: Lease) -> None:
    """Make a code, and text it. Whoever dies in between sends another one."""
    seen = await preferences_of(deps, document["account"], document["_id"])
    own = await number_of(deps, seen)
    if own is None or seen.verified_at:
        return
    code = await new_code(deps, seen)
    if code is None:
        return
    try:
        failing = await send_text(deps, seen.account, own, id=f"{seen.id}.{lease.token}", words=code_text(code))
    except Unreachable:
        if lease.attempt < ATTEMPTS:
            raise
        failing = UNREACHABLE
    await note_failing(deps, seen, failing)


async def new_code(deps: Deps, seen: NoticePreferences) -> str | None:
    """The only one that is good from now on, for the number that was seen; None when there is another by now, which
    has a code of its own under way."""
    code = f"{secrets.randbelow(10**6):06}"
    until = deps.clock.now() + GOOD_FOR
    fields = {"code__hash": await hash_of(deps, seen, code), "code__until": until, "code__tries": 0}
    where = {"number": seen.number}
    is_stored = await repository.change_preferences(deps.mongo, seen.account, seen.id, where=where, **fields)
    return code if is_stored else None


async def hash_of(deps: Deps, seen: NoticePreferences, code: str) -> bytes:
    """What is kept of a code: a million of them are few, so it takes the account's key."""
    return (await deps.sealer.keyring(seen.account)).lookup(CODE_PLACE, f"{seen.id}:{code}")


async def number_of(deps: Deps, preferences: NoticePreferences) -> OwnNumber | None:
    """The phone that the member has named, proved or not."""
    if preferences.number is None:
        return None
    opened = await deps.sealer.unseal(preferences.account, NUMBER_PLACE, preferences.number)
    return msgspec.json.decode(opened, type=OwnNumber)


async def note_failing(deps: Deps, seen: NoticePreferences, failing: Failing | None) -> None:
    """Why the last text has not left: the member sees it where the number stands. None when it has."""
    at = deps.clock.now() if failing else None
    where = {"number": seen.number}
    await repository.change_preferences(deps.mongo, seen.account, seen.id, where=where, failure=failing, failed_at=at)


async def noted(deps: Deps, account: str, member: str) -> Document | None:
    """As the audit log tells of it, which outlives the member: a private number is nobody's there."""
    seen = await preferences_of(deps, account, member)
    own = await number_of(deps, seen)
    if own is None:
        return None
    return {"line_id": own.line, "is_verified": seen.verified_at is not None, "ends_with": own.number[-SHOWN_DIGITS:]}


async def get_shown(deps: Deps, account: str, member: str) -> OwnNumberShown:
    """As it is stored by now, or NoOwnNumber."""
    found = await number_shown(deps, await preferences_of(deps, account, member))
    if found is None:
        raise NoOwnNumber("You have named no number.")
    return found


async def number_shown(deps: Deps, preferences: NoticePreferences) -> OwnNumberShown | None:
    """To its owner, whole."""
    own = await number_of(deps, preferences)
    if own is None:
        return None
    return OwnNumberShown(
        number=own.number,
        line_id=own.line,
        is_verified=preferences.verified_at is not None,
        failure=preferences.failure.words if preferences.failure else None,
        advice=preferences.failure.advice if preferences.failure else None,
        failed_at=preferences.failed_at,
    )


KINDS = (
    Kind(
        name=CODE,
        collection=repository.PREFERENCES,
        handler=send_code,
        prefix="code.",
        attempts=ATTEMPTS,
        backoff=timedelta(seconds=5),
    ),
)
