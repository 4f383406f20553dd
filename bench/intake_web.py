"""The web process with one more address, which answers a webhook as the real one does and goes on with nothing: so the
answer can be measured without what comes after it. python -m bench.intake_web PORT"""

import os
import sys
from typing import Any

import uvloop

from hub import logs
from hub.access import Permission
from hub.app import create_app
from hub.command import say
from hub.house import Room
from hub.http.endpoint import Call, Endpoint
from hub.intake import ledger, webhooks
from hub.intake.routes import BODY_BYTES, WEBHOOKS
from hub.intake.shapes import AsItCame
from hub.rooms import ROOMS
from hub.running.web import listen, server_of
from hub.settings import Settings, load


async def take_event(call: Call[bytes, Any]) -> None:
    """As hub/intake/routes.py does it, up to the answer."""
    line = await webhooks.get_webhook_line(call.deps, call.path["line_id"], call.act.address)
    await ledger.take(call.deps, line, webhooks.hook_of(call.deps, line, call.request, call.body))


TAKING = Endpoint(
    method="POST", path="/taken/{line_id}", handler=take_event, permission=Permission.PUBLIC, tag=WEBHOOKS,
    query=AsItCame, rate=None, body=bytes, body_bytes=BODY_BYTES, recorded_in="the intake ledger",
    summary="Take an event and leave it",
)  # fmt: skip


async def serve(settings: Settings, port: int) -> None:
    """As hub/running/web.py does it."""
    with listen("127.0.0.1", port) as sock:
        app = create_app(settings, rooms=(*ROOMS, Room(name="bench", endpoints=(TAKING,))), report=say)
        async with app.router.lifespan_context(app):
            await server_of(app, settings).serve(sockets=[sock])


if __name__ == "__main__":
    settings = load(os.environ)
    logs.configure(settings)
    uvloop.run(serve(settings, int(sys.argv[1])))
