"""What can go wrong with the audit log."""

from hub.errors import NotFound, Unavailable

RETRY_AFTER_S = 1


class LogBusy(Unavailable):
    """So many others write to this log that our entry found no place."""

    code = "audit_busy"

    def __init__(self) -> None:
        super().__init__("Too many others write to the audit log of this account.", retry_after_s=RETRY_AFTER_S)


class NoAuditLog(NotFound):
    """Nothing was ever written down for an account of this id."""

    code = "no_audit_log"
