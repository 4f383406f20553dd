"""Whoever may see a conversation is not told of colleagues whom they may not see."""

from tests.hub.routing.crew import ask, hire, turn_on
from tests.people import Person, join


async def see_candidates(boss: Person, *, scope: str | None, team: str) -> tuple[Person, list[str]]:
    """Who is shown to the owner of a conversation who sees members so far."""
    seeing = [{"permission": "members.view", "scope": scope}] if scope else []
    own = [{"permission": name, "scope": "own"} for name in ("threads.view", "threads.reply")]
    role = (await boss.does("POST", "/roles", {"name": "own", "grants": [*own, *seeing]}))["id"]
    eve = await join(boss, "eve@acme.test", role=role, teams=[team])
    await turn_on(boss)
    thread = await ask(boss.hub, boss, "mia")
    await boss.does("POST", f"/threads/{thread.id}/assign", {"member_id": eve.member})
    shown = await eve.does("GET", f"/threads/{thread.id}/routing")
    return eve, [one["member_id"] for one in shown["candidates"]]


async def test_whoever_sees_no_members_sees_oneself(boss: Person) -> None:
    team = (await boss.does("POST", "/teams", {"name": "Sales"}))["id"]
    await hire(boss, "ravi", teams=(team,))

    eve, seen = await see_candidates(boss, scope=None, team=team)

    assert seen == [eve.member]


async def test_whoever_sees_those_of_the_team_sees_those(boss: Person) -> None:
    team = (await boss.does("POST", "/teams", {"name": "Sales"}))["id"]
    mate, _ = await hire(boss, "ravi", teams=(team,)), await hire(boss, "lena")

    eve, seen = await see_candidates(boss, scope="team", team=team)

    assert set(seen) == {eve.member, mate.member}
