"""Letters that wait to be sent."""

import msgspec

from hub.mail.models import MAILS, PLACE, Addressed, Letter
from tests.hubs import Hub


async def letters_to(hub: Hub, email: str) -> list[Letter]:
    """Those to this address, in the order of their writing."""
    found = await hub.deps.mongo[MAILS].find({}, sort=[("_id", 1)], limit=100)
    opened = [await hub.deps.sealer.unseal(one["account"], PLACE, one["letter"]) for one in found]
    addressed = [msgspec.json.decode(plain, type=Addressed) for plain in opened]
    return [one.letter for one in addressed if one.to == email]
