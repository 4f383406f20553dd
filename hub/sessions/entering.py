"""A session begins, goes on, and ends."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from hub.access import Caller, SecondFactorRequired
from hub.accounts.founding import name_of
from hub.accounts.standing import Standing, list_standings, role_of
from hub.act import Act
from hub.audit.log import record
from hub.deps import Deps
from hub.errors import Forbidden, NotFound
from hub.http.endpoint import Reply
from hub.logins import actions as logins
from hub.logins import passkeys
from hub.logins.models import SECOND_FACTORS, Login, Proof
from hub.sessions import cookies, repository
from hub.sessions.errors import BoundSession, NoMembership, RefreshRace, SignedOut
from hub.sessions.models import Access, AccountChoice, Session, SessionShown, SignedIn
from hub.sessions.standing import question_of
from hub.sessions.tokens import ACCESS, access_token, read_refresh_token, refresh_token
from hub.store.ids import new_id

ORIGIN_PLACE = f"{repository.SESSIONS}.origin"
FRESH_FOR = timedelta(minutes=30)
IDLE_FOR, LASTS_FOR = timedelta(days=30), timedelta(days=180)
# Two tabs may refresh with the same cookie: whoever is this late has only lost a race.
RACE, MOST_RACES = timedelta(seconds=10), 30


class SignInAgain(Forbidden):
    """The session was begun too long ago for what was asked."""

    code = "sign_in_again"


class NoSuchSession(NotFound):
    """There is no such session, or it has ended."""

    code = "no_such_session"


async def enter(
    act: Act,
    login: Login,
    proofs: Sequence[Proof],
    *,
    account: str | None = None,
    bound_to: str | None = None,
    lasts: timedelta = LASTS_FOR,
) -> Reply:
    """The login has proved itself: a session begins, with a cookie to go on by."""
    deps, now = act.deps, act.deps.clock.now()
    standings = await list_standings(deps, login.id)
    entered = choose(standings, (account or bound_to,) if account or bound_to else (login.last_account, None))
    origin = msgspec.json.encode({"address": act.address, "agent": act.agent}).decode()
    session = Session(
        id=new_id(now),
        account=login.id,
        login=login.id,
        entered=entered.account.id,
        proofs=list(proofs),
        made_at=now,
        refreshed_at=now,
        expires_at=now + min(IDLE_FOR, lasts),
        ends_at=now + lasts,
        origin=await deps.sealer.seal(login.id, ORIGIN_PLACE, origin),
        bound_to=bound_to,
        passwords=login.passwords,
    )
    await repository.add(deps.mongo, session)
    # After the session: whoever changes a password ends the sessions that are there by then.
    if not await logins.is_as_seen(deps, login):
        await repository.remove(deps.mongo, login.id, session.id)
        raise SignedOut("What this login proves itself by was changed at this moment: sign in again.")
    await logins.remember_account(deps, login, entered.account.id)
    act.note.account = entered.account.id
    act.note.target = {"member": entered.member.id, "session": session.id, **act.note.target}
    act.note.after = act.note.after or {"proofs": list(proofs)}
    return await opened(deps, session, standings, entered)


def choose(standings: Sequence[Standing], wanted: Sequence[str | None]) -> Standing:
    """The first of those wanted that the login works for; None is any."""
    for id in wanted:
        for standing in standings:
            if id in (None, standing.account.id):
                return standing
    raise NoMembership("This login works for no account here that it could enter: ask its owner for an invitation.")


async def opened(deps: Deps, session: Session, standings: Sequence[Standing], entered: Standing) -> Reply:
    """What is answered to whoever is in."""
    account, member = entered.account, entered.member
    access = Access(
        access_token=await access_token(deps, member=member.id, account=account.id, session=session.id),
        expires_in_s=int(ACCESS.good_for.total_seconds()),
        account_id=account.id,
        member_id=member.id,
        accounts=[
            AccountChoice(
                id=one.account.id, name=await name_of(deps, one.account), role=role_of(one.account, one.member)
            )
            for one in standings
            if session.bound_to in (None, one.account.id)
        ],
        needs_second_factor=account.requires_second_factor and SECOND_FACTORS.isdisjoint(session.proofs),
    )
    token = await refresh_token(deps, session.id, session.generation)
    lasts_s = int((session.expires_at - deps.clock.now()).total_seconds())
    answer = SignedIn(state="signed_in", access=access)
    return Reply(answer, [cookies.set_cookie(deps, cookies.REFRESH, token, lasts_s)])


async def refresh(act: Act, cookie: str, account: str | None) -> Reply:
    """Go on: a new access token and a new cookie for the old one, which is good no more."""
    deps, now = act.deps, act.deps.clock.now()
    id, generation = await read_refresh_token(deps, cookie)
    session = await repository.find(deps.mongo, id, now)
    if session is None:
        raise SignedOut("You are signed out: sign in again.")
    standings = await list_standings(deps, session.login)
    wanted = (account,) if account else (session.entered, session.bound_to)
    entered = choose([one for one in standings if session.bound_to in (None, one.account.id)], wanted)
    act.note.account, act.note.target = entered.account.id, {"member": entered.member.id, "session": id}
    if await logins.has_changed_password(deps, session.login, session.passwords):
        raise SignedOut("Your password was changed: sign in again.")
    expires_at = min(now + IDLE_FOR, session.ends_at)
    change = {
        "refreshed_at": now,
        "expires_at": expires_at,
        "entered": entered.account.id,
        "replaced": [*(at for at in session.replaced[-MOST_RACES:] if now - at <= RACE), now],
    }
    if generation != session.generation or not await repository.rotate(deps.mongo, session, **change):
        await judge_reuse(act, id, generation)
    renewed = msgspec.structs.replace(session, generation=generation + 1, expires_at=expires_at)
    return await opened(deps, renewed, standings, entered)


async def judge_reuse(act: Act, id: str, generation: int) -> None:
    """A refresh token was shown that was used before: by another tab just now, or by a thief. In doubt nobody stays."""
    deps, now = act.deps, act.deps.clock.now()
    session = await repository.find(deps.mongo, id, now)
    if session is None:
        raise SignedOut("You are signed out: sign in again.")
    if has_lost_race(session, generation, now):
        raise RefreshRace("Another tab has just refreshed: use the cookie that it was given.", retry_after_s=1)
    await end(deps, session)
    act.note.after = {"ended": "a refresh token was used twice"}
    await record(act, "session.reuse", status=SignedOut.status)
    raise SignedOut("You are signed out, because your cookie was used twice: sign in again.")


def has_lost_race(session: Session, generation: int, now: datetime) -> bool:
    """Whether the refresh token of this generation was replaced just now, by whichever of several tabs."""
    behind = session.generation - generation
    return 0 < behind <= len(session.replaced) and now - session.replaced[-behind] <= RACE


async def sign_out(act: Act, cookie: str) -> Reply:
    """This browser's session ends."""
    id, _ = await read_refresh_token(act.deps, cookie)
    session = await repository.find(act.deps.mongo, id, act.deps.clock.now())
    if session:
        act.note.account, act.note.target = session.entered, {"session": id}
        act.note.before = {"proofs": session.proofs}
        await end(act.deps, session)
    return Reply(None, [cookies.clear_cookie(act.deps, cookies.REFRESH)])


