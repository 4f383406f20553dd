"""What can go wrong with a model, in plain words."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class Fault(StrEnum):
    """Why a model has not done what it was asked for."""

    # Somebody must enter something else, or pay.
    KEY = "wrong_key"
    CREDIT = "no_credit"
    MODEL = "unknown_model"
    ADDRESS = "address"
    # It passes by itself.
    BUSY = "busy"
    AWAY = "away"
    BROKEN = "broken"
    # It is about what was sent, and stays.
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


WORDS: Mapping[Fault, str] = {
    Fault.KEY: "The endpoint does not accept the key, or does not allow it to use this model.",
    Fault.CREDIT: "The account at the model's provider has no credit left, or has reached its limit.",
    Fault.MODEL: "The endpoint knows no model of this name, or is not at this URL.",
    Fault.ADDRESS: "Parley does not contact this URL: its address is no public one, or its port is not one for this.",
    Fault.BUSY: "The endpoint is asked more often than it allows.",
    Fault.AWAY: "The endpoint was not reached, or did not answer in time.",
    Fault.BROKEN: "The endpoint failed, or its answer makes no sense.",
    Fault.TOO_LARGE: "What was sent is larger than the endpoint takes.",
    Fault.UNREADABLE: "The endpoint cannot read what was sent.",
}
OF_WHAT_WAS_SENT = frozenset({Fault.TOO_LARGE, Fault.UNREADABLE})


class ModelFailed(Exception):
    """The model has not done it. `retry_after` is how long the endpoint wants to be left alone."""

    def __init__(self, fault: Fault, retry_after: timedelta | None = None) -> None:
        super().__init__(WORDS[fault])
        self.fault = fault
        self.retry_after = retry_after

    @property
    def words(self) -> str:
        """For people."""
        return WORDS[self.fault]

    @property
    def is_about_input(self) -> bool:
        """Whether the same would fail again, however often it is sent, and another may do well."""
        return self.fault in OF_WHAT_WAS_SENT
