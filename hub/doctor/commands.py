"""`python -m hub doctor`"""

from hub.command import Command, Terminal
from hub.doctor.checks import examine
from hub.doctor.models import Finding, State

SIGNS = {State.OK: "✓", State.NOTE: "·", State.FAIL: "✗"}


async def doctor(terminal: Terminal) -> int:
    """Examine everything; the exit code is 1 when something fails."""
    findings = [finding async for finding in examine(terminal)]
    terminal.answer(findings, "\n".join(map(line, findings)))
    return int(any(finding.state is State.FAIL for finding in findings))


def line(finding: Finding) -> str:
    """For a person."""
    mend = f"\n  → {finding.mend}" if finding.mend else ""
    return f"{SIGNS[finding.state]} {finding.name}: {finding.detail}{mend}"


COMMANDS = (Command(path="doctor", help="examine this installation and say how to mend it", run=doctor, has_json=True),)
