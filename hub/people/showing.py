"""People as the API shows them."""

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from hub.deps import Deps
from hub.people import repository
from hub.people.attributes import list_declared, values_of
from hub.people.identities import id_of, opened, shown
from hub.people.models import Identity, Lead, Person, Provenance
from hub.people.naming import name_of as name_of
from hub.people.naming import own_name
from hub.people.provenance import PLACE as QUOTE_PLACE
from hub.people.shapes import (
    ConsentShown,
    IdentityShown,
    LeadShown,
    PersonRow,
    PersonShown,
    ProvenanceShown,
    StepShown,
)
from hub.store.mongo import Document


async def names_of(deps: Deps, account: str, ids: Collection[str]) -> Mapping[str, str]:
    """What these people are called, by id, in one query. Whoever is not there has none."""
    found = await repository.list_people(deps.mongo, account, ids) if ids else []
    return {person.id: await name_of(deps, person) for person in found}


async def row_of(deps: Deps, person: Person) -> PersonRow:
    """As a list shows them."""
    return PersonRow(**await what_is_seen(deps, person))


async def person_shown(deps: Deps, person: Person) -> PersonShown:
    """With all that is known of them, of attributes those that the account still declares."""
    declared = await list_declared(deps, person.account)
    values = await values_of(deps, person)
    return PersonShown(
        **await what_is_seen(deps, person),
        attributes={key: value for key, value in values.items() if key in declared},
        steps=[StepShown(stage=one.stage, at=one.at, by=one.by) for one in person.steps],
        consent=[ConsentShown(**msgspec.structs.asdict(one)) for one in person.consent],
        provenance=[await provenance_shown(deps, person, one) for one in person.provenance],
        zone=person.zone,
        is_zone_inferred=person.is_zone_inferred,
        locale=person.locale,
        is_locale_inferred=person.is_locale_inferred,
        blocked_at=person.blocked_at,
        rev=person.rev,
    )


async def what_is_seen(deps: Deps, person: Person) -> dict[str, Any]:
    """What a list shows, and more than a list too."""
    return {
        "id": person.id,
        "name": await own_name(deps, person),
        "label": await name_of(deps, person),
        "stage": person.stage,
        "lead": lead_shown(person.lead),
        "identities": [await identity_shown(deps, person, one) for one in shown(person)],
        "tags": person.tags,
        "is_blocked": person.blocked_at is not None,
        "made_at": person.made_at,
        "updated_at": person.updated_at,
    }


def lead_shown(lead: Lead) -> LeadShown:
    """What is known of them as a lead."""
    return LeadShown(
        status=lead.status, intent=lead.intent, score=lead.score, source=lead.source, assignee_id=lead.assignee
    )


async def identity_shown(deps: Deps, person: Person, identity: Identity) -> IdentityShown:
    """One of what they are known by."""
    return IdentityShown(
        id=id_of(identity),
        kind=identity.kind,
        value=(await opened(deps, person, identity)).value,
        is_verified=identity.is_verified,
        line_id=identity.line,
        seen_at=identity.seen_at,
    )


async def provenance_shown(deps: Deps, person: Person, one: Provenance) -> ProvenanceShown:
    """Who said a field."""
    quote = await deps.sealer.text(person.account, QUOTE_PLACE, one.quote) if one.quote else ""
    return ProvenanceShown(field=one.field, by=one.by, at=one.at, quote=quote)


def differing(before: PersonShown, after: PersonShown) -> tuple[Document, Document]:
    """What is otherwise, as it was and as it is: what the audit log says of a change."""
    was, is_now = msgspec.to_builtins(before), msgspec.to_builtins(after)
    names = [name for name in is_now if was[name] != is_now[name] and name not in ("updated_at", "rev", "provenance")]
    return {name: was[name] for name in names}, {name: is_now[name] for name in names}
