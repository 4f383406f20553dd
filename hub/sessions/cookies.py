"""The cookies of a browser that is signed in. Scripts cannot read them, and no page of others makes them be sent."""

from starlette.requests import Request

from hub.deps import Deps
from hub.sessions.errors import ForeignPage, SignedOut

REFRESH, DEVICE = "parley_refresh", "parley_device"
PATH = "/api/v1/session"
# Wherever tries are counted for a known browser: that is wherever a password is given, or asked for anew.
DEVICE_PATH = "/api/v1"
DEVICE_S = 365 * 24 * 3600


def set_cookie(deps: Deps, name: str, value: str, lasts_s: int, *, path: str = PATH, same_site: str = "Strict") -> str:
    """The header's value; an empty cookie that lasts no time is how one is taken away."""
    secure = "; Secure" if deps.settings.base_url.startswith("https://") else ""
    return f"{name}={value}; Max-Age={lasts_s}; Path={path}; HttpOnly; SameSite={same_site}{secure}"


def clear_cookie(deps: Deps, name: str) -> str:
    """Take it away."""
    return set_cookie(deps, name, "", 0)


def refresh_cookie(request: Request) -> str:
    """The refresh token, if a page of ours, or a program, has sent it."""
    # SameSite lets other names of the same site through; browsers say more exactly where a request comes from.
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForeignPage("This can be asked only by Parley's own pages.")
    token = request.cookies.get(REFRESH)
    if not token:
        raise SignedOut("You are signed out: sign in again.")
    return token
