"""A way out, a real provider for the whole run, and a forger for each test."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hub.egress import Egress
from hub.settings import Settings
from hub.sso.discovery import Provider, read_provider
from tests.clock import VirtualClock
from tests.fakes.dns import NameServer, serving_names
from tests.fakes.oidc.forger import Forger, forging
from tests.fakes.oidc.running import running_provider
from tests.hub.sessions.people import Member, sign_up
from tests.hub.sso.businesses import AT_PROVIDER, OWNER, REGISTERED_HERE, prove, set_up_forger
from tests.hub.sso.signing import ASHA, BEN, HERE, REGISTERED
from tests.hubs import ORIGIN, Hub, running_hub

# Later than the database's own clock, by which it throws away whatever has expired.
LATER = datetime(2101, 3, 7, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
async def egress() -> AsyncIterator[Egress]:
    async with Egress.open(allow=HERE) as egress:
        yield egress


@pytest.fixture(scope="session")
async def issuer() -> AsyncIterator[str]:
    """A real provider, in a process of its own."""
    async with running_provider([ASHA, BEN], REGISTERED) as issuer:
        yield issuer


@pytest.fixture
async def provider(egress: Egress, issuer: str) -> Provider:
    """The real one, as it was just read."""
    return await read_provider(egress, issuer, HERE)


@pytest.fixture
async def forger() -> AsyncIterator[Forger]:
    """One that does what the test wants."""
    async with forging() as forger:
        yield forger


@pytest.fixture
async def forged(egress: Egress, forger: Forger) -> Provider:
    """The forger, as it was read while it was still good."""
    return await read_provider(egress, forger.issuer, HERE)


@pytest.fixture(scope="session")
async def company() -> AsyncIterator[str]:
    """A real provider that knows the hub of the tests."""
    async with running_provider(AT_PROVIDER, REGISTERED_HERE) as issuer:
        yield issuer


@pytest.fixture
async def names() -> AsyncIterator[NameServer]:
    """The DNS, as it is for the hub."""
    async with serving_names({}) as names:
        yield names


@pytest.fixture
def settings(settings: Settings, names: NameServer) -> Settings:
    """Anybody may sign up, and providers may be on this machine."""
    return replace(settings, open_sign_up=True, public_url=ORIGIN, egress_allow=HERE, dns=names.address)


@pytest.fixture
def clock() -> VirtualClock:
    """Time that passes when the test says so."""
    return VirtualClock(LATER)


@pytest.fixture
async def timed(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub of a time of its own. Only the forger's tokens are good there: the real provider has a real clock."""
    async with running_hub(settings, clock=clock) as hub:
        yield hub


@pytest.fixture
async def owner(hub: Hub) -> Member:
    """The owner of an account, by password."""
    return await sign_up(hub, OWNER)


@pytest.fixture
async def founder(timed: Hub) -> Member:
    """The same at the hub of its own time."""
    return await sign_up(timed, OWNER)


@pytest.fixture
async def ready(founder: Member, names: NameServer, forger: Forger) -> Member:
    """The owner, whose account has the forger for a provider, and a domain."""
    await set_up_forger(founder, forger)
    await prove(founder, names)
    return founder
