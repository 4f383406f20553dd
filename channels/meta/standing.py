"""How Meta's templates stand, in our words."""

from collections.abc import Mapping

from channels.base import TemplateState

# As they are listed, and as webhooks tell of them.
STATES: Mapping[str, TemplateState] = {
    "APPROVED": TemplateState.APPROVED,
    "REINSTATED": TemplateState.APPROVED,
    "UNARCHIVED": TemplateState.APPROVED,
    "PENDING": TemplateState.SUBMITTED,
    "IN_APPEAL": TemplateState.SUBMITTED,
    "REJECTED": TemplateState.REJECTED,
    "LIMIT_EXCEEDED": TemplateState.REJECTED,
    "PAUSED": TemplateState.PAUSED,
    "ARCHIVED": TemplateState.PAUSED,
    "DISABLED": TemplateState.DISABLED,
    "PENDING_DELETION": TemplateState.DELETED,
    "DELETED": TemplateState.DELETED,
}
# Why one was rejected; Meta has no more words for it than these.
REASONS: Mapping[str, str] = {
    "ABUSIVE_CONTENT": "Meta finds it abusive.",
    "INCORRECT_CATEGORY": "It belongs to another category.",
    "INVALID_FORMAT": "Its blanks, or something of its form, are not as Meta wants them.",
    "PROMOTIONAL": "It advertises, and its category is not marketing.",
    "SCAM": "Meta takes it for a fraud.",
    "TAG_CONTENT_MISMATCH": "Its language or its category does not fit what it says.",
}
NO_REASON = "NONE"
QUALITIES = ("green", "yellow", "red")


def quality_of(score: str) -> str:
    """In a word; of most templates Meta does not know it."""
    return score.lower() if score.lower() in QUALITIES else ""


def reason_of(code: str) -> str:
    """In words, as far as there are any; empty for none."""
    return "" if code == NO_REASON else REASONS.get(code, code)
