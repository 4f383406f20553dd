"""What a screen of the inbox shows, and how it stays right: the rules that every client keeps, as a model of them.

A screen loads a snapshot, hears events, and asks what it has missed. Whatever comes, in whichever order and however
often, of one thing the higher `rev` counts. So these hold, and the tests demand them:

- A conversation that has gone is not brought back by what was said of it before. It went if no higher and no equal
  `rev` of it is known.
- What a member has read travels by itself (`mark_changed`). Of a conversation that came by an event alone the mark is
  not known: it is asked for (`wants`). And a `sync` is told the lower `rev` of the two: where the conversation was
  heard of and the mark was not, it may have been lost.
- The place of a log from which on a screen has it never moves down: what changes further up is not shown there.
- Numbers that a `sync` does not name any more are not for this member any more.
- A notice of a conversation that has gone is not shown, and it calls the person as the conversation does. When the
  conversation comes back, what has become of its notices meanwhile was told to nobody: they are loaded anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

# An event, an entry, a row: plain values, as they stand on the wire.
Shown = Mapping[str, Any]
MARK = ("read_seq", "is_unread", "is_mentioned")


@dataclass
class Held:
    """One thing, as of a `rev`."""

    rev: int
    shown: Any


@dataclass
class Log:
    """A conversation that is open: the end of its log, and what is to be said later."""

    at: str = ""
    begins: int = 0
    entries: dict[str, Held] = field(default_factory=dict)
    scheduled: dict[str, Held] = field(default_factory=dict)
    # What was said later, or taken back: it never returns.
    ended: set[str] = field(default_factory=set)

    def since(self, seq: int) -> "Log":
        """As it would be if it were open from there only."""
        return replace(self, entries={id: held for id, held in self.entries.items() if held.shown["seq"] >= seq})


@dataclass
class Model:
    """All that is on a screen. Of some events (`passing`) nothing stays there for long: whoever has missed one is right
    again in some seconds."""

    at: str = ""
    states: dict[str, Held] = field(default_factory=dict)
    marks: dict[str, Held] = field(default_factory=dict)
    # As of which `rev` a conversation went.
    gone: dict[str, int] = field(default_factory=dict)
    numbers: dict[tuple[str, str], Held] = field(default_factory=dict)
    logs: dict[str, Log] = field(default_factory=dict)
    people: dict[str, Held] = field(default_factory=dict)
    drafts: dict[str, Held] = field(default_factory=dict)
    notices_at: str = ""
    notices: dict[str, Held] = field(default_factory=dict)
    # What a visitor's page shows.
    messages: dict[str, Held] = field(default_factory=dict)
    stale: set[str] = field(default_factory=set)
    must_ask: bool = False

    # What is asked.

    @property
    def known(self) -> dict[str, int]:
        """What a `sync` need not tell again."""
        return {id: min(held.rev, self.marks[id].rev) for id, held in self.states.items() if id in self.marks}

    def close_people(self, most: int) -> None:
        """No screen has more of them open: the oldest go."""
        for id in [*self.people][: max(0, len(self.people) - most)]:
            del self.people[id]

    @property
    def known_people(self) -> dict[str, int]:
        """Whom a `sync` need not tell again; of whoever is not seen it tells once they are."""
        return {id: held.rev if held.shown else 0 for id, held in self.people.items()}

    @property
    def wants(self) -> bool:
        """Whether there is something to be asked for: a mark that is not known, a log with a hole."""
        is_unsure = any(id not in self.marks for id in self.states) or any(self.has_hole(id) for id in self.logs)
        return is_unsure or self.must_ask

    def has_hole(self, id: str) -> bool:
        """Whether something is missing in a log that is open."""
        log = self.logs[id]
        end = self.states[id].shown["seq"] if id in self.states else 0
        return len({held.shown["seq"] for held in log.entries.values()}) < end - log.begins + 1

    # What is answered.

    def loaded(self, rows: Iterable[Shown]) -> None:
        """Whole lists: what they do not have is not there."""
        rows = list(rows)
        for id in self.states.keys() - {row["id"] for row in rows}:
            self.lose(id, self.states[id].rev)
        for row in rows:
            self.take_row(row)

    def synced(self, answer: Shown) -> bool:
        """What was missed in lists; False when they have to be loaded anew."""
        numbers = {(one["of"], one["view"]): Held(one["rev"], one["n"]) for one in answer["numbers"]}
        self.numbers = {
            key: held if self.numbers.get(key, held).rev <= held.rev else self.numbers[key]
            for key, held in numbers.items()
        }
        self.at, self.must_ask = answer["at"], False
        for row in answer["changed"]:
            self.take_row(row)
        for id in answer["gone"]:
            self.lose(id, self.states[id].rev if id in self.states else 0)
        for one in answer["people"]:
            keep(self.people, one["id"], one["rev"], one)
        for id in answer["people_gone"]:
            self.people[id] = Held(self.people[id].rev, None)
        return bool(answer["recovered"])

    def watched(self, id: str, answer: Shown) -> None:
        """A conversation that is open now, or what was missed in it."""
        if answer["thread"]:
            self.take_row(answer["thread"])
        log = self.logs.setdefault(id, Log())
        if not answer["recovered"]:
            log.entries.clear()
            log.begins = min((one["seq"] for one in answer["entries"]), default=1)
        log.at = answer["at"]
        for entry in answer["entries"]:
            self.take_entry(log, entry)
        if answer["draft"]:
            keep(self.drafts, id, int(answer["at"]), answer["draft"])
        listed = {one["id"]: Held(one["rev"], one) for one in answer["scheduled"]}
        log.scheduled = {id: newer(log.scheduled.get(id), held) for id, held in listed.items() if id not in log.ended}

    def noticed(self, answer: Shown) -> bool:
        """What was missed of notices; False when they have to be loaded anew."""
        self.notices_at = answer["at"]
        for notice in answer["changed"]:
            keep(self.notices, notice["id"], notice["rev"], notice)
        return bool(answer["recovered"])

    def opened(self, answer: Shown) -> None:
        """A visitor's page: what was said, or what was missed of it."""
        self.at = answer["at"]
        if not answer["recovered"]:
            self.messages.clear()
        for message in answer["messages"]:
            keep(self.messages, message["id"], message["rev"], message)

    def take_row(self, row: Shown) -> None:
        """A conversation, with what the member has of it."""
        id, rev = row["id"], row["rev"]
        if rev < self.gone.get(id, 0):
            return
        self.come_back(id)
        keep(self.states, id, rev, {name: value for name, value in row.items() if name not in MARK})
        keep(self.marks, id, rev, {name: row[name] for name in MARK})

    def come_back(self, id: str) -> None:
        """It may be seen, and perhaps could not before."""
        if self.gone.pop(id, None) is not None:
            self.notices_at = ""

    def take_entry(self, log: Log, entry: Shown) -> None:
        """New, or shown otherwise."""
        if entry["seq"] >= log.begins:
            keep(log.entries, entry["id"], entry["rev"], entry)

    def lose(self, id: str, rev: int) -> None:
        """It may be seen no more."""
        self.states.pop(id, None)
        self.marks.pop(id, None)
        self.logs.pop(id, None)
        self.drafts.pop(id, None)
        self.gone[id] = max(rev, self.gone.get(id, 0))

    # What is heard.

    def hear(self, name: str, event: Shown) -> None:
        """One event, by the rule for it."""
        RULES[name](self, event)

    def thread_changed(self, event: Shown) -> None:
        """Unless it has gone since."""
        id, rev = event["thread"], event["rev"]
        if rev >= self.gone.get(id, 0):
            self.come_back(id)
            keep(self.states, id, rev, event["state"])

    def thread_gone(self, event: Shown) -> None:
        """Unless it is known to be there by then, or again."""
        id, rev = event["thread"], event["rev"]
        if id not in self.states or self.states[id].rev < rev:
            self.lose(id, rev)

    def mark_changed(self, event: Shown) -> None:
        """Of a conversation that is not there it is of no use."""
        if event["rev"] >= self.gone.get(event["thread"], 0):
            keep(self.marks, event["thread"], event["rev"], {name: event[name] for name in MARK})

    def count_changed(self, event: Shown) -> None:
        """A number."""
        keep(self.numbers, (event["of"], event["view"]), event["rev"], event["n"])

    def entry_changed(self, event: Shown) -> None:
        """In a conversation that is open."""
        if log := self.logs.get(event["thread"]):
            self.take_entry(log, event["entry"])

    def scheduled_changed(self, event: Shown) -> None:
        """Unless it has ended."""
        log, one = self.logs.get(event["thread"]), event["scheduled"]
        if log and one["id"] not in log.ended:
            keep(log.scheduled, one["id"], event["rev"], one)

    def scheduled_ended(self, event: Shown) -> None:
        """For good."""
        if log := self.logs.get(event["thread"]):
            log.ended.add(event["scheduled_id"])
            log.scheduled.pop(event["scheduled_id"], None)

    def person_changed(self, event: Shown) -> None:
        """Somebody who is open."""
        keep(self.people, event["person"]["id"], event["rev"], event["person"])

    def person_gone(self, event: Shown) -> None:
        """Unless they are known to be there by then, or again."""
        held = self.people.get(event["person_id"])
        if held is None or held.rev < event["rev"]:
            self.people[event["person_id"]] = Held(event["rev"], None)

    def draft_typed(self, event: Shown) -> None:
        """At another screen of the same member."""
        keep(self.drafts, event["thread"], event["rev"], event["draft"])

    def notice_changed(self, event: Shown) -> None:
        """Something to know of."""
        keep(self.notices, event["notice"]["id"], event["rev"], event["notice"])

    def notices_read(self, event: Shown) -> None:
        """Each as of its own `rev`."""
        for id, rev in event["read"].items():
            if id in self.notices:
                keep(self.notices, id, rev, {**self.notices[id].shown, "is_read": True, "rev": rev})

    def standing_changed(self, _: Shown) -> None:
        """The member may see more, or less."""
        self.must_ask = True

    def visitor_entry_changed(self, event: Shown) -> None:
        """On a visitor's page."""
        keep(self.messages, event["message"]["id"], event["rev"], event["message"])

    def setting_changed(self, event: Shown) -> None:
        """Whatever shows this has to be loaded anew."""
        self.stale.add(event["area"])

    def passing(self, event: Shown) -> None:
        """Nothing of it stays."""

    # What is seen.

    def rows(self) -> dict[str, Shown]:
        """All conversations, as lists have them."""
        unknown = dict.fromkeys(MARK)
        return {
            id: {**held.shown, **(self.marks[id].shown if id in self.marks else unknown)}
            for id, held in self.states.items()
        }

    def noticed_by_now(self) -> dict[str, Shown]:
        """What there is to know of, but of what has gone. The person has the name that the conversation has."""
        seen = {id: held.shown for id, held in self.notices.items() if held.shown["thread_id"] not in self.gone}
        return {id: {name: value for name, value in one.items() if name != "person"} for id, one in seen.items()}


def keep(held: dict[Any, Held], key: Any, rev: int, shown: Any) -> None:
    """The latest counts."""
    if key not in held or rev >= held[key].rev:
        held[key] = Held(rev, shown)


def newer(one: Held | None, other: Held) -> Held:
    """Of two about the same."""
    return one if one and one.rev > other.rev else other


RULES = {
    "thread_changed": Model.thread_changed,
    "thread_gone": Model.thread_gone,
    "mark_changed": Model.mark_changed,
    "count_changed": Model.count_changed,
    "entry_changed": Model.entry_changed,
    "scheduled_changed": Model.scheduled_changed,
    "scheduled_ended": Model.scheduled_ended,
    "person_changed": Model.person_changed,
    "person_gone": Model.person_gone,
    "draft_typed": Model.draft_typed,
    "notice_changed": Model.notice_changed,
    "notices_read": Model.notices_read,
    "standing_changed": Model.standing_changed,
    "setting_changed": Model.setting_changed,
    "visitor_entry_changed": Model.visitor_entry_changed,
    "member_presence": Model.passing,
    "thread_presence": Model.passing,
    "lead_types": Model.passing,
    "somebody_types": Model.passing,
    "agent_drafted": Model.passing,
    "agent_draft_ended": Model.passing,
}
