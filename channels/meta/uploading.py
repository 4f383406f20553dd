"""Examples of the files above the words of templates, as Meta takes them (its page "Resumable Upload API"): first one
says what comes, then it comes whole."""

from urllib.parse import parse_qsl

from channels.base import Access, Media, Out, Refused, Unsure
from channels.meta.failures import FAILURES
from channels.meta.graph import ask, said_in, url_of

# The app that the token is of.
APP, UPLOADS = "app", "uploads"
TYPES = ("image/jpeg", "image/png", "video/mp4", "application/pdf")
# The largest file over a slow line.
TIMEOUT_S = 120


async def upload(out: Out, access: Access, file: Media) -> str:
    """What Meta calls it from then on; raises Refused or Unreachable."""
    if file.type not in TYPES:
        raise Refused(FAILURES["unknown_type"])
    about = {"file_name": file.name, "file_length": str(len(file.content)), "file_type": file.type}
    try:
        begun = await ask(out, access, "POST", APP, UPLOADS, query=about)
        return await sent(out, access, begun.text("id"), file.content)
    except Unsure as error:
        # Whatever has become of it, there is no draft that names it.
        raise Refused(FAILURES["not_uploaded"]) from error


async def sent(out: Out, access: Access, session: str, content: bytes) -> str:
    """The bytes of it. What the session is called has its signature behind a question mark."""
    name, _, signed = session.partition("?")
    if not name.startswith("upload:"):
        raise Unsure("a yes that names no session")
    # Here Meta takes the token under another word, and the place to begin at as a header alone.
    headers = {"authorization": f"OAuth {access.values.get('access_token', '')}", "file_offset": "0"}
    url = url_of(access, [name], dict(parse_qsl(signed)))
    taken = said_in(await out("POST", url, headers=headers, content=content, timeout_s=TIMEOUT_S))
    if not taken.text("h"):
        raise Unsure("a yes that names no file")
    return taken.text("h")
