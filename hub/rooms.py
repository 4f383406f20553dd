"""The rooms of the house: what each adds to the whole. A new capability is a new line here."""

from hub.accounts import repository as accounts
from hub.accounts.closing import KINDS as ACCOUNTS_KINDS
from hub.accounts.commands import COMMANDS as ACCOUNTS_COMMANDS
from hub.accounts.leaving import KINDS as LEAVING_KINDS
from hub.accounts.routes import ENDPOINTS as ACCOUNTS_ENDPOINTS
from hub.audit import repository as audit
from hub.audit.commands import COMMANDS as AUDIT_COMMANDS
from hub.audit.routes import ENDPOINTS as AUDIT_ENDPOINTS
from hub.clocks import repository as clocks
from hub.clocks.breaching import KINDS as BREACHING_KINDS
from hub.clocks.keeping import keep
from hub.clocks.routes import ENDPOINTS as CLOCKS_ENDPOINTS
from hub.clocks.surveyed import hear
from hub.clocks.surveying import KINDS as SURVEYING_KINDS
from hub.clocks.surveying import plan
from hub.consent import repository as consent
from hub.consent.ledger import KINDS as CONSENT_KINDS
from hub.consent.routes import ENDPOINTS as CONSENT_ENDPOINTS
from hub.fetching import repository as fetching
from hub.fetching.fetching import KINDS as FETCHING_KINDS
from hub.fetching.planning import plan as plan_fetching
from hub.files import repository as files
from hub.files.following import REACTIONS as FILES_REACTIONS
from hub.files.forgetting import FAREWELLS as FILES_FAREWELLS
from hub.files.forgetting import KINDS as FILES_KINDS
from hub.files.routes import ENDPOINTS as FILES_ENDPOINTS
from hub.house import House, Room
from hub.http import repository as http
from hub.http.routes import ENDPOINTS as HTTP_ENDPOINTS
from hub.inbox import repository as inbox
from hub.inbox.counting import doubt, tally
from hub.inbox.indexing import make_findable
from hub.inbox.recounting import KINDS as INBOX_KINDS
from hub.inbox.routes import ENDPOINTS as INBOX_ENDPOINTS
from hub.intake import repository as intake
from hub.intake.jobs import KINDS as INTAKE_KINDS
from hub.intake.routes import ENDPOINTS as INTAKE_ENDPOINTS
from hub.keys.commands import COMMANDS as KEYS_COMMANDS
from hub.keys.resealing import KINDS as KEYS_KINDS
from hub.lines import repository as lines
from hub.lines.routes import ENDPOINTS as LINES_ENDPOINTS
from hub.logins import repository as logins
from hub.logins.resets import KINDS as LOGINS_KINDS
from hub.mail import repository as mail
from hub.mail.jobs import KINDS as MAIL_KINDS
from hub.mail.models import MAILS
from hub.merging import repository as merging
from hub.merging.guarding import KINDS as GUARDING_KINDS
from hub.merging.routes import ENDPOINTS as MERGING_ENDPOINTS
from hub.merging.settling import KINDS as MERGING_KINDS
from hub.operations import repository as operations
from hub.operations.routes import ENDPOINTS as OPERATIONS_ENDPOINTS
from hub.pages.routes import ENDPOINTS as PAGES_ENDPOINTS
from hub.people import repository as people
from hub.people.duplicates import KINDS as PEOPLE_KINDS
from hub.people.routes import ENDPOINTS as PEOPLE_ENDPOINTS
from hub.replying import repository as replying
from hub.replying.routes import ENDPOINTS as REPLYING_ENDPOINTS
from hub.routing import repository as routing
from hub.routing.reacting import route
from hub.routing.routes import ENDPOINTS as ROUTING_ENDPOINTS
from hub.routing.waiting import KINDS as ROUTING_KINDS
from hub.rules import repository as rules
from hub.rules.routes import ENDPOINTS as RULES_ENDPOINTS
from hub.rules.running import run_rules
from hub.sending import repository as sending
from hub.sending.delivery import KINDS as DELIVERY_KINDS
from hub.sending.routes import ENDPOINTS as SENDING_ENDPOINTS
from hub.sending.scheduled import KINDS as SCHEDULED_KINDS
from hub.sessions import repository as sessions
from hub.sessions.entrance import ENDPOINTS as ENTRANCE_ENDPOINTS
from hub.sessions.my_routes import ENDPOINTS as MY_ENDPOINTS
from hub.sessions.passkey_routes import ENDPOINTS as PASSKEY_ENDPOINTS
from hub.sessions.routes import ENDPOINTS as SESSIONS_ENDPOINTS
from hub.sso import repository as sso
from hub.sso.routes import ENDPOINTS as SSO_ENDPOINTS
from hub.store import sealed
from hub.threads import repository as threads
from hub.threads.answering import give_to_agent
from hub.threads.follow import KINDS as FOLLOW_KINDS
from hub.threads.leaving import let_go, notice
from hub.threads.merging import tell
from hub.threads.routes import ENDPOINTS as THREADS_ENDPOINTS
from hub.threads.silence import KINDS as SILENCE_KINDS
from hub.threads.silence import watch
from hub.threads.waking import KINDS as WAKING_KINDS
from hub.work.commands import COMMANDS as WORK_COMMANDS
from hub.work.routes import ENDPOINTS as WORK_ENDPOINTS

