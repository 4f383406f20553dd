"""Files in a bucket of an S3-compatible store, which checks every signature."""

import ipaddress
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from hub.files import actions
from hub.files.errors import FileLost, FileStoreAway
from hub.files.store import store_of
from hub.settings import Secret, Settings
from hub.store.embedded import free_port
from tests.clock import VirtualClock
from tests.fakes.s3 import KEY, SECRET, FakeS3, fake_s3
from tests.hub.files.samples import PDF, PNG
from tests.hubs import Hub, running_hub

HERE = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.fixture
async def s3() -> AsyncIterator[FakeS3]:
    async with fake_s3() as fake:
        yield fake


def in_bucket(settings: Settings, s3: FakeS3, secret: str = SECRET) -> Settings:
    return replace(settings, files=s3.url, files_key=Secret(KEY), files_secret=Secret(secret), egress_allow=HERE)


@pytest.fixture
async def hub(settings: Settings, s3: FakeS3, clock: VirtualClock) -> AsyncIterator[Hub]:
    async with running_hub(in_bucket(settings, s3), clock=clock) as hub:
        yield hub


async def test_a_file_goes_there_sealed_and_comes_back(hub: Hub, s3: FakeS3) -> None:
    file = await actions.keep(hub.deps, "acme", "a.pdf", PDF)

    read = await actions.read(hub.deps, file)

    (name,) = s3.objects
    assert read == PDF
    assert PDF not in s3.objects[name]
    assert name == f"of/tests/{file.kept_as[-1]}/{file.kept_as[-2]}/{file.kept_as}"
    assert [asked.method for asked in s3.asked] == ["PUT", "GET"]


async def test_what_is_removed_is_not_there(hub: Hub, s3: FakeS3) -> None:
    store = store_of(hub.deps)
    await store.put("abc", b"x")
    before = await store.has("abc")

    await store.remove("abc")
    await store.remove("abc")

    assert (before, await store.has("abc"), s3.objects) == (True, False, {})
    with pytest.raises(FileLost):
        await store.get("abc")


async def test_the_secret_is_never_sent(hub: Hub, s3: FakeS3) -> None:
    await store_of(hub.deps).put("abc", b"x")

    assert SECRET not in str(s3.asked)


async def test_a_wrong_secret_is_told_in_words(settings: Settings, s3: FakeS3) -> None:
    async with running_hub(in_bucket(settings, s3, secret="another")) as hub:
        with pytest.raises(FileStoreAway, match=r"It refuses our keys: http://127\.0\.0\.1.* answers 403"):
            await store_of(hub.deps).put("abc", b"x")


async def test_a_bucket_that_is_not_there_is_told_in_words(settings: Settings, s3: FakeS3) -> None:
    elsewhere = replace(in_bucket(settings, s3), files=s3.url.replace("parley-files", "another-one"))
    async with running_hub(elsewhere) as hub:
        with pytest.raises(FileStoreAway, match="There is no such bucket"):
            await store_of(hub.deps).put("abc", b"x")


@pytest.mark.parametrize("status", [500, 503])
async def test_a_store_that_cannot_is_away(hub: Hub, s3: FakeS3, status: int) -> None:
    s3.status = status

    with pytest.raises(FileStoreAway, match=f"answers {status}"):
        await actions.keep(hub.deps, "acme", "a.png", PNG)


async def test_a_store_that_is_not_there_is_away(hub: Hub, s3: FakeS3) -> None:
    nowhere = replace(hub.deps.settings, files=f"s3://abc?endpoint=http://127.0.0.1:{free_port()}")

    with pytest.raises(FileStoreAway, match="does not accept connections"):
        await store_of(replace(hub.deps, settings=nowhere)).get("abc")
