"""Who gets a conversation that nobody owns, at once."""

from collections import Counter
from datetime import timedelta

from msgspec.structs import replace

from hub.threads import log, ownership, state
from hub.threads.happenings import NOBODY, OwnerChanged, OwnerKind
from hub.threads.models import THE_HUB
from tests.clock import VirtualClock
from tests.hub.routing.crew import ask, hire, last_event, pass_time, set_facts, someone, turn_on
from tests.hub.threads.talk import as_member, events_of, latest
from tests.people import Person

RELEASED = OwnerChanged(owner=NOBODY, why="released")


async def test_nothing_is_routed_unless_somebody_has_turned_it_on(boss: Person) -> None:
    await hire(boss, "ravi")

    thread = await ask(boss.hub, boss, "mia")

    assert thread.owner.kind is OwnerKind.NOBODY
    assert await events_of(boss.hub, thread) == []


async def test_members_get_it_in_turns(boss: Person) -> None:
    ravi, lena = await hire(boss, "ravi"), await hire(boss, "lena")
    await turn_on(boss)

    owners = [(await ask(boss.hub, boss, f"person{n}")).owner.id for n in range(4)]

    assert Counter(owners) == {ravi.member: 2, lena.member: 2}
    assert owners[0] != owners[1]


async def test_the_log_says_why(boss: Person) -> None:
    ravi = await hire(boss, "ravi")
    await turn_on(boss)

    thread = await ask(boss.hub, boss, "mia")

    event = await last_event(boss.hub, thread)
    assert (event["owner"]["id"], event["why"]) == (ravi.member, "routed")
    assert event["because"] == "round robin: longest without"


async def test_whoever_has_the_most_places_left_gets_it(boss: Person) -> None:
    ravi, lena = await hire(boss, "ravi", capacity=2), await hire(boss, "lena", capacity=8)
    await turn_on(boss, ways=["least_loaded"])

    owners = [(await ask(boss.hub, boss, f"person{n}")).owner.id for n in range(5)]

    assert Counter(owners) == {ravi.member: 1, lena.member: 4}


async def test_nobody_gets_more_than_their_capacity_and_the_rest_waits_for_the_first_who_is_free(
    boss: Person, clock: VirtualClock
) -> None:
    ravi = await hire(boss, "ravi", capacity=1)
    await turn_on(boss)
    first = await ask(boss.hub, boss, "mia")
    await clock.advance(seconds=1)
    second = await ask(boss.hub, boss, "noor")
    await clock.advance(seconds=1)
    third = await ask(boss.hub, boss, "olga")

    await state.close(boss.hub.deps, first, as_member(ravi))

    assert second.owner.kind is third.owner.kind is OwnerKind.NOBODY
    assert (await latest(boss.hub, second)).owner.id == ravi.member
    assert (await latest(boss.hub, third)).owner.kind is OwnerKind.NOBODY


async def test_what_is_new_does_not_overtake_what_waits(boss: Person, clock: VirtualClock) -> None:
    ravi = await hire(boss, "ravi", capacity=0)
    await turn_on(boss)
    first = await ask(boss.hub, boss, "mia")
    await clock.advance(seconds=1)
    deps = boss.hub.deps
    await deps.mongo["routing_members"].update({"_id": ravi.member}, {"$set": {"capacity": 1}, "$inc": {"rev": 1}})

    second = await ask(boss.hub, boss, "noor")

    assert (await latest(boss.hub, first)).owner.id == ravi.member
    assert second.owner.kind is OwnerKind.NOBODY


async def test_a_snoozed_conversation_makes_room(boss: Person, clock: VirtualClock) -> None:
    ravi = await hire(boss, "ravi", capacity=1)
    await turn_on(boss)
    first, second = await ask(boss.hub, boss, "mia"), await ask(boss.hub, boss, "noor")

    await state.snooze(boss.hub.deps, first, as_member(ravi), clock.now() + timedelta(days=1))

    assert (await latest(boss.hub, second)).owner.id == ravi.member


async def test_whoever_spoke_with_the_person_before_gets_it(boss: Person) -> None:
    ravi, lena = await hire(boss, "ravi"), await hire(boss, "lena")
    thread = await ask(boss.hub, boss, "mia")
    thread = await ownership.take_over(boss.hub.deps, thread, as_member(lena), lena.member)
    await ownership.change_owner(boss.hub.deps, thread, RELEASED, as_member(lena))
    await boss.hub.deps.background.settle()
    await turn_on(boss, ways=["last_rep", "round_robin"])

    thread = await ask(boss.hub, boss, "mia")

    assert thread.owner.id == lena.member != ravi.member
    assert (await last_event(boss.hub, thread))["because"] == "last rep"


async def test_whose_lead_it_is_counts_where_nobody_spoke_yet(boss: Person) -> None:
    await hire(boss, "ravi")
    lena = await hire(boss, "lena")
    await turn_on(boss, ways=["last_rep", "round_robin"])
    mia = await someone(boss, "+4930111111")
    mia = await someone(boss, "+4930111111", lead=replace(mia.lead, assignee=lena.member))

    assert (await ask(boss.hub, boss, mia.id)).owner.id == lena.member


