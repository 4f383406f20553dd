"""Logins that change hands, end, or are somebody else's word: no passkey outlives its right."""

import pytest
from pymongo import MongoClient

from hub.access import INSTALLATION
from hub.errors import HubError
from hub.logins import actions as logins
from hub.logins import passkeys, repository, resets
from hub.logins.models import Login
from hub.sessions import repository as sessions
from hub.sessions.standing import question_of
from hub.settings import Settings
from hub.store.mongo import CommandListener, CommandStartedEvent, Document
from tests.clock import VirtualClock
from tests.fakes.authenticator import Authenticator
from tests.hub.sessions.commands import Commands
from tests.hub.sessions.devices import PASSKEYS, adds, begins, new_device, sends, tries_to_add, tries_to_enter
from tests.hub.sessions.people import Member, join, sign_up
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD, code_of, well

UNKNOWN = (401, "passkey_refused")


@pytest.fixture
async def device(asha: Member) -> Authenticator:
    """Asha's, whose address was never proved."""
    device = new_device()
    await adds(asha, device)
    return device


async def login_of(hub: Hub, member: Member) -> Login:
    """The member's login, as it is now."""
    login = await logins.find(hub.deps, member.email)
    assert login
    return login


async def follow_link(hub: Hub, member: Member) -> None:
    """Whoever reads the mail of the address sets a new password."""
    link = await resets.new_link(hub.deps, await login_of(hub, member))
    body = {"token": link.partition("#")[2], "password": "staple battery horse"}
    well(await hub.client.post("/api/v1/password/reset", json=body))


async def prove(hub: Hub, member: Member) -> None:
    """A link that was mailed to the address came back."""
    await logins.change(hub.deps, await login_of(hub, member), is_proved=True)


async def test_a_login_that_starts_over_loses_its_passkeys(hub: Hub, asha: Member, device: Authenticator) -> None:
    await follow_link(hub, asha)

    assert code_of(await tries_to_enter(hub, device)) == UNKNOWN


async def test_a_new_password_takes_no_passkey_from_its_owner(hub: Hub, asha: Member, device: Authenticator) -> None:
    await prove(hub, asha)

    await follow_link(hub, asha)

    assert (await tries_to_enter(hub, device)).is_success


async def test_whoever_had_begun_before_a_login_started_over_comes_too_late(hub: Hub, asha: Member) -> None:
    begun = await begins(asha)
    await logins.start_over(hub.deps, await login_of(hub, asha), "staple battery horse")

    answer = await sends(asha, begun["ticket"], new_device().create(begun["options"]))

    assert code_of(answer) == (422, "slip_spent")


async def test_a_ticket_that_was_given_while_the_password_changed_is_good_for_nothing(
    hub: Hub, asha: Member, commands: Commands
) -> None:
    begun = await begins(asha)
    await logins.change(hub.deps, await login_of(hub, asha), password="that of whoever has come")

    answer = await sends(asha, begun["ticket"], new_device().create(begun["options"]))

    assert code_of(answer) == (409, "login_changed")
    # Not even for a moment: it would open the login while it stands.
    assert f"insert {repository.PASSKEYS}" not in commands.take()


class Overtaker(CommandListener):
    """Changes the login at the very moment at which a passkey of it leaves for the database."""

    def __init__(self, settings: Settings, *, removes: bool) -> None:
        self._client: MongoClient[Document] = MongoClient(settings.mongodb_url.reveal())
        self._logins = self._client[settings.mongodb_database][repository.LOGINS]
        self._removes = removes

    def started(self, event: CommandStartedEvent) -> None:
        if event.command.get("insert") == repository.PASSKEYS and self._removes:
            self._logins.delete_many({})
        elif event.command.get("insert") == repository.PASSKEYS:
            self._logins.update_many({}, {"$set": {"password": "that of whoever has come"}})

    def succeeded(self, event: object) -> None:
        pass

    def failed(self, event: object) -> None:
        pass

    def close(self) -> None:
        """Let go of the database."""
        self._client.close()


