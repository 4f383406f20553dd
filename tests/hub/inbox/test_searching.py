"""Searching: by words and by how they begin, over what one may see, and nothing sealed is laid open for it."""

import json

import pytest

from channels.base import Card, Referral
from hub.inbox import searching
from hub.inbox.repository import SEARCH
from hub.inbox.snippets import hits_in, snippet
from hub.store.tokens import words
from tests.clock import VirtualClock
from tests.hub.inbox.talking import Commands, Talk
from tests.hub.inbox.test_views import a_rep, a_team
from tests.people import Person, code_of, found


async def hits(person: Person, q: str, more: str = "kind=messages") -> list[str]:
    """The snippets of what is found."""
    answer = await person.asks("GET", f"/search?q={q}&{more}")
    assert answer.is_success, answer.text
    return [one["snippet"] for one in answer.json()["messages"]]


async def test_messages_and_notes_are_found_by_words_and_by_how_they_begin(
    talk: Talk, owner: Person, clock: VirtualClock
) -> None:
    thread = await talk.begin(says="I want to book an appointment")
    await clock.advance(seconds=1)
    await talk.reply(thread, "Which day suits you?")
    await talk.note(thread, "Wants an appointment on Sunday")

    assert await hits(owner, "appoint") == ["Wants an appointment on Sunday", "I want to book an appointment"]
    assert await hits(owner, "APPOINTMENT book") == ["I want to book an appointment"]
    assert await hits(owner, "suits") == ["Which day suits you?"]
    assert await hits(owner, "appointed") == []
    assert await hits(owner, "pointment") == []


async def test_what_has_only_the_beginning_of_a_long_word_is_not_found(talk: Talk, owner: Person) -> None:
    await talk.begin(says="internationally known")
    await talk.begin(says="an internationalist")

    assert await hits(owner, "internationalis") == ["an internationalist"]


@pytest.mark.parametrize("q", ["मुलाक़ात", "CAFÉ", "cafe", "o'brien"])
async def test_accents_capitals_and_scripts_are_no_hindrance(talk: Talk, owner: Person, q: str) -> None:
    await talk.begin(says="मुलाक़ात at the café with OBrien")

    assert len(await hits(owner, q)) == 1


async def test_a_card_is_found_by_the_name_on_it_and_an_advertisement_by_its_headline(
    talk: Talk, owner: Person
) -> None:
    thread = await talk.begin()
    await talk.hear(thread, "", cards=(Card(name="Ravi Shah"),))
    await talk.hear(thread, "Hello", referral=Referral(headline="Flats by the river"))

    assert await hits(owner, "shah") == ["Ravi Shah"]
    assert await hits(owner, "river") == ["Hello\nFlats by the river"]


async def test_a_hit_says_where_it_is(talk: Talk, owner: Person, clock: VirtualClock) -> None:
    thread = await talk.begin("Asha Rao", says="one " * 60 + "the flat in Pune, a Flatmate too")

    (hit,) = (await owner.does("GET", "/search?q=flat&kind=messages"))["messages"]

    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["flat", "Flatmate"]
    assert (hit["thread_id"], hit["seq"], hit["person"]["name"], hit["is_note"]) == (thread.id, 1, "Asha Rao", False)


async def test_people_are_found_by_name_number_and_address(talk: Talk, owner: Person) -> None:
    thread = await talk.begin("Asha Rao", says="hello")
    await talk.begin("Bela Fey", says="hello")
    await owner.does("POST", f"/people/{thread.person}/identities", {"kind": "phone", "value": "+919876543210"})

    for q in ("ash", "RAO asha", "%2B91 98765 43210", "9198765"):
        people = (await owner.does("GET", f"/search?q={q}"))["people"]
        assert [one["name"] for one in people] == ["Asha Rao"], q
    assert (await owner.does("GET", "/search?q=asha fey"))["people"] == []


async def test_people_come_page_by_page(talk: Talk, owner: Person, clock: VirtualClock) -> None:
    for _ in range(5):
        await talk.begin("Asha Rao")
        await clock.advance(seconds=1)

    ids, cursor = [], ""
    for _ in range(3):
        page = await owner.does("GET", f"/search?q=asha&kind=people&limit=2&cursor={cursor}")
        ids += [one["id"] for one in page["people"]]
        cursor = page["next"] or ""

    assert len(set(ids)) == 5
    assert cursor == ""


