"""Requests that succeed, for every endpoint that takes anything: consent, suppressed addresses."""

from collections.abc import Mapping
from typing import Any

from channels.base import IdentityKind, Medium
from hub.consent import actions
from hub.consent.models import Reason
from hub.consent.shapes import SuppressionWanted
from tests.contracts.companies import Company, Person
from tests.contracts.core import a_phone
from tests.contracts.matrix import Example, Maker
from tests.contracts.people_examples import a_person


async def a_consent(person: Person) -> Example:
    """Somebody has agreed on paper."""
    at = person.deps.clock.now().isoformat()
    said = {"medium": "sms", "state": "granted", "basis": "opt_in", "at": at, "purpose": "all"}
    return await a_person(person, {**said, "evidence": f"a form of {person.company.word}"})


async def words_of_an_account(person: Person) -> Example:
    """Of one language, and of everybody."""
    words = {"stop": [f"{person.company.word} no"], "start": [f"{person.company.word} yes"]}
    return Example(body={"items": [{"locale": "de-CH", **words}, words]})


def suppression_wanted(company: Company) -> dict[str, Any]:
    """A number that nothing is to go to."""
    return {"kind": "phone", "value": a_phone(), "medium": "sms", "reason": "manual", "evidence": company.name()}


async def an_address_to_suppress(person: Person) -> Example:
    """One that something goes to yet."""
    return Example(body=suppression_wanted(person.company))


async def a_suppression(person: Person) -> Example:
    """An address that nothing goes to."""
    wanted = SuppressionWanted(
        kind=IdentityKind.PHONE,
        value=a_phone(),
        medium=Medium.SMS,
        reason=Reason.MANUAL,
        evidence=person.company.name(),
    )
    made = await actions.add_suppression(person.company.act(), wanted)
    return Example(path={"suppression_id": made.id}, owned=frozenset({"suppression_id"}))


EXAMPLES: Mapping[str, Maker] = {
    "list_consents": a_person,
    "record_consent": a_consent,
    "set_opt_words": words_of_an_account,
    "add_suppression": an_address_to_suppress,
    "remove_suppression": a_suppression,
}
