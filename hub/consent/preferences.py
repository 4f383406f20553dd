"""Hearing from a provider what somebody wants of our messages who has not written to us: they have followed its link
under a mail, or pressed a button of their mail program."""

from channels.base import Address, Content, Inbound, Medium, Preference, Purpose
from hub.consent import suppression
from hub.consent.models import Reason
from hub.consent.opting import TOLD_BY_PROVIDER, Opting, obey, opt_changed, record_said, write_down
from hub.deps import Deps
from hub.people.finding import kept_of
from hub.people.getting import find_known_by
from hub.people.models import Person
from hub.threads.log import find_thread_of
from hub.threads.receiving import append_where_it_goes_on

REPORTED_US = "They have reported a message of ours to the provider."


async def heed(deps: Deps, account: str, told: Preference, *, line: str, medium: Medium) -> None:
    """Do as they say, once, however often it is told. Whom we do not know by the address is made nobody by it: then it
    is about the address alone."""
    if told.purpose is not Purpose.ALL:
        await heed_in_part(deps, account, told, line=line, medium=medium)
        return
    if told.wants == "complaint":
        await suppress(deps, account, told, Reason.COMPLAINT, REPORTED_US, line=line, medium=medium)
    if person := await find_known(deps, account, told.address):
        await heed_of(deps, person, told, line=line, medium=medium)
    elif told.wants == "in":
        await suppression.lift_opt_outs(deps, account, [told.address], medium=medium)
    else:
        await suppress(deps, account, told, Reason.OPT_OUT, TOLD_BY_PROVIDER, line=line, medium=medium)


async def heed_of(deps: Deps, person: Person, told: Preference, *, line: str, medium: Medium) -> None:
    """It counts as if they had written it."""
    said = as_said(told)
    if thread := await find_thread_of(deps, person.account, person.id):
        await obey(deps, person, thread, said, line=line, medium=medium)
    else:
        await write_down(deps, person, said, opting_of(told), line=line, medium=medium)


async def heed_in_part(deps: Deps, account: str, told: Preference, *, line: str, medium: Medium) -> None:
    """They want some of our messages and others not. Of whom we do not know, the provider keeps it in mind itself."""
    if person := await find_known(deps, account, told.address):
        said, opting = as_said(told), opting_of(told)
        await record_said(deps, person, said, opting, line=line, medium=medium, purpose=told.purpose)
        if thread := await find_thread_of(deps, account, person.id):
            draft = opt_changed(deps, person, said, opting, line=line, medium=medium, purpose=told.purpose)
            await append_where_it_goes_on(deps, thread, draft)


def as_said(told: Preference) -> Inbound:
    """As the message that they have not written."""
    return Inbound(id=told.id, sender=(told.address,), said_at=told.at, content=Content(), opted=opting_of(told))


def opting_of(told: Preference) -> Opting:
    """Whoever complains wants no more."""
    return "in" if told.wants == "in" else "out"


async def find_known(deps: Deps, account: str, address: Address) -> Person | None:
    """Whoever is known by it."""
    [known] = await kept_of(deps, account, [address])
    return await find_known_by(deps, account, known)


async def suppress(
    deps: Deps, account: str, told: Preference, reason: Reason, evidence: str, *, line: str, medium: Medium
) -> None:
    """Nothing goes there any more."""
    await suppression.suppress(
        deps, account, told.address, medium=medium, reason=reason, evidence=evidence, by=f"line:{line}"
    )