ROOMS = (
    Room(name="store", indexes=sealed.INDEXES),
    Room(
        name="http",
        endpoints=HTTP_ENDPOINTS,
        indexes=http.INDEXES,
        sealed=(http.ANSWERS,),
    ),
    Room(
        name="audit",
        endpoints=AUDIT_ENDPOINTS,
        indexes=audit.INDEXES,
        sealed=(audit.AUDIT,),
        commands=AUDIT_COMMANDS,
    ),
    Room(name="pages", endpoints=PAGES_ENDPOINTS),
    Room(name="operations", endpoints=OPERATIONS_ENDPOINTS, indexes=operations.INDEXES),
    Room(name="logins", kinds=LOGINS_KINDS, indexes=logins.INDEXES, sealed=logins.SEALED),
    Room(
        name="accounts",
        endpoints=ACCOUNTS_ENDPOINTS,
        kinds=(*ACCOUNTS_KINDS, *LEAVING_KINDS),
        indexes=accounts.INDEXES,
        sealed=accounts.SEALED,
        commands=ACCOUNTS_COMMANDS,
    ),
    Room(
        name="sessions",
        endpoints=(*ENTRANCE_ENDPOINTS, *SESSIONS_ENDPOINTS, *MY_ENDPOINTS, *PASSKEY_ENDPOINTS),
        indexes=sessions.INDEXES,
        sealed=(sessions.SESSIONS,),
    ),
    Room(name="sso", endpoints=SSO_ENDPOINTS, indexes=sso.INDEXES, sealed=sso.SEALED),
    Room(name="work", endpoints=WORK_ENDPOINTS, commands=WORK_COMMANDS),
    Room(name="keys", kinds=KEYS_KINDS, commands=KEYS_COMMANDS),
    Room(name="lines", endpoints=LINES_ENDPOINTS, indexes=lines.INDEXES, sealed=lines.SEALED),
    # In front of the threads: whatever is one word behind their path would be the id of one.
    Room(
        name="inbox",
        endpoints=INBOX_ENDPOINTS,
        kinds=INBOX_KINDS,
        indexes=inbox.INDEXES,
        sealed=inbox.SEALED,
        reactions=(make_findable, doubt),
        tallies=(tally,),
    ),
    Room(
        name="threads",
        endpoints=THREADS_ENDPOINTS,
        kinds=(*FOLLOW_KINDS, *WAKING_KINDS, *SILENCE_KINDS),
        indexes=threads.INDEXES,
        sealed=threads.SEALED,
        reactions=(tell, watch, notice, give_to_agent),
        partings=(let_go,),
    ),
    # In front of routing: a score that somebody sends is nobody's work.
    Room(
        name="clocks",
        endpoints=CLOCKS_ENDPOINTS,
        kinds=(*BREACHING_KINDS, *SURVEYING_KINDS),
        indexes=clocks.INDEXES,
        sealed=clocks.SEALED,
        reactions=(keep, plan, hear),
    ),
    Room(
        name="people",
        endpoints=PEOPLE_ENDPOINTS,
        kinds=PEOPLE_KINDS,
        indexes=people.INDEXES,
        sealed=people.SEALED,
    ),
    Room(
        name="files",
        endpoints=FILES_ENDPOINTS,
        kinds=FILES_KINDS,
        indexes=files.INDEXES,
        sealed=files.SEALED,
        reactions=FILES_REACTIONS,
        farewells=FILES_FAREWELLS,
    ),
    Room(
        name="fetching",
        kinds=FETCHING_KINDS,
        indexes=fetching.INDEXES,
        reactions=(plan_fetching,),
    ),
    Room(
        name="replying",
        endpoints=REPLYING_ENDPOINTS,
        indexes=replying.INDEXES,
        sealed=replying.SEALED,
    ),
    Room(
        name="sending",
        endpoints=SENDING_ENDPOINTS,
        kinds=(*DELIVERY_KINDS, *SCHEDULED_KINDS),
        indexes=sending.INDEXES,
        sealed=sending.SEALED,
    ),
    Room(
        name="intake",
        endpoints=INTAKE_ENDPOINTS,
        kinds=INTAKE_KINDS,
        indexes=intake.INDEXES,
        sealed=intake.SEALED,
    ),
    Room(
        name="consent",
        endpoints=CONSENT_ENDPOINTS,
        kinds=CONSENT_KINDS,
        indexes=consent.INDEXES,
        sealed=consent.SEALED,
    ),
    Room(
        name="merging",
        endpoints=MERGING_ENDPOINTS,
        kinds=(*MERGING_KINDS, *GUARDING_KINDS),
        indexes=merging.INDEXES,
        sealed=merging.SEALED,
    ),
    Room(
        name="routing",
        endpoints=ROUTING_ENDPOINTS,
        kinds=ROUTING_KINDS,
        indexes=routing.INDEXES,
        reactions=(route,),
    ),
    # Behind all other rooms that react: a rule sees what they have made of an entry.
    Room(
        name="rules",
        endpoints=RULES_ENDPOINTS,
        indexes=rules.INDEXES,
        sealed=rules.SEALED,
        reactions=(run_rules,),
    ),
    Room(name="mail", kinds=MAIL_KINDS, indexes=mail.INDEXES, sealed=(MAILS,)),
)
HOUSE = House(ROOMS)
