"""What the signatures of several providers have in common."""

from datetime import UTC, datetime

from channels.failing import BadSignature


def moment(time: str) -> datetime:
    """When something was signed, in seconds since 1970; or BadSignature."""
    # Ten digits reach to the year 2286.
    if not (time.isascii() and time.isdigit() and len(time) <= 10):
        raise BadSignature("malformed")
    return datetime.fromtimestamp(int(time), UTC)