async def test_messages_come_page_by_page_the_latest_first(talk: Talk, owner: Person, clock: VirtualClock) -> None:
    thread = await talk.begin()
    for number in range(7):
        await talk.hear(thread, f"flat {number}")
        await clock.advance(seconds=number % 2)

    seqs, cursor = [], ""
    for _ in range(4):
        page = await owner.does("GET", f"/search?q=flat&kind=messages&limit=2&cursor={cursor}")
        seqs += [one["seq"] for one in page["messages"]]
        cursor = page["next"] or ""

    assert sorted(seqs) == [*range(1, 8)]
    assert cursor == ""


async def test_one_finds_what_one_may_see(talk: Talk, owner: Person) -> None:
    team = await a_team(owner)
    rep, mate = await a_rep(owner, "own"), await a_rep(owner, "team", team)
    await talk.give(await talk.begin("Asha", says="the flat is mine"), rep.member)
    await talk.give(await talk.begin("Bela", says="the flat is ours"), team=team)
    await talk.begin("Carl", says="the flat is nobody's")

    found = {person.email: set(await hits(person, "flat", "kind=all")) for person in (rep, mate, owner)}

    assert found == {
        "own@acme.test": {"the flat is mine"},
        "team@acme.test": {"the flat is ours"},
        owner.email: {"the flat is mine", "the flat is ours", "the flat is nobody's"},
    }
    # They may see conversations, and people only where they have that permission as well.
    assert (await rep.does("GET", "/search?q=asha"))["people"] == []


async def test_another_account_finds_nothing(talk: Talk, owner: Person) -> None:
    await talk.begin("Asha", says="the flat")
    stranger = await found(owner.hub, "another")

    answer = await stranger.does("GET", "/search?q=flat")

    assert (answer["people"], answer["messages"]) == ([], [])


async def test_more_than_a_page_looks_at_goes_on_behind_it(
    talk: Talk, owner: Person, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LOOKED_AT", 3)
    thread = await talk.begin(says="garden flat")
    for _ in range(4):
        await clock.advance(seconds=1)
        await talk.hear(thread, "garden only")

    first = await owner.does("GET", "/search?q=garden flat&kind=messages")
    second = await owner.does("GET", f"/search?q=garden flat&kind=messages&cursor={first['next']}")

    assert (first["messages"], len(second["messages"]), second["next"]) == ([], 1, None)


async def test_nothing_that_was_said_can_be_read_in_what_it_is_found_by(talk: Talk) -> None:
    await talk.begin(says="the flat in Pune")

    stored = await talk.deps.mongo[SEARCH].find({"account": talk.account}, limit=10)

    assert len(stored) == 1
    assert not {"flat", "pune"} & set(words(json.dumps(stored, default=str)))


async def test_a_search_takes_four_queries_however_much_it_finds(talk: Talk, owner: Person, commands: Commands) -> None:
    thread = await talk.begin(says="flat")
    costs = []
    for _ in range(2):
        await owner.does("GET", "/me")
        await talk.deps.bus.settle()
        commands.asked.clear()
        await owner.does("GET", "/search?q=flat&kind=messages&limit=50")
        costs.append(sorted(commands.of(SEARCH, "threads", "people", "messages")))
        for number in range(20):
            await talk.hear(thread, f"flat {number}")

    assert costs == [["find messages", "find people", f"find {SEARCH}", "find threads"]] * 2


@pytest.mark.parametrize("query", ["q=", "q=a&cursor=nonsense", "q=a&kind=people&cursor=nonsense", "q=a&kind=notes"])
async def test_a_search_that_makes_no_sense_is_refused(owner: Person, query: str) -> None:
    assert code_of(await owner.asks("GET", f"/search?{query}")) == (400, "invalid")


async def test_nothing_is_found_by_what_is_no_word(talk: Talk, owner: Person) -> None:
    await talk.begin(says="hello!!!")

    assert await hits(owner, "!!!") == []


def test_a_snippet_is_short_and_holds_its_marks() -> None:
    text = "lead " * 100 + "Flat " + "tail " * 100

    part, marks = snippet(text, hits_in(text, ["flat"]) or [])

    assert len(part) <= 160
    assert [part[start:end] for start, end in marks] == ["Flat"]
