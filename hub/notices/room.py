"""What this room adds to the whole."""

from hub.house import Room
from hub.notices import repository
from hub.notices.clearing import clear_marked
from hub.notices.errands import KINDS as NOTICES_KINDS
from hub.notices.events import NoticeChanged, NoticesRead
from hub.notices.leaving import forget
from hub.notices.noticing import notice_entry, notice_failed
from hub.notices.numbers import KINDS as NUMBERS_KINDS
from hub.notices.routes import ENDPOINTS
from hub.notices.sockets import ASKS
from hub.notices.telling import TELLERS

ROOM = Room(
    name="notices",
    endpoints=ENDPOINTS,
    kinds=(*NOTICES_KINDS, *NUMBERS_KINDS),
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
    reactions=(notice_entry,),
    tallies=(clear_marked,),
    setbacks=(notice_failed,),
    partings=(forget,),
    asks=ASKS,
    events=(NoticeChanged, NoticesRead),
    tellers=TELLERS,
)
