"""Merges name people: only those whom one may see."""

from hub.access import Permission, Scope
from tests.hub.accounts.staff import hire
from tests.hubs import Hub
from tests.people import found


async def test_once_undone_both_must_be_within_reach(hub: Hub) -> None:
    owner = await found(hub, "acme")
    rep = await hire(owner, "rep@acme.test", {Permission.PEOPLE_VIEW.value: Scope.OWN.value})
    mine, theirs = [await owner.does("POST", "/people", {"name": name}) for name in ("Asha", "A. Rao")]
    await owner.does("PATCH", f"/people/{mine['id']}/lead", {"assignee_id": rep.member})

    merge = await owner.does("POST", f"/people/{mine['id']}/merge", {"other_id": theirs["id"]})
    merged = (await rep.does("GET", "/merges"))["items"]
    await owner.does("POST", f"/merges/{merge['id']}/undo")
    await owner.does("PATCH", f"/people/{theirs['id']}/lead", {"assignee_id": owner.member})
    undone = (await rep.does("GET", "/merges"))["items"]
    await owner.does("PATCH", f"/people/{theirs['id']}/lead", {"assignee_id": rep.member})
    both = (await rep.does("GET", "/merges"))["items"]

    assert [[one["id"] for one in found] for found in (merged, undone, both)] == [[merge["id"]], [], [merge["id"]]]
