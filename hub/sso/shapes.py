"""What the API takes and shows of identity providers and domains."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from hub.accounts.shapes import Address, Id
from hub.http.endpoint import Input, Output
from hub.sso.models import Mode


class SsoWanted(Input, frozen=True):
    """An identity provider, and how Parley is registered there. A secret that is left out stays as it is, as long as
    the issuer and the client id do; without any, Parley is a public client."""

    issuer: Annotated[str, Meta(min_length=1, max_length=500)]
    client_id: Annotated[str, Meta(min_length=1, max_length=500)]
    mode: Mode
    client_secret: Annotated[str, Meta(max_length=2000)] | None = None
    default_role: Id = "viewer"


class SsoShown(Output, frozen=True):
    """The account's identity provider, without the secret. The redirect URI is what the provider must know."""

    mode: Mode
    redirect_uri: str
    issuer: str | None = None
    client_id: str | None = None
    has_secret: bool = False
    default_role: str | None = None
    changed_at: datetime | None = None


class DomainWanted(Input, frozen=True):
    """A domain of the account's own."""

    domain: Annotated[str, Meta(min_length=1, max_length=300)]


class DomainRecord(Output, frozen=True):
    """What proves the domain, as it is entered where the domain's names are kept. Leave it there."""

    type: str
    name: str
    content: str


class DomainShown(Output, frozen=True):
    """A domain, the record that proves it, and since when it is proved."""

    id: str
    domain: str
    record: DomainRecord
    made_at: datetime
    proved_at: datetime | None


class DomainList(Output, frozen=True):
    """All of the account's."""

    items: list[DomainShown]


class SsoWay(Input, frozen=True):
    """Where to sign in: to this account, or to the one that this address's domain belongs to."""

    account_id: Id | None = None
    email: Address | None = None


class SsoBegun(Output, frozen=True):
    """Where the browser goes to sign in."""

    authorization_url: str


# Providers add words of their own, and a client must ignore them (RFC 6749, section 4.1.2).
class SsoBrought(Input, frozen=True, forbid_unknown_fields=False):
    """What the provider has sent the browser back with."""

    state: Annotated[str, Meta(max_length=200)] = ""
    code: Annotated[str, Meta(max_length=8000)] = ""
    iss: Annotated[str, Meta(max_length=2000)] = ""
    error: Annotated[str, Meta(max_length=200)] = ""
