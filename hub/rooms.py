"""The rooms of the house: what each adds to the whole. A new capability is a new line here."""

from hub.accounts import repository as accounts
from hub.accounts.closing import KINDS as ACCOUNTS_KINDS
from hub.accounts.commands import COMMANDS as ACCOUNTS_COMMANDS
from hub.accounts.routes import ENDPOINTS as ACCOUNTS_ENDPOINTS
from hub.audit import repository as audit
from hub.audit.commands import COMMANDS as AUDIT_COMMANDS
from hub.audit.routes import ENDPOINTS as AUDIT_ENDPOINTS
from hub.house import House, Room
from hub.http import repository as http
from hub.http.routes import ENDPOINTS as HTTP_ENDPOINTS
from hub.keys.commands import COMMANDS as KEYS_COMMANDS
from hub.keys.resealing import KINDS as KEYS_KINDS
from hub.logins import repository as logins
from hub.logins.resets import KINDS as LOGINS_KINDS
from hub.mail import repository as mail
from hub.mail.jobs import KINDS as MAIL_KINDS
from hub.mail.models import MAILS
from hub.operations import repository as operations
from hub.operations.routes import ENDPOINTS as OPERATIONS_ENDPOINTS
from hub.pages.routes import ENDPOINTS as PAGES_ENDPOINTS
from hub.sessions import repository as sessions
from hub.sessions.entrance import ENDPOINTS as ENTRANCE_ENDPOINTS
from hub.sessions.my_routes import ENDPOINTS as MY_ENDPOINTS
from hub.sessions.passkey_routes import ENDPOINTS as PASSKEY_ENDPOINTS
from hub.sessions.routes import ENDPOINTS as SESSIONS_ENDPOINTS
from hub.sso import repository as sso
from hub.sso.routes import ENDPOINTS as SSO_ENDPOINTS
from hub.store import sealed
from hub.threads import repository as threads
from hub.threads.follow import KINDS as FOLLOW_KINDS
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
        kinds=ACCOUNTS_KINDS,
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
    Room(name="threads", kinds=FOLLOW_KINDS, indexes=threads.INDEXES, sealed=threads.SEALED),
    Room(name="mail", kinds=MAIL_KINDS, indexes=mail.INDEXES, sealed=(MAILS,)),
)
HOUSE = House(ROOMS)
