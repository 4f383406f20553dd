"""How far permissions about people reach, where it is about consent and merges: a person is whose lead they are."""

from collections.abc import Awaitable, Callable, Mapping

from channels.base import Medium
from hub.consent import ledger
from hub.people.models import Basis, ConsentState
from tests.contracts.colleagues import Colleagues, Reach
from tests.contracts.core import make_person
from tests.contracts.matrix import Example
from tests.contracts.merging_examples import make_merge
from tests.contracts.people_reaches import leads_of

SAID = {"medium": "sms", "state": "revoked", "basis": "opt_out"}


async def each_ledger(colleagues: Colleagues) -> Reach:
    """One after the other."""
    company, leads = colleagues.company, await leads_of(colleagues)
    for id in leads.values():
        said = {"medium": Medium.SMS, "state": ConsentState.REVOKED, "basis": Basis.OPT_OUT, "by": "hub"}
        await ledger.record(company.deps, company.account, id, evidence=f"said by {id}", **said)  # type: ignore[arg-type]
    return Reach([Example(path={"person_id": id}) for id in leads.values()], leads)


async def what_each_says(colleagues: Colleagues) -> Reach:
    """Each has said no."""
    leads = await leads_of(colleagues)
    bodies = {id: {**SAID, "evidence": f"said by {id}"} for id in leads.values()}
    return Reach([Example(path={"person_id": id}, body=body) for id, body in bodies.items()], leads)


async def pairs(colleagues: Colleagues) -> Reach:
    """Two leads of each, who are one."""
    asked, marks = [], {}
    for whose, member in colleagues.ids.items():
        mine, theirs = [(await make_person(colleagues.company, assignee_id=member)).id for _ in range(2)]
        asked.append(Example(path={"person_id": mine}, body={"other_id": theirs}))
        marks[whose] = mine
    return Reach(asked, marks)


async def merges_of(colleagues: Colleagues) -> Mapping[str, str]:
    """Two leads of each, who were found to be one; by the id of the merge."""
    made = {whose: await make_merge(colleagues.company, assignee=id) for whose, id in colleagues.ids.items()}
    return {whose: merge.id for whose, merge in made.items()}


async def merges(colleagues: Colleagues) -> Reach:
    """All in one list."""
    return Reach([Example()], await merges_of(colleagues))


async def each_merge(colleagues: Colleagues) -> Reach:
    """One after the other."""
    found = await merges_of(colleagues)
    return Reach([Example(path={"merge_id": id}) for id in found.values()], found)


REACHES: Mapping[str, Callable[[Colleagues], Awaitable[Reach]]] = {
    "list_consents": each_ledger,
    "record_consent": what_each_says,
    "merge_people": pairs,
    "undo_people_merge": each_merge,
    "list_people_merges": merges,
}
