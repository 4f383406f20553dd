"""The logo of an account: a small picture that goes along with each of its mails, so that every mail program shows it
without asking, and nobody learns by it that a mail was opened."""

from base64 import b64encode
from collections.abc import Mapping

from channels.base import Pictured
from hub.access import Permission
from hub.act import Act
from hub.deps import Deps
from hub.files.access import mark_of, reaches_keeper
from hub.files.actions import get_file, missing, read
from hub.files.models import File
from hub.letterheads import repository
from hub.letterheads.errors import NotALogo
from hub.letterheads.models import LOGO_PLACE, KeptLogo, Logo
from hub.letterheads.shapes import LogoShown
from hub.letterheads.writing import Drawn

# It is sent with every mail.
MOST_BYTES = 100_000
# What mail programs show; few know WebP.
TYPES: Mapping[str, str] = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
# As large as it is seen at most. A larger one is sharp on fine screens.
WIDEST, HIGHEST = 240, 64
# By which the HTML names it (RFC 2392).
ID = "logo@parley"


async def logo_of(deps: Deps, account: str) -> Logo | None:
    """What stands above the words of its mails, if anything does."""
    found = await repository.find_logo(deps.mongo, account)
    if found is None:
        return None
    content = await deps.sealer.unseal(account, LOGO_PLACE, found.content)
    return Logo(type=found.type, width=found.width, height=found.height, content=content)


async def set_logo(act: Act, file_id: str) -> LogoShown:
    """From the next mail on. It is copied: the file may go."""
    deps, account = act.deps, act.account
    file = await uploaded(act, file_id)
    act.note.target, act.note.before = {"account": account, "file": file_id}, await measures_of(deps, account)
    await put(deps, account, checked(file, await read(deps, file)))
    act.note.after = await measures_of(deps, account)
    return shown(await logo_of(deps, account))


async def uploaded(act: Act, id: str) -> File:
    """One that no message has, of the caller's own or of somebody whose files they may send: what is in a conversation
    is for those who may read that."""
    file = await get_file(act.deps, act.account, id)
    return file if file.thread is None and await is_within_reach(act, file) else missing(id)


async def is_within_reach(act: Act, file: File) -> bool:
    """Whether the caller has brought it, or may send it."""
    if file.by == mark_of(act.caller):
        return True
    sends = Permission.THREADS_REPLY
    return sends in act.caller.grants and await reaches_keeper(act.deps, act.caller, file, sends)


async def remove_logo(act: Act) -> LogoShown:
    """From the next mail on there is none."""
    act.note.target, act.note.before = {"account": act.account}, await measures_of(act.deps, act.account)
    await repository.remove_logo(act.deps.mongo, act.account)
    return shown(None)


def checked(file: File, content: bytes) -> Logo:
    """The file as a logo, or NotALogo."""
    if file.picture is None or file.type not in TYPES:
        raise NotALogo("A logo is a picture: PNG, JPEG or GIF.", reason="type", types=[*TYPES])
    if len(content) > MOST_BYTES:
        raise NotALogo(f"A logo may have {MOST_BYTES} bytes at most.", reason="too_large", most_bytes=MOST_BYTES)
    return Logo(type=file.type, width=file.picture.width, height=file.picture.height, content=content)


async def put(deps: Deps, account: str, logo: Logo) -> None:
    """In the place of the one before."""
    content = (await deps.sealer.keyring(account)).seal(LOGO_PLACE, logo.content)
    kept = KeptLogo(id=account, account=account, type=logo.type, width=logo.width, height=logo.height, content=content)
    await repository.put_logo(deps.mongo, kept)


async def measures_of(deps: Deps, account: str) -> Mapping[str, object] | None:
    """What a log says of it."""
    logo = await logo_of(deps, account)
    return {"type": logo.type, "width": logo.width, "height": logo.height, "size": len(logo.content)} if logo else None


def shown(logo: Logo | None) -> LogoShown:
    """As the API shows it."""
    if logo is None:
        return LogoShown(url=None, width=0, height=0)
    placed = drawn(logo, as_url(logo), alt="")
    return LogoShown(url=placed.src, width=placed.width, height=placed.height)


def drawn(logo: Logo, src: str, *, alt: str) -> Drawn:
    """Where it stands, as large as there is room for it, and never larger than it is."""
    scale = min(WIDEST / logo.width, HIGHEST / logo.height, 1)
    return Drawn(src=src, width=max(round(logo.width * scale), 1), height=max(round(logo.height * scale), 1), alt=alt)


def as_url(logo: Logo) -> str:
    """The picture itself, as an address."""
    return f"data:{logo.type};base64,{b64encode(logo.content).decode()}"


def along(logo: Logo) -> Pictured:
    """As it goes with a mail."""
    return Pictured(id=ID, type=logo.type, name=f"logo.{TYPES[logo.type]}", content=logo.content)
