"""Passkeys as they come from browsers, and as they are shown."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from hub.accounts.shapes import Id, Name, Password, Token
from hub.http.endpoint import Input, Output

# More than any device sends; a credential's id alone may have 1023 bytes.
MOST_LETTERS = 16_000
MOST_OF_ID = 1_400
BASE64 = r"^[A-Za-z0-9_-]+$"

Bytes = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_LETTERS, pattern=BASE64)]
CredentialId = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_OF_ID, pattern=BASE64)]
Transport = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class FromBrowser(msgspec.Struct, frozen=True, kw_only=True):
    """Part of what a browser's `toJSON` gives. Browsers add to it with time: what is not known here is passed over."""


class NewCredentialResponse(FromBrowser, frozen=True):
    """What the device has answered to the options for a new passkey."""

    client_data: Bytes = msgspec.field(name="clientDataJSON")
    attestation: Bytes = msgspec.field(name="attestationObject")
    transports: Annotated[list[Transport], msgspec.Meta(max_length=20)] = []


class NewCredential(FromBrowser, frozen=True):
    """A passkey that was just made: `toJSON()` of what `navigator.credentials.create` gives."""

    id: CredentialId
    raw_id: CredentialId = msgspec.field(name="rawId")
    type: Literal["public-key"]
    response: NewCredentialResponse


class ShownCredentialResponse(FromBrowser, frozen=True):
    """What the device has signed."""

    client_data: Bytes = msgspec.field(name="clientDataJSON")
    authenticator_data: Bytes = msgspec.field(name="authenticatorData")
    signature: Bytes
    user_handle: Bytes = msgspec.field(name="userHandle")


class ShownCredential(FromBrowser, frozen=True):
    """A passkey that is shown: `toJSON()` of what `navigator.credentials.get` gives."""

    id: CredentialId
    raw_id: CredentialId = msgspec.field(name="rawId")
    type: Literal["public-key"]
    response: ShownCredentialResponse


class PasskeyWanted(Input, frozen=True):
    """The present password, where the login has one."""

    password: Password | None = None


class PasskeyBegun(Output, frozen=True):
    """What the browser is asked: `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`
    reads the options. It answers only on a page that is open at `origin`. The ticket is good once, for five minutes."""

    ticket: str
    origin: str
    options: dict[str, Any]


class NewPasskey(Input, frozen=True):
    """The ticket, what to call the passkey, and what the browser has given."""

    ticket: Token
    name: Name
    credential: NewCredential


class PasskeyChange(Input, frozen=True):
    """What to call it."""

    name: Name


class PasskeyShown(Output, frozen=True):
    """A passkey. One that `is_backed_up` is on all devices of its owner; one that `is_locked` opens nothing any more,
    because its device has counted backwards."""

    id: str
    name: str
    transports: list[str]
    is_backed_up: bool
    is_locked: bool
    made_at: datetime
    used_at: datetime | None


class PasskeyList(Output, frozen=True):
    """All passkeys of the login."""

    items: list[PasskeyShown]


class PasskeySignIn(Input, frozen=True):
    """The ticket, and what the browser has given; `account_id` says where to, when there are several."""

    ticket: Token
    credential: ShownCredential
    account_id: Id | None = None
