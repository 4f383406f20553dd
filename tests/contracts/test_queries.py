"""P6, how many: an answer asks the database as often in an account that has thirty of everything as in one that has
three. Over every endpoint of the API that only reads."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from channels.base import Media
from hub.access import OF_OPERATORS
from hub.accounts.roles import EDITOR
from hub.http.endpoint import Endpoint
from hub.sending import scheduling
from hub.sending.models import Saying
from hub.threads.log import get_thread
from tests.clock import VirtualClock
from tests.contracts.callers import Place
from tests.contracts.companies import Person
from tests.contracts.core import make_line, make_thread
from tests.contracts.examples import EXAMPLES, a_buried_piece
from tests.contracts.intake_examples import a_replay, take_event
from tests.contracts.matrix import ENDPOINTS, IN, Example, example_of, is_open, outcome_of, send
from tests.contracts.merging_examples import make_merge
from tests.contracts.my_examples import a_passkey
from tests.contracts.notices_examples import make_notice
from tests.contracts.people_examples import a_duplicate
from tests.contracts.sso_examples import a_domain
from tests.contracts.templates_examples import NUMBERS, make_template

FEW, MANY = 3, 30
# What is written meanwhile is written by others, such as the news of lines; and the next hundred is no question more.
READS = frozenset({"find", "aggregate", "count", "distinct"})
BY_ID = {endpoint.id: endpoint for endpoint in ENDPOINTS}
MAKING = {endpoint.path: endpoint for endpoint in ENDPOINTS if endpoint.creates}
READING = [one for one in ENDPOINTS if one.path.startswith("/api/") and one.method == "GET" and not is_open(one)]

# Makes one thing more of which the answer to this request has to tell.
Grow = Callable[[Place, Person, Example], Awaitable[object]]


@dataclass(frozen=True)
class Size:
    """The owner of a company that gets so many things of each kind; what several requests tell of is made once."""

    owner: Person
    things: int
    grown: set[Grow] = field(default_factory=set)


@pytest.fixture(scope="module")
async def few(place: Place) -> Size:
    """A company with little."""
    return Size(await place.found(), FEW)


@pytest.fixture(scope="module")
async def many(place: Place) -> Size:
    """A company with ten times as much."""
    return Size(await place.found(), MANY)


def asked(id: str) -> Grow:
    """What this endpoint makes, beside or within what the request is about."""

    async def grow(place: Place, owner: Person, about: Example) -> None:
        example = await example_of(BY_ID[id], owner, EXAMPLES)
        path = {name: about.path.get(name, value) for name, value in example.path.items()}
        headers = (await owner.company.sign_in(owner.login)).headers
        await place.forget_limits()
        within = Example(path=path, query=example.query, body=example.body, headers=example.headers)
        answer = await send(place.hub, BY_ID[id], within, headers)
        assert outcome_of(BY_ID[id], answer) == IN

    return grow


def made(make: Callable[[Person], Awaitable[object]]) -> Grow:
    """Whatever there is a maker for."""

    async def grow(_: Place, owner: Person, __: Example) -> None:
        await make(owner)
        await owner.deps.background.settle()

    return grow


async def a_colleague(owner: Person) -> None:
    """With a role of their own, in a team."""
    company = owner.company
    member = await company.member()
    await company.place(member, await company.team())


async def a_colleagues_thread(owner: Person) -> None:
    """Of another person on another line, with another colleague."""
    company = owner.company
    line = await make_line(company)
    await make_thread(company, owner=await company.member(), line=line.id)


async def a_rep(owner: Person) -> None:
    """Who is asked for conversations, and has one."""
    company = owner.company
    rep, _ = await company.employ(EDITOR)
    await make_thread(company, owner=rep)


async def another_session(owner: Person) -> None:
    """On one more device."""
    await owner.company.sign_in(owner.login)


async def a_message_more(_: Place, owner: Person, about: Example) -> None:
    """In the conversation that is asked for, on a line of its own, with a picture."""
    company, person = owner.company, about.path.get("person_id", "")
    if not person:
        person = (await get_thread(company.deps, company.account, about.path["thread_id"])).person
    picture = Media(type="image/png", name="flat.png", provider_id=company.name())
    await make_thread(company, person=person, line=(await make_line(company)).id, media=(picture,))
    await company.deps.background.settle()


async def something_later(_: Place, owner: Person, about: Example) -> None:
    """To be said in the conversation that is asked for."""
    deps, company = owner.deps, owner.company
    thread = await get_thread(deps, company.account, about.path["thread_id"])
    saying = Saying(client_id=company.name(), text=company.name(), line=thread.lines[0])
    tomorrow = deps.clock.now() + timedelta(days=1)
    await scheduling.schedule(company.act(), thread, saying, tomorrow, unless_answered=False)


async def another_language(_: Place, owner: Person, about: Example) -> None:
    """Of the template that is asked for."""
    letters = divmod(next(NUMBERS), 26)
    language = "".join(chr(ord("a") + letter % 26) for letter in letters)
    await make_template(owner.company, line_id=about.query["line_id"], name=about.query["name"], language=language)


COLLEAGUES_THREADS = made(a_colleagues_thread)
GROWING: Mapping[str, Grow] = {
    "list_audit_entries": asked("make_team"),
    "export_audit_log": asked("make_team"),
    "list_members": made(a_colleague),
    "list_my_sessions": made(another_session),
    "list_my_passkeys": made(a_passkey),
    "list_notices": made(make_notice),
    "count_notices": made(make_notice),
    "list_domains": made(a_domain),
    "show_work": made(a_buried_piece),
    "list_buried_work": made(a_buried_piece),
    "list_threads": COLLEAGUES_THREADS,
    "count_threads": COLLEAGUES_THREADS,
    "list_late_threads": COLLEAGUES_THREADS,
    "report_answers": COLLEAGUES_THREADS,
    "report_csat": COLLEAGUES_THREADS,
    "search_everything": made(EXAMPLES["search_everything"]),
    "show_timeline": a_message_more,
    "export_thread": a_message_more,
    "show_thread": a_message_more,
    "list_entries": a_message_more,
    "show_original": a_message_more,
    "show_thread_clocks": a_message_more,
    "explain_routing": made(a_rep),
    "list_scheduled": something_later,
    "list_duplicates": made(a_duplicate),
    "list_people_merges": made(lambda owner: make_merge(owner.company)),
    "list_intake": made(take_event),
    "choose_template": another_language,
    "list_replays": made(a_replay),
}
# Of some things nobody has as many.
MOST = {"list_push_subscriptions": 12, "list_my_passkeys": 12}
# Where the example would ask for one thing only, and there is more to see.
EVERYTHING: Mapping[str, Example] = {"list_intake": Example(), "list_templates": Example()}
# What there is one of, however much an account has; or all of an installation.
ONE = {
    "list_accounts": "the operator's: of all accounts together",
    "show_account": "one document",
    "list_permissions": "written in the program",
    "list_channels": "written in the program",
    "show_me": "one person",
    "show_sso": "one document",
    "show_thread_policy": "one document",
    "show_sla_policy": "one document",
    "show_csat_policy": "one document",
    "show_sending_policy": "one document",
    "show_letterhead": "one document",
    "list_minds": "one of each use",
    "show_logo": "one document",
    "show_signature": "one document",
    "show_presence_policy": "one document",
    "show_notification_policy": "one document",
    "show_opt_words": "one document",
    "show_template_policy": "one document",
    "show_routing": "one document",
    "show_my_availability": "one person",
    "show_notice_preferences": "one person",
    "show_push_key": "the installation's",
}


def growth_of(endpoint: Endpoint) -> Grow | None:
    """What there may be much of; what has an id in its path and nothing within it is one thing."""
    if endpoint.id in GROWING:
        return GROWING[endpoint.id]
    return asked(MAKING[endpoint.path].id) if endpoint.path in MAKING else None


async def commands_of(place: Place, endpoint: Endpoint, size: Size) -> list[str]:
    """What an answer asks of the database, in a company of this size."""
    owner, grow = size.owner, growth_of(endpoint)
    example = EVERYTHING.get(endpoint.id) or await example_of(endpoint, owner, EXAMPLES)
    if grow and (endpoint.parameters or grow not in size.grown):
        size.grown.add(grow)
        for _ in range(min(size.things, MOST.get(endpoint.id, MANY))):
            await grow(place, owner, example)
    # What is told of all that must not remember anything anew once it is forgotten.
    await place.settle()
    headers = await forgetting(place, owner)
    await place.settle()
    place.sent.take()

    answer = await send(place.hub, endpoint, example, headers)

    assert outcome_of(endpoint, answer) == IN
    # The driver shows nothing of how a connection more proves itself.
    asked = [next(iter(command.items())) for command in place.sent.take() if command]
    return [f"{verb} {collection}" for verb, collection in asked if verb in READS]


async def forgetting(place: Place, owner: Person) -> Mapping[str, str]:
    """Somebody whom the hub knows, at a time at which it has forgotten what it remembers of anything else."""
    clock = place.hub.deps.clock
    assert isinstance(clock, VirtualClock)
    await clock.advance(minutes=2)
    await place.forget_limits()
    headers = (await owner.company.sign_in(owner.login)).headers
    await place.hub.client.get("/live", headers=headers)
    return headers


FIXED = [one for one in READING if one.id not in ONE and one.permission not in OF_OPERATORS]


@pytest.mark.parametrize("endpoint", FIXED, ids=lambda endpoint: endpoint.id)
async def test_an_answer_asks_the_database_no_more_often_for_more(
    place: Place, few: Size, many: Size, endpoint: Endpoint
) -> None:
    for_few = await commands_of(place, endpoint, few)

    for_many = await commands_of(place, endpoint, many)

    assert sorted(for_many) == sorted(for_few)


def test_every_list_is_tried_with_more() -> None:
    lists = [one.id for one in FIXED if not one.parameters and growth_of(one) is None]

    assert lists == []


def test_no_exception_is_for_what_there_is_not() -> None:
    named = GROWING.keys() | MOST.keys() | EVERYTHING.keys() | ONE.keys()

    assert named - {endpoint.id for endpoint in READING} == set()
