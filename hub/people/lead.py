"""The lead record, and the stage, as members change them. What changes stands in the log of the conversation too."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import UNSET
from msgspec.structs import asdict, replace

from hub.access import Permission
from hub.accounts.standing import access_member
from hub.act import Act
from hub.deps import Deps
from hub.people.changing import change
from hub.people.editing import access, apply
from hub.people.models import Lead, Person, Stage
from hub.people.provenance import author_of, by_caller, is_said_by, sealed_quote, told
from hub.people.shapes import LeadChange, PersonShown
from hub.people.stages import moved, tell, tell_stage
from hub.store.sealed import Keyring
from hub.threads.happenings import LeadChanged
from hub.threads.models import Author

NAMES = {"assignee_id": "assignee"}


async def change_lead(act: Act, id: str, wanted: LeadChange) -> PersonShown:
    """What is known of them as a lead is otherwise. To hand somebody to a member takes reaching that member."""
    seen, keyring = await access(act, id), await act.deps.sealer.keyring(act.account)
    if isinstance(wanted.assignee_id, str):
        await access_member(act.deps, act.caller, wanted.assignee_id, Permission.PEOPLE_EDIT)
    fields, by = fields_of(wanted), by_caller(act.caller)
    after, shown = await apply(act, seen, lambda person: with_lead(act.deps, keyring, person, fields, by, wanted.quote))
    await tell_lead(act.deps, seen.lead, after, author_of(act.caller), id=act.new_id)
    return shown


async def record_lead(
    deps: Deps,
    account: str,
    person_id: str,
    fields: Mapping[str, Any],
    *,
    author: Author,
    id: str,
    quote: str = "",
    since: datetime | None = None,
) -> Person:
    """The same for those who are no members: an agent, a rule, routing. `id` is the same at a repeat; what the same
    author has changed `since` then is told of too, since a process may have died before it told."""
    keyring, met, by = await deps.sealer.keyring(account), list[Lead](), f"{author.kind}:{author.id}"

    def how(person: Person) -> Person:
        met.append(person.lead)
        return with_lead(deps, keyring, person, fields, by, quote)

    after = await change(deps, account, person_id, how)
    untold = [name for name in fields if since and is_said_by(after, f"lead.{name}", by, since)]
    await tell_lead(deps, met[-1], after, author, id=id, more=untold)
    return after


def fields_of(wanted: LeadChange) -> dict[str, Any]:
    """What is to be set, by the names of the record."""
    given = {name: value for name, value in asdict(wanted).items() if value is not UNSET and name != "quote"}
    return {NAMES.get(name, name): value for name, value in given.items()}


def with_lead(deps: Deps, keyring: Keyring, person: Person, fields: Mapping[str, Any], by: str, quote: str) -> Person:
    """The person with these fields of the lead record, and who has said so."""
    lead = replace(person.lead, **fields)
    said = [f"lead.{name}" for name in differing(person.lead, lead)]
    after = replace(person, lead=lead)
    return told(after, said, by=by, at=deps.clock.now(), quote=sealed_quote(keyring, quote)) if said else person


def differing(before: Lead, after: Lead) -> list[str]:
    """Which fields are otherwise."""
    return [name for name, value in asdict(after).items() if value != getattr(before, name)]


async def tell_lead(
    deps: Deps, before: Lead, person: Person, author: Author, *, id: str, more: Sequence[str] = ()
) -> None:
    """The change stands in the log of their conversation."""
    names = dict.fromkeys([*differing(before, person.lead), *more])
    changed = {name: plain(getattr(person.lead, name)) for name in names}
    if changed:
        await tell(deps, person, LeadChanged(changed=changed), author, id=id)


def plain(value: object) -> str:
    """As text; nothing where there is nothing."""
    return "" if value is None else str(value)


async def set_stage(act: Act, id: str, stage: Stage) -> PersonShown:
    """Further along, or put back."""
    seen, by = await access(act, id), by_caller(act.caller)
    after, shown = await apply(act, seen, lambda person: moved(person, stage, at=act.deps.clock.now(), by=by))
    if after.stage is not seen.stage:
        await tell_stage(act.deps, after, author_of(act.caller))
    return shown
