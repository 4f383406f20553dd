"""What the doctor finds."""

from enum import StrEnum

from hub.http.endpoint import Output


class State(StrEnum):
    """`note`: well as it is, and worth knowing."""

    OK = "ok"
    NOTE = "note"
    FAIL = "fail"


class Finding(Output, frozen=True):
    """One thing that was examined, and the way on when it is not well."""

    name: str
    state: State
    detail: str
    mend: str = ""


def well(name: str, detail: str) -> Finding:
    """Nothing to do."""
    return Finding(name=name, state=State.OK, detail=detail)


def note(name: str, detail: str, mend: str) -> Finding:
    """Nothing must be done."""
    return Finding(name=name, state=State.NOTE, detail=detail, mend=mend)


def failed(name: str, detail: str, mend: str) -> Finding:
    """This must be mended."""
    return Finding(name=name, state=State.FAIL, detail=detail, mend=mend)
