"""Meta's Graph API: how it is asked, and how it says no."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from msgspec.structs import replace

from channels.answers import read, refusal
from channels.base import Access, Failure, HttpAnswer, Out, Refused, Unsure
from channels.meta.failures import FAILURES
from channels.meta.signature import proof
from channels.reading import Fields

URL = "https://graph.facebook.com/v26.0"
# What Meta says where it does not know itself what has happened: it may have taken it.
DOUBTFUL = frozenset({"1", "2", "131000"})
# Anything may be wrong then, mostly with a template.
VAGUE = "100"
LONGEST_WORDS = 300
# All of these say that a permission is missing.
PERMISSIONS = range(200, 300)


async def ask(
    out: Out,
    access: Access,
    method: str,
    *names: str,
    query: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
) -> Fields:
    """What it answers of the thing that these names lead to; raises Refused, Unreachable or Unsure."""
    headers = {"authorization": f"Bearer {access.values.get('access_token', '')}", "content-type": "application/json"}
    content = b"" if body is None else msgspec.json.encode(body)
    return said_in(await out(method, url_of(access, names, query or {}), headers=headers, content=content))


def said_in(answer: HttpAnswer) -> Fields:
    """What it says, if it is a yes; raises Refused or Unsure."""
    said = read(answer)
    if 200 <= answer.status < 300 and said.values and "error" not in said.values:
        return said
    raise trouble(answer, said)


def url_of(access: Access, names: Sequence[str], query: Mapping[str, str]) -> str:
    """An address of the API, with the proof that the app's secret is known. No name can lead elsewhere."""
    secret, token = access.values.get("app_secret", ""), access.values.get("access_token", "")
    asked = {**query, "appsecret_proof": proof(secret, token)} if secret else query
    place = "/".join(quote(name, safe=":=") for name in names)
    return f"{access.values.get('url', '').rstrip('/') or URL}/{place}" + (f"?{urlencode(asked)}" if asked else "")


def trouble(answer: HttpAnswer, said: Fields) -> Refused | Unsure:
    """What an answer means that is no yes. A code that names its reason is a no whatever the status is."""
    error = said.part("error")
    code = code_of(error)
    is_plain = code == "" or code in FAILURES or 400 <= answer.status < 500
    no = refusal(answer, code, FAILURES)
    if code in DOUBTFUL or not is_plain or isinstance(no, Unsure):
        return Unsure(f"an answer of {answer.status} that says neither yes nor no")
    return Refused(in_metas_words(no.failure, error), retry_after=no.retry_after)


def in_metas_words(failure: Failure, error: Fields) -> Failure:
    """Where a code says little, and Meta has written what it means for people to read."""
    words = error.text("error_user_msg")
    return replace(failure, words=f"Meta says: {words[:LONGEST_WORDS]}") if failure.code == VAGUE and words else failure


def code_of(error: Fields) -> str:
    """As the catalogue has it: where Meta means several things by one code, which of them."""
    code, number = error.id("code"), error.number("code")
    if "appsecret_proof" in error.text("message"):
        return "wrong_proof"
    if code == "100" and error.id("error_subcode") == "33":
        return "unknown_object"
    return "10" if number is not None and number in PERMISSIONS else code
