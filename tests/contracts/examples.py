"""Requests that succeed, for every endpoint that takes anything: the account, its members, and what it owns."""

from collections.abc import Mapping

from hub.access import INSTALLATION, Permission
from hub.accounts import invitations
from hub.accounts.shapes import Invite
from hub.store.mongo import KEYS
from tests.contracts.clocks_examples import EXAMPLES as CLOCKS
from tests.contracts.companies import PASSWORD, Person, found
from tests.contracts.consent_examples import EXAMPLES as CONSENT
from tests.contracts.entering_examples import EXAMPLES as ENTERING
from tests.contracts.files_examples import EXAMPLES as FILES
from tests.contracts.inbox_examples import EXAMPLES as INBOX
from tests.contracts.intake_examples import EXAMPLES as INTAKE
from tests.contracts.letterheads_examples import EXAMPLES as LETTERHEADS
from tests.contracts.lines_examples import EXAMPLES as LINES
from tests.contracts.matrix import IN_THE_ANSWER, Example, Maker
from tests.contracts.merging_examples import EXAMPLES as MERGING
from tests.contracts.minds_examples import EXAMPLES as MINDS
from tests.contracts.my_examples import EXAMPLES as MINE
from tests.contracts.notices_examples import EXAMPLES as NOTICES
from tests.contracts.originals_examples import EXAMPLES as ORIGINALS
from tests.contracts.people_examples import EXAMPLES as PEOPLE
from tests.contracts.presence_examples import EXAMPLES as PRESENCE
from tests.contracts.push_examples import EXAMPLES as PUSH
from tests.contracts.routing_examples import EXAMPLES as ROUTING
from tests.contracts.rules_examples import EXAMPLES as RULES
from tests.contracts.sending_examples import EXAMPLES as SENDING
from tests.contracts.sso_examples import EXAMPLES as SSO
from tests.contracts.templates_examples import EXAMPLES as TEMPLATES
from tests.contracts.threads_examples import EXAMPLES as THREADS
from tests.contracts.unsubscribing_examples import EXAMPLES as UNSUBSCRIBING
from tests.contracts.visiting_examples import EXAMPLES as VISITING

SPAN = {"opens": "09:00", "closes": "17:00"}
HOURS = {
    "zone": "Asia/Kolkata",
    "week": {"monday": [SPAN]},
    "holidays": [{"date": "2101-08-15", "name": "Independence Day", "spans": [SPAN]}],
}


async def a_file(_: Person) -> Example:
    """A file of a page."""
    return Example(path={"name": "start-abc123.js"}, words=frozenset({"name"}))


async def a_buried_piece(person: Person) -> Example:
    """Work of the account that was given up: a new data key whose resealing failed."""
    deps, account = person.deps, person.company.account
    grave = {"at": deps.clock.now(), "reason": f"what {person.company.word} alone may know", "attempts": 8}
    version = await deps.sealer.add_version(account, buried=grave)
    stored = await deps.mongo[KEYS].find_one({"account": account, "version": version}) or {}
    return Example(
        path={"kind": "keys.reseal", "id": stored["_id"]}, words=frozenset({"kind"}), owned=frozenset({"id"})
    )


async def a_kind_of_work(person: Person) -> Example:
    """A kind of which the account has something buried."""
    piece = await a_buried_piece(person)
    return Example(path={"kind": piece.path["kind"]}, words=frozenset({"kind"}))


async def an_account(person: Person) -> Example:
    """Another name, zone and country."""
    return Example(body={"name": person.company.name(), "zone": "Asia/Kolkata", "region": "IN"})


async def sign_in_rules(_: Person) -> Example:
    """A second factor for everybody."""
    return Example(body={"requires_second_factor": True})


async def an_heir(person: Person) -> Example:
    """Somebody who can be made an owner."""
    return Example(body={"member_id": await person.company.member()}, owned=frozenset({"member_id"}))


async def an_owner(person: Person) -> Example:
    """One who is not the only one."""
    owner = await a_member(person)
    await person.company.own(owner.path["member_id"])
    return owner


async def the_name_again(person: Person) -> Example:
    """The name of the account, typed to confirm."""
    # The account's own log goes with it.
    return Example(body={"name": await person.company.shown_name()}, log=INSTALLATION)


async def an_account_for_another(person: Person) -> Example:
    """Of somebody who has no login yet."""
    company = person.company
    body = {"name": company.name(), "owner": company.email(), "owner_name": company.name(), "password": PASSWORD}
    return Example(body=body, log=IN_THE_ANSWER)


async def any_account(person: Person) -> Example:
    """One that nobody needs any more; whichever it is, the operator may."""
    company = (await found(person.deps, person.company.outside)).company
    return Example(
        path={"account_id": company.account},
        body={"name": await company.shown_name()},
        words=frozenset({"account_id"}),
        log=INSTALLATION,
    )


async def a_member(person: Person) -> Example:
    """Somebody who works there."""
    return Example(path={"member_id": await person.company.member()}, owned=frozenset({"member_id"}))