async def test_whoever_gives_it_back_does_not_get_it_again_at_once(boss: Person, clock: VirtualClock) -> None:
    ravi = await hire(boss, "ravi")
    await turn_on(boss, ways=["last_rep", "round_robin"])
    thread = await ask(boss.hub, boss, "mia")

    await ownership.release(boss.hub.deps, thread, as_member(ravi))
    released = await latest(boss.hub, thread)
    await pass_time(boss.hub, clock, minutes=6)

    assert released.owner.kind is OwnerKind.NOBODY
    assert (await latest(boss.hub, thread)).owner.id == ravi.member


async def test_somebody_who_speaks_the_language_comes_first(boss: Person) -> None:
    await hire(boss, "ravi")
    lena = await hire(boss, "lena", languages=["es-MX"])
    await hire(boss, "sven", languages=["de"])
    await turn_on(boss)
    mia = await someone(boss, "+34911111111", locale="es")

    thread = await ask(boss.hub, boss, mia.id)

    assert thread.owner.id == lena.member
    assert (await last_event(boss.hub, thread))["because"] == "round robin: longest without; speaks es"


async def test_a_preferred_language_is_no_must_and_a_required_one_is(boss: Person) -> None:
    ravi = await hire(boss, "ravi")
    mia, noor = await someone(boss, "+34911111111", locale="es"), await someone(boss, "+34911111112", locale="es")
    await turn_on(boss, language="preferred")
    preferred = await ask(boss.hub, boss, mia.id)
    await turn_on(boss, language="required")

    required = await ask(boss.hub, boss, noor.id)

    assert preferred.owner.id == ravi.member
    assert required.owner.kind is OwnerKind.NOBODY


async def test_whoever_knows_what_it_is_about_comes_first(boss: Person) -> None:
    await hire(boss, "ravi")
    lena = await hire(boss, "lena", skills=["billing"])
    thread = await ask(boss.hub, boss, "mia")
    await state.tag(boss.hub.deps, thread, THE_HUB, put=["billing", "vip"])
    await turn_on(boss)

    thread = await ask(boss.hub, boss, "mia")

    assert thread.owner.id == lena.member
    assert (await last_event(boss.hub, thread))["because"].endswith("; knows billing")


async def test_a_team_is_asked_alone_and_by_its_own_policy(boss: Person) -> None:
    team = (await boss.does("POST", "/teams", {"name": "Sales"}))["id"]
    await hire(boss, "ravi")
    lena = await hire(boss, "lena", teams=(team,))
    await boss.does("PUT", f"/teams/{team}/routing", {"is_on": True, "ways": ["longest_waiting"]})
    thread = await log.find_or_make(boss.hub.deps, boss.account, "mia")

    thread = await ownership.assign(boss.hub.deps, thread, as_member(boss), member=None, team=team)

    thread = await latest(boss.hub, thread)
    assert (thread.owner.id, thread.team) == (lena.member, team)
    assert (await last_event(boss.hub, thread))["because"] == "longest waiting"


async def test_where_no_team_is_named_the_usual_one_is_asked_and_sees_what_waits(boss: Person) -> None:
    team = (await boss.does("POST", "/teams", {"name": "Sales"}))["id"]
    await hire(boss, "ravi")
    await turn_on(boss, default_team_id=team)

    thread = await ask(boss.hub, boss, "mia")

    assert (thread.owner.kind, thread.team) == (OwnerKind.NOBODY, team)


async def test_a_member_of_one_line_gets_nothing_of_another(boss: Person) -> None:
    ravi = await hire(boss, "ravi")
    deps = boss.hub.deps
    await turn_on(boss)
    await deps.mongo["routing_members"].insert({"_id": ravi.member, "account": boss.account, "lines": ["x"], "rev": 1})

    assert (await ask(boss.hub, boss, "mia", line="y")).owner.kind is OwnerKind.NOBODY
    assert (await ask(boss.hub, boss, "noor", line="x")).owner.id == ravi.member


async def test_turning_it_on_routes_what_waits_already(boss: Person, clock: VirtualClock) -> None:
    ravi = await hire(boss, "ravi")
    thread = await ask(boss.hub, boss, "mia")

    await turn_on(boss)
    await pass_time(boss.hub, clock, seconds=1)

    assert (await latest(boss.hub, thread)).owner.id == ravi.member


async def test_a_taken_conversation_waits_no_more(boss: Person) -> None:
    ravi = await hire(boss, "ravi", capacity=0)
    await turn_on(boss)
    thread = await ask(boss.hub, boss, "mia")

    await ownership.take_over(boss.hub.deps, thread, as_member(ravi), ravi.member)

    await latest(boss.hub, thread)
    assert await boss.hub.deps.mongo["routing_waits"].find({}, limit=9) == []


async def test_what_somebody_took_by_hand_counts(boss: Person) -> None:
    ravi = await hire(boss, "ravi", capacity=1)
    mine = await ask(boss.hub, boss, "mia")
    await ownership.take_over(boss.hub.deps, mine, as_member(ravi), ravi.member)
    await turn_on(boss)

    assert (await ask(boss.hub, boss, "noor")).owner.kind is OwnerKind.NOBODY
    await set_facts(boss, ravi, capacity=2)

    assert (await ask(boss.hub, boss, "noor")).owner.id == ravi.member
