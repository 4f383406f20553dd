"""A device that keeps passkeys, and the browser in front of it, in software: it speaks the wire that browsers speak.

`create` and `get` take the options as the hub serves them, and give what `toJSON()` gives. Whatever a test wants wrong
is an attribute: the origin of the page, the name that is signed for, whether anybody has shown a finger, the count.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import cbor2
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

JSON = dict[str, Any]
PRESENT, VERIFIED, MAY_BE_COPIED, IS_COPIED, HAS_KEY = 0x01, 0x04, 0x08, 0x10, 0x40
ES256, EDDSA, RS256 = -7, -8, -257
NO_MODEL = bytes(16)


class AlreadyHere(Exception):
    """The options exclude a passkey that this device has."""


class NothingHere(Exception):
    """The device has no passkey for this name."""


class Key(Protocol):
    """A key pair of one algorithm."""

    @property
    def cose(self) -> Mapping[int, Any]:
        """The public half, as COSE writes it."""

    def sign(self, data: bytes) -> bytes:
        """By the private half."""


class EllipticKey:
    """ES256."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    @property
    def cose(self) -> Mapping[int, Any]:
        """A point on P-256."""
        point = self._key.public_key().public_numbers()
        return {1: 2, 3: ES256, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}

    def sign(self, data: bytes) -> bytes:
        """In DER."""
        return self._key.sign(data, ec.ECDSA(SHA256()))


class EdwardsKey:
    """EdDSA."""

    def __init__(self) -> None:
        self._key = ed25519.Ed25519PrivateKey.generate()

    @property
    def cose(self) -> Mapping[int, Any]:
        """A point on Ed25519."""
        return {1: 1, 3: EDDSA, -1: 6, -2: self._key.public_key().public_bytes_raw()}

    def sign(self, data: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(data)


class RsaKey:
    """RS256."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @property
    def cose(self) -> Mapping[int, Any]:
        """Modulus and exponent."""
        numbers = self._key.public_key().public_numbers()
        return {1: 3, 3: RS256, -1: numbers.n.to_bytes(256), -2: numbers.e.to_bytes(3)}

    def sign(self, data: bytes) -> bytes:
        """With PKCS #1 v1.5."""
        return self._key.sign(data, padding.PKCS1v15(), SHA256())


KEYS: Mapping[int, type[EllipticKey] | type[EdwardsKey] | type[RsaKey]] = {
    ES256: EllipticKey,
    EDDSA: EdwardsKey,
    RS256: RsaKey,
}


@dataclass
class Resident:
    """A passkey, as the device keeps it."""

    id: bytes
    rp_id: str
    user_handle: bytes
    key: Key
    count: int


class Authenticator:
    """One device with its browser, whose page is open at `origin`."""

    def __init__(self, origin: str, *, algorithm: int | None = None) -> None:
        self.origin = origin
        self.passkeys: list[Resident] = []
        # Which algorithm it can; None takes the first that the options offer.
        self.algorithm = algorithm
        # By how much each use counts on; a passkey that is on many devices does not count.
        self.step = 1
        self.is_verified = True
        self.is_present = True
        self.is_backed_up = False
        # Whether the page stands inside one of somebody else.
        self.is_framed = False
        # For whose name it signs, when that is not the one in the options.
        self.signs_for: str | None = None
        # How it will call its next passkey, when that is not to be a new name.
        self.next_id: bytes | None = None

    def create(self, options: JSON) -> JSON:
        """`navigator.credentials.create`, as JSON."""
        excluded = {unwritten(known["id"]) for known in options["excludeCredentials"]}
        if excluded & {passkey.id for passkey in self.passkeys}:
            raise AlreadyHere
        offered = [offer["alg"] for offer in options["pubKeyCredParams"]]
        key = KEYS[self.algorithm or offered[0]]()
        id = self.next_id or secrets.token_bytes(32)
        passkey = Resident(id, options["rp"]["id"], unwritten(options["user"]["id"]), key, self.step)
        self.passkeys.append(passkey)
        key_part = NO_MODEL + len(passkey.id).to_bytes(2) + passkey.id + cbor2.dumps(dict(key.cose))
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(passkey, HAS_KEY) + key_part}
        response = {
            "clientDataJSON": written(self._said("webauthn.create", options)),
            "attestationObject": written(cbor2.dumps(attestation)),
            "transports": ["internal", "hybrid"],
            # What newer browsers add.
            "publicKeyAlgorithm": key.cose[3],
        }
        return as_credential(passkey, response)

    def get(self, options: JSON) -> JSON:
        """`navigator.credentials.get`, as JSON, by the latest passkey that fits."""
        fitting = [passkey for passkey in self.passkeys if passkey.rp_id == options["rpId"]]
        if not fitting:
            raise NothingHere
        passkey = fitting[-1]
        passkey.count += self.step
        data, said = self._data(passkey), self._said("webauthn.get", options)
        response = {
            "clientDataJSON": written(said),
            "authenticatorData": written(data),
            "signature": written(passkey.key.sign(data + hashlib.sha256(said).digest())),
            "userHandle": written(passkey.user_handle),
        }
        return as_credential(passkey, response)

    def _said(self, type: str, options: JSON) -> bytes:
        said = {"type": type, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": self.is_framed}
        return msgspec.json.encode(said)

    def _data(self, passkey: Resident, flags: int = 0) -> bytes:
        flags |= PRESENT * self.is_present | VERIFIED * self.is_verified
        flags |= (MAY_BE_COPIED | IS_COPIED) * self.is_backed_up
        name = self.signs_for or passkey.rp_id
        return hashlib.sha256(name.encode()).digest() + bytes([flags]) + passkey.count.to_bytes(4)


def as_credential(passkey: Resident, response: JSON) -> JSON:
    """What both give."""
    return {
        "id": written(passkey.id),
        "rawId": written(passkey.id),
        "type": "public-key",
        "authenticatorAttachment": "platform",
        "clientExtensionResults": {},
        "response": response,
    }


def written(data: bytes) -> str:
    """As WebAuthn writes bytes in JSON."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unwritten(text: str) -> bytes:
    """The bytes again."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
