"""The web process with some more questions that its sockets may ask: so it can be told how much to say to whom.
Everything around them is as it always is. python -m bench.live_web PORT"""

import gc
import os
import sys

import uvloop

from hub import logs
from hub.access import Permission
from hub.app import create_app
from hub.audiences import ALL, Audience, of_thread
from hub.bus import Event
from hub.command import say
from hub.house import Room
from hub.http.endpoint import Input
from hub.rooms import ROOMS
from hub.running.web import listen, server_of
from hub.settings import Settings, load
from hub.sockets.ask import Ask, Question


class Told(Event, frozen=True):
    """Something of a conversation."""

    text: str


class Join(Input, frozen=True):
    """Conversations to be told of."""

    rooms: list[str]


class Tell(Input, frozen=True):
    """An event about each of these conversations, which may be named several times."""

    rooms: list[str]
    text: str


def audiences_of(account: str, room: str) -> set[Audience]:
    """As tellers do it: whoever sees all conversations, and whoever's lead it is, who is not there."""
    return of_thread(account, room, [ALL, "member:nobody"])


async def join(question: Question[Join]) -> None:
    """As if it had them open, and saw them because it sees all."""
    for room in question.body.rooms:
        question.connection.watch(room, of_thread(question.caller.account, room, [ALL]))


async def tell(question: Question[Tell]) -> None:
    """By the bus."""
    asked, account = question.body, question.caller.account
    for number, room in enumerate(asked.rooms):
        event = Told(account=account, thread=room, rev=number, text=asked.text)
        await question.deps.bus.publish(event, audiences_of(account, room))


async def tidy(_: Question[Input]) -> None:
    """Leave no garbage lying about."""
    gc.collect()


MAY = Permission.THREADS_VIEW
ASKS = (
    Ask(namespace="/inbox", name="join", handler=join, permission=MAY, body=Join, summary="Be told"),
    Ask(namespace="/inbox", name="tell", handler=tell, permission=MAY, body=Tell, summary="Tell"),
    Ask(namespace="/inbox", name="tidy", handler=tidy, permission=MAY, summary="Collect garbage"),
)


async def serve(settings: Settings, port: int) -> None:
    """As hub/running/web.py does it."""
    with listen("127.0.0.1", port) as sock:
        app = create_app(settings, rooms=(*ROOMS, Room(name="bench", asks=ASKS)), report=say)
        async with app.router.lifespan_context(app):
            await server_of(app, settings).serve(sockets=[sock])


if __name__ == "__main__":
    settings = load(os.environ)
    logs.configure(settings)
    uvloop.run(serve(settings, int(sys.argv[1])))
