"""S5: mails that mean harm, wherever in them it stands: nothing runs, and nothing is asked for, in a real browser."""

from collections.abc import Sequence
from typing import Any

import pytest
from playwright.async_api import Browser

from hub.originals.links import PATH
from hub.originals.markup import clean
from hub.originals.parts import HEADERS
from hub.originals.pictures import with_pictures
from hub.settings import Settings
from tests.browser.mail.canary import Canary, listening_to
from tests.browser.mail.vectors import vectors
from tests.hub.originals.mails import file_called, html, mail, path_of, plain, received
from tests.hubs import running_hub
from tests.people import Person, found

pytestmark = pytest.mark.browser

VECTORS = vectors()
# As docs/originals.md says that a mail is to be shown: links open in a tab of their own.
SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
# Everything goes, but that a frame takes the whole page elsewhere.
UNGUARDED = "allow-scripts allow-same-origin allow-forms"
# That many of them do something where nobody stops them: all are tried, in case the next browser heeds more of them.
LIVE = 250
A_MAIL = 10
OURS = Settings().base_url


def test_there_are_many() -> None:
    assert len(VECTORS) >= 200
    assert len(set(VECTORS)) == len(VECTORS)


async def opened(person: Person, some: Sequence[str]) -> tuple[str, list[str]]:
    """The page of a mail that has them everywhere, and whatever is shown of that mail as text."""
    lines = [" ".join(vector.replace("\0", "").split()) for vector in some]
    head = [f"{name}: {line}" for name, line in zip(HEADERS, lines, strict=False)]
    raw = mail(plain("\n".join(some)), *map(html, some), head=head)
    files = tuple(map(file_called, lines))
    entry = await received(
        person.hub.deps, person.account, raw, name=lines[0], text="\n".join(some), subject=lines[-1], media=files
    )
    shown = await person.does("GET", path_of(entry) + "?images=true")
    log = await person.does("GET", f"/threads/{entry.thread}/messages")
    return shown["html"] or "", [*texts_in(shown["headers"]), *texts_in(shown["files"]), *texts_in(log), shown["text"]]


def texts_in(value: Any) -> list[str]:
    """All that is said, however deep."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in texts_in(one)]


async def all_opened(settings: Settings) -> tuple[list[str], list[str]]:
    """All of them, as the hub gives them to a member's screen."""
    async with running_hub(settings) as hub:
        person = await found(hub, "acme")
        shown = [await opened(person, VECTORS[at : at + A_MAIL]) for at in range(0, len(VECTORS), A_MAIL)]
    return [page for page, _ in shown], [text for _, texts in shown for text in texts]


def heard(canary: Canary) -> tuple[set[int], Sequence[str], Sequence[str], Sequence[str]]:
    """All that must not be. Pictures that somebody wants to see are asked for by way of us."""
    strange = [line for line in canary.asked if not line.startswith(f"GET {OURS}{PATH}/")]
    return canary.ran, strange, canary.opened, canary.elsewhere


NOTHING: tuple[set[int], list[str], list[str], list[str]] = (set(), [], [], [])


async def test_no_mail_runs_or_loads_anything_as_it_is_shown(settings: Settings, browser: Browser) -> None:
    pages, texts = await all_opened(settings)

    async with listening_to(browser) as canary:
        await canary.shows(pages, sandbox=SANDBOX)
        await canary.writes(texts)

    assert heard(canary) == NOTHING


async def test_the_sanitizer_alone_would_do(browser: Browser) -> None:
    cleaned = [with_pictures(clean(vector), {}) for vector in VECTORS]

    async with listening_to(browser) as canary:
        await canary.shows(cleaned, sandbox=None)
        await canary.touches()

        assert heard(canary) == NOTHING


async def test_the_frame_alone_lets_nothing_run(browser: Browser) -> None:
    async with listening_to(browser) as canary:
        await canary.shows(VECTORS, sandbox=SANDBOX)

    assert canary.ran == set()


async def test_the_canary_hears_what_nobody_stops(browser: Browser) -> None:
    async with listening_to(browser) as canary:
        await canary.shows(VECTORS, sandbox=UNGUARDED)
        await canary.touches()

        assert await canary.hears_of(LIVE) >= LIVE
