"""What a link stands for: the mail that it was in, whom that went to, and whether they still want to be written to."""

from dataclasses import dataclass

import msgspec

from channels.base import Address, Medium
from hub.accounts.founding import name_of
from hub.accounts.models import Account
from hub.accounts.subjects import get_account
from hub.consent.models import Reason
from hub.consent.suppression import find_suppression
from hub.deps import Deps
from hub.errors import NotFound
from hub.people.getting import get_person
from hub.people.models import ConsentState, Person
from hub.threads.delivering import find_entry
from hub.threads.log import get_thread, where_it_goes_on
from hub.threads.models import TO_PLACE, Delivery, Entry, Thread
from hub.unsubscribing.errors import NoSuchLink
from hub.unsubscribing.links import read_token
from hub.unsubscribing.shapes import SubscriptionShown

MEDIUM = Medium.EMAIL


@dataclass(frozen=True)
class Subscription:
    """Somebody who gets mails of an account."""

    account: Account
    entry: Entry
    thread: Thread
    person: Person
    address: Address


async def get_subscription(deps: Deps, token: str) -> Subscription:
    """That of a link, or NoSuchLink, whatever is wrong with it: nobody finds out what there is by trying."""
    account, entry = await read_token(deps, token) or (None, None)
    found = await find_entry(deps, account, entry) if account and entry else None
    if found is None or found.delivery is None:
        raise no_such_link()
    try:
        return await subscription_of(deps, found, found.delivery)
    except NotFound:
        raise no_such_link() from None


async def subscription_of(deps: Deps, entry: Entry, delivery: Delivery) -> Subscription:
    """Whom a mail of ours went to; NotFound where the account is closed, or they are forgotten."""
    business = await get_account(deps, entry.account)
    thread = await where_it_goes_on(deps, await get_thread(deps, entry.account, entry.thread))
    to = await deps.sealer.unseal(entry.account, TO_PLACE, delivery.to)
    return Subscription(
        account=business,
        entry=entry,
        thread=thread,
        person=await get_person(deps, entry.account, thread.person),
        address=msgspec.json.decode(to, type=Address),
    )


def no_such_link() -> NoSuchLink:
    """What everybody is told who has none that is good."""
    return NoSuchLink("This link ends no mails any more: it is too old, or was not copied whole.")


async def shown(deps: Deps, subscription: Subscription) -> SubscriptionShown:
    """As its page shows it: whether nothing is sent there any more, and whether that is theirs to take back."""
    suppressed = await find_suppression(deps, subscription.person.account, [subscription.address], MEDIUM)
    return SubscriptionShown(
        account_name=await name_of(deps, subscription.account),
        address=masked(subscription.address.value),
        is_ended=suppressed is not None or subscription.person.consent_on(MEDIUM) is ConsentState.REVOKED,
        can_resume=suppressed is None or suppressed.reason is Reason.OPT_OUT,
        locale=subscription.person.locale,
    )


def masked(address: str) -> str:
    """A mail that is passed on takes the link along: whoever gets it then learns nobody's address by it."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
