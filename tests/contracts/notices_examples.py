"""Requests that succeed: what members should know of, and how they are told."""

from collections.abc import Mapping
from dataclasses import replace

from hub.access import Caller, Permission
from hub.accounts.standing import find_caller_of
from hub.lines.shapes import LineShown
from hub.notices import numbers, policy
from hub.notices.models import Notice, NoticeKind
from hub.notices.noticing import keep
from hub.notices.shapes import NotificationPolicyWanted, OwnNumberWanted
from hub.notices.showing import preferences_of
from hub.store.ids import new_id
from hub.threads import ownership, queries
from hub.threads.models import THE_HUB
from tests.contracts.companies import Company, Person
from tests.contracts.core import make_line, make_thread
from tests.contracts.matrix import Example, Maker

NUMBER = "+4915100000042"


async def make_notice(person: Person) -> Notice:
    """A conversation was given to this person: what tells them so."""
    deps, company = person.deps, person.company
    thread = await make_thread(company)
    await ownership.assign(deps, thread, THE_HUB, member=person.member, team=None, id=new_id(deps.clock.now()))
    await deps.background.settle()
    # Of before, where the person may see no conversations by now.
    entry = (await queries.list_after(deps, thread, 0, limit=10))[-1]
    notice = await keep(deps, thread, entry, NoticeKind.ASSIGNED, person.member)
    assert notice
    return notice


async def a_notice(person: Person) -> Example:
    """One of the person's own, and all of its conversation, for whoever may see that."""
    notice = await make_notice(person)
    caller = await find_caller_of(person.deps, notice.account, notice.member)
    seen = {"thread_id": notice.thread} if caller and caller.may(Permission.THREADS_VIEW) else {}
    return Example(body={"ids": [notice.id], **seen}, owned=frozenset({"ids", *seen}))


async def ways(_: Person) -> Example:
    """Every kind but one as usual, and nothing at night."""
    body = {
        "kinds": [{"kind": "message", "ways": ["in_app", "phone"]}],
        "quiet": {"begins": "22:00", "ends": "07:00"},
        "zone": "Asia/Kolkata",
        "digest": "hour",
    }
    return Example(body=body)


async def a_policy(person: Person) -> Example:
    """One line, and two countries."""
    line = await make_line(person.company)
    return Example(
        body={"phone_line_ids": [line.id], "phone_countries": ["DE", "IN"]}, owned=frozenset({"phone_line_ids"})
    )


async def make_line_to_phones(company: Company) -> LineShown:
    """A line that may write to members' phones."""
    line = await make_line(company)
    wanted = NotificationPolicyWanted(phone_line_ids=(line.id,), phone_countries=("DE",))
    await policy.set_policy(company.act(), wanted)
    return line


async def a_number(person: Person) -> Example:
    """A phone, and a line of the company."""
    line = await make_line_to_phones(person.company)
    return Example(body={"number": NUMBER, "line_id": line.id}, owned=frozenset({"line_id"}))


async def name_number(person: Person) -> None:
    """The person has named a phone."""
    line = await make_line_to_phones(person.company)
    act = replace(person.company.act(), caller=Caller("member", person.member, person.company.account))
    await numbers.set_number(act, OwnNumberWanted(number=NUMBER, line_id=line.id))


async def a_code(person: Person) -> Example:
    """The one that came."""
    await name_number(person)
    seen = await preferences_of(person.deps, person.company.account, person.member)
    return Example(body={"code": await numbers.new_code(person.deps, seen) or ""})


async def a_named_number(person: Person) -> Example:
    """One that is there."""
    await name_number(person)
    return Example()


EXAMPLES: Mapping[str, Maker] = {
    "read_notices": a_notice,
    "set_notice_preferences": ways,
    "set_notification_policy": a_policy,
    "set_own_number": a_number,
    "verify_own_number": a_code,
    "remove_own_number": a_named_number,
}