async def end(deps: Deps, session: Session) -> None:
    """It is over, here at once and elsewhere within seconds."""
    await repository.remove(deps.mongo, session.account, session.id)
    deps.memory.forget(question_of(session.id, session.entered))


async def end_one(act: Act, id: str) -> None:
    """One of one's own."""
    session = await repository.find_of(act.deps.mongo, act.caller.login, id, act.deps.clock.now())
    if session is None or not is_within(act.caller, session):
        raise NoSuchSession("There is no such session, or it has ended.", id=id)
    act.note.target, act.note.before = {"session": id}, await shown(act.deps, session, act.caller.session)
    await end(act.deps, session)


async def end_others(act: Act, *, bound_to: str | None = None) -> None:
    """All of one's own but this one, or those of them that are bound to this account."""
    ended = await repository.remove_all(act.deps.mongo, act.caller.login, besides=act.caller.session, bound_to=bound_to)
    act.note.target, act.note.after = {"login": act.caller.login}, {"ended": ended}


async def end_all(deps: Deps, login: str) -> None:
    """Signed out everywhere."""
    await repository.remove_all(deps.mongo, login)


async def end_bound(deps: Deps, account: str) -> int:
    """Whoever came in by the account's identity provider is signed out, within seconds."""
    return await repository.remove_bound(deps.mongo, account)


