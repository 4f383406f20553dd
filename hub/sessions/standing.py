"""Who a credential speaks for, and what that one may do at this moment. Asked at every request, read every other
second: whatever is taken away is gone within that time, in every process."""

import hmac
from collections.abc import Collection

from starlette.requests import HTTPConnection

from hub.access import OPERATOR, STRANGER, Caller, Permission, Scope
from hub.accounts import key_standing
from hub.accounts.standing import Standing, find_standing, find_standings
from hub.deps import Deps
from hub.errors import Unauthenticated
from hub.logins import actions as logins
from hub.logins.models import SECOND_FACTORS, Proof
from hub.sessions import repository
from hub.sessions.models import Session
from hub.sessions.tokens import read_access_token

BEARER = "bearer "
STANDING_S = 2
# More than any of ours has.
MOST_LETTERS = 1_500
HALF_WAY = {Permission.ME: Scope.ALL}
FOR_MYSELF = {**HALF_WAY, Permission.MEMBERSHIP: Scope.ALL}


async def identify(deps: Deps, connection: HTTPConnection) -> Caller:
    """The caller that the request's credential names; no bearer token is a stranger, a wrong one is refused."""
    headers = connection.headers.getlist("authorization")
    # Another scheme is for somebody on the way, such as a proxy that asks for a password.
    tokens = [header[len(BEARER) :] for header in headers if header.lower().startswith(BEARER)]
    if not tokens:
        return STRANGER
    if len(tokens) > 1:
        raise Unauthenticated("A request speaks for one: it has one `Authorization: Bearer …`.")
    return await identify_token(deps, tokens[0])


async def identify_token(deps: Deps, token: str) -> Caller:
    """The caller that a credential names. Whoever holds a line open asks again every few seconds."""
    # Whatever is looked up is remembered for a while, and nobody shall choose how much that is.
    if not token.isascii() or len(token) > MOST_LETTERS:
        raise not_valid()
    expected = deps.settings.operator_token.reveal()
    if expected and hmac.compare_digest(token.encode(), expected.encode()):
        return OPERATOR
    is_key = token.startswith(key_standing.PREFIX)
    caller = await (key_standing.find_caller(deps, token) if is_key else find_member(deps, token))
    if caller is None:
        raise not_valid()
    return caller


def not_valid() -> Unauthenticated:
    return Unauthenticated("The credential is not valid, or not any more.")


async def find_member(deps: Deps, token: str) -> Caller | None:
    """The member whom an access token speaks for, while the session and the membership last."""
    claims = await read_access_token(deps, token)
    question = question_of(claims.session, claims.account)
    caller = await deps.memory.recall(
        question, lambda: read_caller(deps, claims.session, claims.account), for_s=STANDING_S
    )
    return caller if caller and caller.id == claims.sub else None


async def read_caller(deps: Deps, session_id: str, account: str) -> Caller | None:
    """Whoever signed in, as a member of the account."""
    session = await repository.find(deps.mongo, session_id, deps.clock.now())
    if session is None or await logins.has_changed_password(deps, session.login, session.passwords):
        return None
    return caller_of(session, await find_standing(deps, account, session.login))


async def read_callers(deps: Deps, callers: Collection[Caller]) -> dict[str, Caller]:
    """What these members are by now, by member and session as `name_of` has it, in a fixed number of queries. Whoever
    is nobody any more is left out. The tokens they came by may have expired: that a session stands is what counts."""
    sessions = await repository.find_each(deps.mongo, {one.session for one in callers}, deps.clock.now())
    passwords = await logins.count_passwords(deps, {session.login for session in sessions.values()})
    standings = await find_standings(deps, {one.id for one in callers})
    going_on = {id: one for id, one in sessions.items() if passwords.get(one.login) == one.passwords}
    read = [caller_of(going_on[one.session], standings.get(one.id)) for one in callers if one.session in going_on]
    return {name_of(caller): caller for caller in read if caller}


def name_of(caller: Caller) -> str:
    """What tells one member at one browser from others."""
    return f"{caller.session}:{caller.id}"


def caller_of(session: Session, standing: Standing | None) -> Caller | None:
    """What somebody with this standing may do by this session; None when it is not for them."""
    if standing is None or standing.member.login != session.login:
        return None
    if session.bound_to not in (None, standing.account.id):
        return None
    is_owner = standing.member.id in standing.account.owners
    # Owners come in by password too: or a provider that is broken would shut everybody out for good.
    lacks_sso = standing.account.requires_sso and Proof.SSO not in session.proofs and not is_owner
    lacks = standing.account.requires_second_factor and SECOND_FACTORS.isdisjoint(session.proofs)
    return Caller(
        "member",
        standing.member.id,
        standing.account.id,
        HALF_WAY if lacks or lacks_sso else {**standing.grants, **FOR_MYSELF},
        frozenset(standing.member.teams),
        session.login,
        session.id,
        lacks,
        lacks_sso,
        session.bound_to,
    )


def question_of(session: str, account: str) -> str:
    """What a process remembers a caller by."""
    return f"session:{session}:{account}"
