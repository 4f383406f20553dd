"""What each permission allows, in words."""

from hub.access import Permission
from hub.permissions import ABOUT
from tests.hubs import Hub
from tests.people import found


def test_every_permission_is_explained() -> None:
    assert ABOUT.keys() == set(Permission)


async def test_permissions_are_listed_with_what_they_allow(hub: Hub) -> None:
    owner = await found(hub, "acme")

    listed = await owner.does("GET", "/permissions")

    assert "threads.follow" in {one["permission"] for one in listed["items"]}
