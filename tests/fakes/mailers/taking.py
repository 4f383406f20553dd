"""How a provider of e-mail takes a mail, or does not, as its mood is."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from tests.fakes.mailers.provider import Mailer, Sent
from tests.fakes.serving import HungUp


async def take(mailer: Mailer, request: Request) -> Response:
    """Take it, and say so, or not."""
    moods, body = mailer.moods, await request.body()
    if moods.take("vanish", ""):
        return HungUp()
    if moods.take("down", ""):
        return Response(b"<html>Bad Gateway</html>", 502)
    if mood := moods.take("refuse", ""):
        return mailer.no(mood.code, mood.wait_s)
    if mood := moods.take("limit", ""):
        return mailer.no("rate_limited", mood.wait_s)
    try:
        sent = mailer.read(body, request.headers.get("content-type", ""))
    except ValueError as error:
        return mailer.no(str(error))
    mailer.sent.append(sent)
    return await answer(mailer, sent)


async def answer(mailer: Mailer, sent: Sent) -> Response:
    """What it says of a mail that it has taken."""
    if mailer.moods.take("early", ""):
        await mailer.report(sent, *mailer.follows)
    else:
        mailer.start(mailer.report(sent, *mailer.follows))
    if mood := mailer.moods.take("slow", ""):
        await asyncio.sleep(mood.wait_s)
    if mailer.moods.take("hang_up", ""):
        return HungUp()
    if mailer.moods.take("nonsense", ""):
        return Response(b"<html>all is well</html>", 200)
    return mailer.yes(sent)
