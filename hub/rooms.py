"""The rooms of the house, in the order in which they are asked. A new capability is a new line here."""

from hub.accounts.room import ROOM as ACCOUNTS
from hub.attending.room import ROOM as ATTENDING
from hub.audit.room import ROOM as AUDIT
from hub.clocks.room import ROOM as CLOCKS
from hub.connecting.room import ROOM as CONNECTING
from hub.consent.room import ROOM as CONSENT
from hub.correspondence.room import ROOM as CORRESPONDENCE
from hub.drafting.room import ROOM as DRAFTING
from hub.fetching.room import ROOM as FETCHING
from hub.files.room import ROOM as FILES
from hub.house import House
from hub.http.room import ROOM as HTTP
from hub.inbox.room import ROOM as INBOX
from hub.intake.room import ROOM as INTAKE
from hub.keys.room import ROOM as KEYS
from hub.letterheads.room import ROOM as LETTERHEADS
from hub.lines.room import ROOM as LINES
from hub.logins.room import ROOM as LOGINS
from hub.mail.room import ROOM as MAIL
from hub.merging.room import ROOM as MERGING
from hub.minds.room import ROOM as MINDS
from hub.notices.room import ROOM as NOTICES
from hub.operations.room import ROOM as OPERATIONS
from hub.originals.room import ROOM as ORIGINALS
from hub.pages.room import ROOM as PAGES
from hub.people.room import ROOM as PEOPLE
from hub.postbox.room import ROOM as POSTBOX
from hub.presence.room import ROOM as PRESENCE
from hub.push.room import ROOM as PUSH
from hub.replying.room import ROOM as REPLYING
from hub.routing.room import ROOM as ROUTING
from hub.rules.room import ROOM as RULES
from hub.sending.room import ROOM as SENDING
from hub.sessions.room import ROOM as SESSIONS
from hub.sockets.room import ROOM as SOCKETS
from hub.sso.room import ROOM as SSO
from hub.store.room import ROOM as STORE
from hub.templates.room import ROOM as TEMPLATES
from hub.threads.room import ROOM as THREADS
from hub.transcribing.room import ROOM as TRANSCRIBING
from hub.unsubscribing.room import ROOM as UNSUBSCRIBING
from hub.visiting.room import ROOM as VISITING
from hub.work.room import ROOM as WORK

ROOMS = (
    STORE,
    HTTP,
    AUDIT,
    PAGES,
    OPERATIONS,
    LOGINS,
    ACCOUNTS,
    SESSIONS,
    SSO,
    SOCKETS,
    WORK,
    KEYS,
    LINES,
    # In front of the threads: whatever is one word behind their path would be the id of one.
    INBOX,
    THREADS,
    PRESENCE,
    DRAFTING,
    # In front of routing: a score that somebody sends is nobody's work.
    CLOCKS,
    PEOPLE,
    FILES,
    FETCHING,
    MINDS,
    TRANSCRIBING,
    ORIGINALS,
    REPLYING,
    CORRESPONDENCE,
    UNSUBSCRIBING,
    LETTERHEADS,
    TEMPLATES,
    SENDING,
    CONNECTING,
    ATTENDING,
    INTAKE,
    POSTBOX,
    CONSENT,
    MERGING,
    ROUTING,
    # Behind all other rooms that react: a rule sees what they have made of an entry.
    RULES,
    # Behind the rules: what a rule has given to somebody waits for nobody else.
    NOTICES,
    VISITING,
    MAIL,
    PUSH,
)
HOUSE = House(ROOMS)
