"""As which name browsers know an installation."""

import pytest

from hub.logins.relying_party import PasskeysNeedAName, relying_party

KNOWN = {
    "http://127.0.0.1:8000": ("localhost", "http://localhost:8000"),
    "http://127.0.0.2:8000": ("localhost", "http://localhost:8000"),
    "http://[::1]:8000": ("localhost", "http://localhost:8000"),
    "http://localhost:8000": ("localhost", "http://localhost:8000"),
    "http://localhost": ("localhost", "http://localhost"),
    "https://parley.example.com": ("parley.example.com", "https://parley.example.com"),
    "https://parley.example.com:443": ("parley.example.com", "https://parley.example.com"),
    "https://parley.example.com:8443": ("parley.example.com", "https://parley.example.com:8443"),
    "http://parley.example.com:443": ("parley.example.com", "http://parley.example.com:443"),
    "https://Parley.Example.COM/inbox": ("parley.example.com", "https://parley.example.com"),
    "https://gespräch.example": ("xn--gesprch-9wa.example", "https://xn--gesprch-9wa.example"),
    "https://xn--gesprch-9wa.example": ("xn--gesprch-9wa.example", "https://xn--gesprch-9wa.example"),
}
NUMBERS = (
    "http://192.0.2.7",
    "https://192.0.2.7:8443",
    "https://[2001:db8::7]",
    "http://0.0.0.0:8000",
    "http://:8000",
    "https://a..example.com",
)


@pytest.mark.parametrize(("url", "party"), KNOWN.items())
def test_a_name_is_written_as_browsers_write_it(url: str, party: tuple[str, str]) -> None:
    assert relying_party(url) == party


@pytest.mark.parametrize("url", NUMBERS)
def test_what_has_no_name_has_no_passkeys(url: str) -> None:
    with pytest.raises(PasskeysNeedAName, match="PARLEY_PUBLIC_URL"):
        relying_party(url)
