"""One entry that rules look at, and what they may ask about it: read once, and only when a condition asks for it."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from hub.accounts.hours import WEEKDAYS, zone_of
from hub.accounts.presence import hours_of, look
from hub.accounts.teams import list_named
from hub.deps import Deps
from hub.people.attributes import values_of
from hub.people.errors import NoSuchPerson
from hub.people.getting import get_person
from hub.people.models import Person
from hub.replying.filling import as_text
from hub.rules.filters import ATTRIBUTE, OF_PEOPLE, RuleFilter, Scalar, conditions_in, plain, teams_in
from hub.rules.matching import Facts, Text, is_attribute
from hub.sending.facts import zone_of_account
from hub.threads.log import opened
from hub.threads.models import Entry, Thread

Things = Sequence[Scalar]


@dataclass
class Case:
    """An entry, and the conversation as it is by now."""

    deps: Deps
    thread: Thread
    entry: Entry
    _person: Person | None = field(default=None, init=False)
    _texts: Things | None = field(default=None, init=False)

    def go_on(self, thread: Thread) -> None:
        """A rule has run: whatever it has changed is read anew."""
        self.thread, self._person = thread, None

    async def find_person(self) -> Person | None:
        """Whom the conversation is with; None when they are gone: then nothing is known of them."""
        if self._person is None:
            with suppress(NoSuchPerson):
                self._person = await get_person(self.deps, self.thread.account, self.thread.person)
        return self._person

    async def facts(self, filter: RuleFilter) -> Facts:
        """What there is of every field that the filter asks for."""
        asked = {one.field for one in conditions_in(filter)}
        found: dict[str, Things] = of_thread(self.thread) | of_entry(self.entry)
        if "text" in asked:
            found["text"] = await self.texts()
        is_about_person = any(name in OF_PEOPLE or is_attribute(name) for name in asked)
        if is_about_person and (person := await self.find_person()):
            found |= await of_person(self.deps, person, asked)
        if "weekday" in asked:
            found["weekday"] = [await self.weekday()]
        if "team_open" in asked:
            found["team_open"] = await self.teams_there(teams_in(filter))
        return found

    async def texts(self) -> Things:
        """What was said, and the subject of it. It never changes: it is read once, for all rules."""
        if self._texts is None:
            content = await opened(self.deps, self.entry)
            self._texts = [Text(said) for text in (content.text, content.subject) if (said := plain(text))]
        return self._texts

    async def weekday(self) -> str:
        """Which day it was there where the account is."""
        zone: ZoneInfo = zone_of(await zone_of_account(self.deps, self.thread.account))
        return WEEKDAYS[self.entry.stored_at.astimezone(zone).weekday()]

    async def teams_there(self, ids: Collection[str]) -> Things:
        """Which of these teams were there at that time. A team that is gone was not."""
        teams = await list_named(self.deps, self.thread.account, ids)
        hours = {team.id: await hours_of(self.deps, team) for team in teams}
        return [id for id, week in hours.items() if look([week] if week else [], self.entry.stored_at)[0]]


def of_thread(thread: Thread) -> dict[str, Things]:
    """What the conversation is."""
    return {
        "status": [thread.status.value],
        "owner_kind": [thread.owner.kind.value],
        "owner": known(thread.owner.id),
        "team": known(thread.team),
        "priority": [thread.priority.value],
        "tag": [plain(tag) for tag in thread.tags],
        "medium": [medium.value for medium in thread.media],
        "line": thread.lines,
        "waiting": ["yes" if thread.is_waiting else "no"],
    }


def of_entry(entry: Entry) -> dict[str, Things]:
    """What has come, but for its text."""
    return {
        "author_kind": [entry.author.kind.value],
        "entry_medium": known(entry.medium.value if entry.medium else None),
        "entry_line": known(None if entry.line == entry.thread else entry.line),
    }


async def of_person(deps: Deps, person: Person, asked: Collection[str]) -> dict[str, Things]:
    """Who they are, with the attributes that are asked for."""
    lead = person.lead
    values: Mapping[str, str | int | float | bool] = {}
    if any(map(is_attribute, asked)):
        values = await values_of(deps, person)
    return {
        "stage": [person.stage.value],
        "person_tag": person.tags,
        "lead_status": [lead.status.value],
        "lead_intent": known(lead.intent.value if lead.intent else None),
        "lead_score": [] if lead.score is None else [float(lead.score)],
        "lead_source": known(plain(lead.source)),
        "lead_assignee": known(lead.assignee),
        "locale": known(plain(person.locale or "")),
        **{f"{ATTRIBUTE}{key}": known(plain(as_text(value))) for key, value in values.items()},
    }


def known(value: str | None) -> Things:
    """The one thing, or nothing."""
    return [value] if value else []
