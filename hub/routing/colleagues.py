"""What routing goes by of a member: how much, which languages and skills, which lines; and whether they are away."""

from hub.access import Caller, Permission
from hub.accounts.models import Member
from hub.accounts.presence import list_hours
from hub.accounts.standing import access_member
from hub.act import Act
from hub.deps import Deps
from hub.lines.actions import access_line
from hub.routing import repository
from hub.routing.models import Facts
from hub.routing.offering import pass_on
from hub.routing.roster import Colleague, load_of, see
from hub.routing.shapes import Availability, MemberRoutingShown, MemberRoutingWanted
from hub.routing.waiting import fill
from hub.store.mongo import Document
from hub.threads.log import get_thread


async def show_member_routing(deps: Deps, caller: Caller, id: str) -> MemberRoutingShown:
    """Of one whom the caller may see."""
    _, member = await access_member(deps, caller, id, Permission.MEMBERS_VIEW)
    return await shown(deps, member)


async def set_member_routing(act: Act, id: str, wanted: MemberRoutingWanted) -> MemberRoutingShown:
    """From now on; what somebody has already, they keep."""
    _, member = await access_member(act.deps, act.caller, id, Permission.MEMBERS_MANAGE)
    for line in wanted.line_ids:
        await access_line(act.deps, act.caller, line)
    fields = {
        "capacity": wanted.capacity,
        "languages": list(dict.fromkeys(wanted.languages)),
        "skills": sorted({" ".join(skill.split()) for skill in wanted.skills}),
        "lines": sorted(set(wanted.line_ids)),
    }
    return await apply(act, member, fields)


async def show_availability(deps: Deps, caller: Caller) -> MemberRoutingShown:
    """Of whoever asks."""
    _, member = await access_member(deps, caller, caller.id, Permission.MEMBERSHIP)
    return await shown(deps, member)


async def set_availability(act: Act, wanted: Availability) -> MemberRoutingShown:
    """Whoever goes is offered nothing more, and what was on offer goes to somebody else; whoever comes gets what has
    waited longest."""
    deps = act.deps
    _, member = await access_member(deps, act.caller, act.caller.id, Permission.MEMBERSHIP)
    before = await facts_of(deps, member)
    fields: Document = {"is_away": wanted.is_away}
    if before.is_away and not wanted.is_away:
        fields["freed_at"] = deps.clock.now()
    after = await apply(act, member, fields)
    if wanted.is_away:
        # Read again: from here on no place is kept with them, and one may have been a moment ago.
        for hold in (await facts_of(deps, member)).held:
            await pass_on(deps, await get_thread(deps, act.account, hold.thread), member.id, "gone")
    return after


async def apply(act: Act, member: Member, fields: Document) -> MemberRoutingShown:
    """Set fields; before and after go into the audit log. Then there may be somebody for what waits."""
    act.note.target, act.note.before = {"member": member.id}, await shown(act.deps, member)
    await repository.change_facts(act.deps.mongo, act.account, member.id, fields)
    # Should that be lost, what waits is looked at again all the same.
    act.deps.background.start(fill(act.deps, act.account), f"fill {act.account}")
    after = act.note.after = await shown(act.deps, member)
    return after


async def facts_of(deps: Deps, member: Member) -> Facts:
    """As they are; nobody has to say anything about a member."""
    found = await repository.list_facts(deps.mongo, member.account, [member.id])
    return found[0] if found else Facts(id=member.id, account=member.account)


async def shown(deps: Deps, member: Member) -> MemberRoutingShown:
    """As the API shows it."""
    facts = await facts_of(deps, member)
    colleague = Colleague(member.id, await list_hours(deps, member))
    candidate = see(deps, colleague, facts, await load_of(deps, facts)).candidate
    return MemberRoutingShown(
        member_id=member.id,
        capacity=facts.capacity,
        languages=facts.languages,
        skills=facts.skills,
        line_ids=facts.lines,
        is_away=facts.is_away,
        is_there=candidate.is_there,
        load=candidate.load,
    )