@pytest.mark.parametrize(
    ("removes", "code"), [(False, (409, "login_changed")), (True, (404, "no_such_login"))], ids=["taken over", "erased"]
)
async def test_a_passkey_that_is_stored_while_its_login_ends_goes_again(
    settings: Settings, clock: VirtualClock, removes: bool, code: tuple[int, str]
) -> None:
    overtaker = Overtaker(settings, removes=removes)
    async with running_hub(settings, clock=clock, listeners=(overtaker,)) as hub:
        asha = await sign_up(hub)

        answer = await tries_to_add(asha, new_device())

        assert code_of(answer) == code
        assert await hub.deps.mongo[repository.PASSKEYS].find_one({}) is None
    overtaker.close()


async def test_an_erased_login_leaves_no_passkey(hub: Hub, asha: Member) -> None:
    bea, device = await join(asha, "bea@example.test"), new_device()
    await adds(bea, device)
    await asha.does("DELETE", f"/members/{bea.id}")

    answer = await tries_to_enter(hub, device)

    assert code_of(answer) == UNKNOWN
    assert await hub.deps.mongo[repository.PASSKEYS].find_one({}) is None


async def test_whom_an_identity_provider_let_in_makes_no_passkey_without_a_password(hub: Hub, asha: Member) -> None:
    await without_password(hub, asha)
    where = {"_id": asha.session}
    await hub.deps.mongo[sessions.SESSIONS].update(where, {"$set": {"bound_to": asha.account}})

    answer = await asha.asks("POST", f"{PASSKEYS}/begin", {})

    assert code_of(answer) == (403, "bound_session")


@pytest.mark.parametrize("path", ["/me/password", "/me/codes/remove", "/me/codes/recovery", f"{PASSKEYS}/begin"])
async def test_whom_an_identity_provider_let_in_changes_nothing_by_the_password_either(
    hub: Hub, asha: Member, path: str
) -> None:
    where = {"_id": asha.session}
    await hub.deps.mongo[sessions.SESSIONS].update(where, {"$set": {"bound_to": asha.account}})
    body = {"current": PASSWORD, "new": "staple paper clip"} if path == "/me/password" else {"password": PASSWORD}

    assert code_of(await asha.asks("POST", path, body)) == (403, "bound_session")


async def test_whom_an_identity_provider_let_in_adds_no_passkey_that_was_begun(hub: Hub, asha: Member) -> None:
    begun = await begins(asha)
    where = {"_id": asha.session}
    await hub.deps.mongo[sessions.SESSIONS].update(where, {"$set": {"bound_to": asha.account}})
    asha.hub.deps.memory.forget(question_of(asha.session, asha.account))

    answer = await sends(asha, begun["ticket"], new_device().create(begun["options"]))

    assert code_of(answer) == (403, "bound_session")


async def test_a_login_without_a_password_needs_none_again(hub: Hub, asha: Member) -> None:
    await without_password(hub, asha)

    begun = await begins(asha, None)
    answer = await sends(asha, begun["ticket"], new_device().create(begun["options"]))

    assert answer.status_code == 201


async def without_password(hub: Hub, member: Member) -> None:
    """Its login never had one."""
    login = await login_of(hub, member)
    assert await repository.change_login(hub.deps.mongo, login, password=None)


async def test_a_name_is_readable_by_the_keys_of_its_login_alone(hub: Hub, asha: Member) -> None:
    await adds(asha, new_device(), "Asha's laptop")
    stored = await hub.deps.mongo[repository.PASSKEYS].find_one({}) or {}

    assert b"laptop" not in bytes(stored["name"])
    with pytest.raises(HubError):
        await hub.deps.sealer.text(INSTALLATION, passkeys.NAME_PLACE, stored["name"])