async def list_sessions(deps: Deps, caller: Caller) -> list[SessionShown]:
    """Wherever the login is signed in."""
    found = await repository.list_of(deps.mongo, caller.login, deps.clock.now())
    return [await shown(deps, session, caller.session) for session in found if is_within(caller, session)]


async def list_session_ids(deps: Deps, login: str) -> frozenset[str]:
    """The sessions of the login that have not ended: for what lasts as long as one of them."""
    return frozenset(session.id for session in await repository.list_of(deps.mongo, login, deps.clock.now()))


def is_within(caller: Caller, session: Session) -> bool:
    """Whether it is the caller's to see and to end: an identity provider speaks for its own account only."""
    return caller.bound_to in (None, session.bound_to)


def check_is_unbound(caller: Caller) -> None:
    """Raise for whoever was let in by an identity provider: what a login is made of serves all of its accounts."""
    if caller.bound_to:
        raise BoundSession(
            "You signed in by your account's identity provider, which speaks for that account only: sign in with your "
            "password or a passkey for this. “Forgot your password?” sets one."
        )


async def check_is_fresh(act: Act) -> None:
    """Raise unless somebody has signed in here a short while ago: whoever finds an open screen must not shut its owner
    out by an app of their own."""
    session = await repository.find(act.deps.mongo, act.caller.session, act.deps.clock.now())
    if session is None or act.deps.clock.now() - session.made_at > FRESH_FOR:
        raise SignInAgain("This matters: sign out and in again, and do it within half an hour.")


async def check_has_shown(act: Act, login: Login) -> None:
    """Raise where the login has a second factor that this session has not shown: a password alone must not make
    another one, or it would be worth as much as both."""
    usable = [one for one in await passkeys.list_of(act.deps, login.id) if one.locked_at is None]
    if login.codes is None and not usable:
        return
    session = await repository.find_of(act.deps.mongo, login.id, act.caller.session, act.deps.clock.now())
    if session is None or SECOND_FACTORS.isdisjoint(session.proofs):
        raise SecondFactorRequired("You have a second factor already: sign in with it, then set up another one.")


async def stay(act: Act, passwords: int) -> None:
    """Whoever has just changed the password need not sign in again."""
    caller = act.caller
    await repository.keep(act.deps.mongo, caller.login, caller.session, passwords)
    act.deps.memory.forget(question_of(caller.session, caller.account))


async def prove_more(act: Act, proof: Proof) -> None:
    """This session has shown something more."""
    caller = act.caller
    await repository.add_proof(act.deps.mongo, caller.login, caller.session, proof)
    act.deps.memory.forget(question_of(caller.session, caller.account))


async def shown(deps: Deps, session: Session, this: str) -> SessionShown:
    """As its owner sees it."""
    origin = msgspec.json.decode(await deps.sealer.text(session.login, ORIGIN_PLACE, session.origin))
    return SessionShown(
        id=session.id,
        is_this=session.id == this,
        proofs=session.proofs,
        made_at=session.made_at,
        refreshed_at=session.refreshed_at,
        address=origin["address"],
        agent=origin["agent"],
    )