async def a_member_to_change(person: Person) -> Example:
    """Another role, another team, another name."""
    company, member = person.company, await a_member(person)
    body = {"role": await company.role(), "teams": [await company.team()], "name": company.name()}
    return Example(path=member.path, body=body, owned=member.owned | {"role", "teams"})


async def hours_of_a_member(person: Person) -> Example:
    """When somebody is there."""
    member = await a_member(person)
    return Example(path=member.path, body={"hours": HOURS}, owned=member.owned)


async def a_team(person: Person) -> Example:
    """Members who work together."""
    return Example(path={"team_id": await person.company.team()}, owned=frozenset({"team_id"}))


async def a_new_team(person: Person) -> Example:
    """One that there is not yet."""
    return Example(body={"name": person.company.name(), "hours": HOURS})


async def a_team_to_change(person: Person) -> Example:
    """Another name."""
    team = await a_team(person)
    return Example(path=team.path, body={"name": person.company.name()}, owned=team.owned)


async def hours_of_a_team(person: Person) -> Example:
    """When a team is there."""
    team = await a_team(person)
    return Example(path=team.path, body={"hours": HOURS}, owned=team.owned)


async def a_team_and_a_member(person: Person) -> Example:
    """Somebody who is not in it."""
    team, member = await a_team(person), await a_member(person)
    return Example(path={**team.path, **member.path}, owned=team.owned | member.owned)


async def a_team_and_its_member(person: Person) -> Example:
    """Somebody who is in it."""
    pair = await a_team_and_a_member(person)
    await person.company.place(pair.path["member_id"], pair.path["team_id"])
    return pair


async def a_new_role(person: Person) -> Example:
    """One that allows what everybody has who may make roles."""
    grants = [{"permission": Permission.ROLES_MANAGE, "scope": "all"}]
    return Example(body={"name": person.company.name(), "grants": grants})


async def a_role(person: Person) -> Example:
    """One that nobody has."""
    return Example(path={"role_id": await person.company.role()}, owned=frozenset({"role_id"}))


async def a_role_to_change(person: Person) -> Example:
    """Another name, other grants."""
    role, new = await a_role(person), await a_new_role(person)
    return Example(path=role.path, body=new.body, owned=role.owned)


async def somebody_to_invite(person: Person) -> Example:
    """Who has no login yet."""
    company = person.company
    body = {"email": company.email(), "role": await company.role(), "teams": [await company.team()], "lasts_days": 3}
    return Example(body=body, owned=frozenset({"role", "teams"}))


async def an_invitation(person: Person) -> Example:
    """One that was not accepted yet."""
    company = person.company
    invited = await invitations.invite(company.act(), Invite(email=company.email(), role=await company.nothing()))
    return Example(path={"invitation_id": invited.invitation.id}, owned=frozenset({"invitation_id"}))


async def a_new_key(person: Person) -> Example:
    """One that may do what everybody may who makes keys."""
    grants = [{"permission": Permission.KEYS_MANAGE, "scope": "all"}]
    return Example(body={"name": person.company.name(), "grants": grants, "lasts_days": 30})


async def a_key(person: Person) -> Example:
    """One that may do nothing."""
    made = await person.company.key()
    return Example(path={"key_id": made.key.id}, owned=frozenset({"key_id"}))


async def a_key_to_rotate(person: Person) -> Example:
    """With its successor beside it for a while."""
    key = await a_key(person)
    return Example(path=key.path, body={"overlap_hours": 1}, owned=key.owned)


EXAMPLES: Mapping[str, Maker] = {
    "asset": a_file,
    "list_buried_work": a_kind_of_work,
    "revive_work": a_buried_piece,
    "change_account": an_account,
    "set_sign_in_rules": sign_in_rules,
    "transfer_account": an_heir,
    "add_owner": an_heir,
    "drop_owner": an_owner,
    "close_account": the_name_again,
    "make_account": an_account_for_another,
    "close_any_account": any_account,
    "show_member": a_member,
    "change_member": a_member_to_change,
    "disable_member": a_member,
    "enable_member": a_member,
    "remove_member": a_member,
    "show_member_hours": a_member,
    "set_member_hours": hours_of_a_member,
    "make_team": a_new_team,
    "show_team": a_team,
    "change_team": a_team_to_change,
    "delete_team": a_team,
    "put_team_member": a_team_and_a_member,
    "take_out_team_member": a_team_and_its_member,
    "set_team_hours": hours_of_a_team,
    "make_role": a_new_role,
    "change_role": a_role_to_change,
    "delete_role": a_role,
    "invite_member": somebody_to_invite,
    "withdraw_invitation": an_invitation,
    "make_key": a_new_key,
    "rotate_key": a_key_to_rotate,
    "revoke_key": a_key,
    **CLOCKS,
    **CONSENT,
    **ENTERING,
    **FILES,
    **INBOX,
    **INTAKE,
    **LETTERHEADS,
    **LINES,
    **MERGING,
    **MINDS,
    **MINE,
    **NOTICES,
    **ORIGINALS,
    **PEOPLE,
    **PRESENCE,
    **PUSH,
    **RULES,
    **SENDING,
    **SSO,
    **ROUTING,
    **TEMPLATES,
    **THREADS,
    **UNSUBSCRIBING,
    **VISITING,
}
