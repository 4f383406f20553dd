"""Ending the mails to somebody by the link in one of them, and taking that back. Whatever happens in between, doing it
again does it once."""

from hub.consent import belonging, ledger, suppression
from hub.consent.models import Reason
from hub.deps import Deps
from hub.people.models import Basis, ConsentState
from hub.store.ids import new_id
from hub.threads.happenings import OptChanged
from hub.threads.models import Author, AuthorKind, Draft, EntryKind
from hub.threads.receiving import append_where_it_goes_on
from hub.unsubscribing.shapes import SubscriptionShown
from hub.unsubscribing.subscription import MEDIUM, Subscription, get_subscription, shown

CLICK, WAY_BACK = "one click on the link in a mail", "the way back behind the link in a mail"
OUT, IN = "out", "in"


async def end(deps: Deps, token: str) -> SubscriptionShown:
    """Nothing more goes to them by e-mail, from this moment on."""
    found = await get_subscription(deps, token)
    by, id = f"person:{found.person.id}", await id_of(deps, found, OUT)
    await ledger.record(
        deps, found.person.account, found.person.id, medium=MEDIUM, state=ConsentState.REVOKED, basis=Basis.OPT_OUT,
        evidence=CLICK, by=by, id=id,
    )  # fmt: skip
    await suppression.suppress(
        deps, found.person.account, found.address, medium=MEDIUM, reason=Reason.OPT_OUT, evidence=CLICK, by=by
    )
    return await told(deps, token, found, id, is_in=False)


async def resume(deps: Deps, token: str) -> SubscriptionShown:
    """They want to be written to again. Where that is not theirs to say, such as of an address that bounces, nothing
    becomes otherwise."""
    found = await get_subscription(deps, token)
    now = await shown(deps, found)
    if not now.is_ended or not now.can_resume:
        return now
    id = await id_of(deps, found, IN)
    await ledger.record(
        deps, found.person.account, found.person.id, medium=MEDIUM, state=ConsentState.GRANTED, basis=Basis.OPT_IN,
        evidence=WAY_BACK, by=f"person:{found.person.id}", id=id,
    )  # fmt: skip
    await suppression.lift_opt_outs(deps, found.person.account, [found.address], medium=MEDIUM)
    return await told(deps, token, found, id, is_in=True)


async def id_of(deps: Deps, found: Subscription, which: str) -> str:
    """The same for a repeat, and another one for what they say anew after they have said otherwise."""
    prefix = f"unsubscribe.{found.entry.id}."
    ids = await belonging.list_ids(deps, found.person.account, found.person.id)
    said = sorted(int(id.split(".")[2]) for id in ids if id.startswith(prefix))
    last = said[-1] if said else 0
    is_so = found.person.consent_on(MEDIUM) is (ConsentState.REVOKED if which == OUT else ConsentState.GRANTED)
    is_repeat = is_so and f"{prefix}{last}.{which}" in ids
    return f"{prefix}{last if is_repeat else last + 1}.{which}"


async def told(deps: Deps, token: str, found: Subscription, id: str, *, is_in: bool) -> SubscriptionShown:
    """Into the log, last: who dies before it does all of it again, and all of it is harmless then."""
    draft = Draft(
        id=new_id(deps.clock.now()),
        kind=EntryKind.EVENT,
        author=Author(AuthorKind.PERSON, found.person.id),
        client_id=id,
        medium=MEDIUM,
        event=OptChanged(medium=MEDIUM, is_in=is_in),
    )
    await append_where_it_goes_on(deps, found.thread, draft)
    return await shown(deps, await get_subscription(deps, token))
