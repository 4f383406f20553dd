"""Requests about browsers that are pushed to, which succeed."""

from collections.abc import Mapping
from dataclasses import replace

from hub.access import Caller
from hub.push import subscribing
from hub.push.shapes import PushKeys, PushSubscriptionWanted
from tests.contracts.companies import Person
from tests.contracts.matrix import Example, Maker
from tests.fakes.push import Browser


def browser_of(person: Person) -> PushSubscriptionWanted:
    """One that nobody has subscribed yet."""
    address = f"https://push.example.com/{person.company.name().replace(' ', '/')}"
    keys = Browser(address, "").subscription["keys"]
    return PushSubscriptionWanted(endpoint=address, keys=PushKeys(**keys), name=person.company.name())


async def a_new_browser(person: Person) -> Example:
    """As its page sends it."""
    wanted = browser_of(person)
    keys = {"p256dh": wanted.keys.p256dh, "auth": wanted.keys.auth}
    return Example(body={"endpoint": wanted.endpoint, "keys": keys, "name": wanted.name})


async def a_browser(person: Person) -> Example:
    """One of the person's own."""
    company = person.company
    caller = Caller("member", person.member, company.account, login=person.login, session=person.session)
    made = await subscribing.subscribe(replace(company.act(), caller=caller), browser_of(person))
    return Example(path={"subscription_id": made.id}, owned=frozenset({"subscription_id"}))


EXAMPLES: Mapping[str, Maker] = {"subscribe_to_push": a_new_browser, "unsubscribe_from_push": a_browser}
