"""R7: nothing goes past an opt-out, a closed window, quiet hours, a missing consent or the cap: random histories, with
clocks being changed in the middle, against a checker that knows nothing of the gate."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.base import Capabilities, Content, Medium, TemplateUse
from hub.consent import ledger
from hub.people.models import Basis, ConsentState
from hub.sending.errors import SendRefused
from hub.sending.gate import decide
from hub.sending.models import Facts, Quiet
from hub.sending.quiet import hours_outside
from tests.clock import MORNING
from tests.hub.sending.scene import AGENT, Scene

DAY = timedelta(hours=24)
BERLIN = ZoneInfo("Europe/Berlin")
WELCOME = TemplateUse(name="welcome", language="en")


@dataclass
class History:
    """What has happened, as somebody would write it down who stands beside."""

    opted: dict[Medium, list[tuple[datetime, bool]]] = field(default_factory=dict)
    heard: list[tuple[datetime, Medium]] = field(default_factory=list)
    automated: list[datetime] = field(default_factory=list)

    def wants(self, medium: Medium) -> bool | None:
        """Their last word on a channel."""
        said = self.opted.get(medium)
        return said[-1][1] if said else None

    def has_written(self, medium: Medium) -> bool:
        """Ever."""
        return any(one is medium for _, one in self.heard)

    def is_open(self, medium: Medium, now: datetime) -> bool:
        """Whether free text may go by WhatsApp."""
        return any(one is medium and now < at + DAY for at, one in self.heard)

    def faults(self, medium: Medium, now: datetime, *, is_automated: bool, is_template: bool) -> list[str]:
        """What is wrong about sending this now."""
        local = now.astimezone(BERLIN).hour
        last = max((at for at, _ in self.heard), default=None)
        unanswered = [at for at in self.automated if at > now - DAY and (last is None or at > last)]
        is_whatsapp = medium is Medium.WHATSAPP
        found = {
            "they want nothing": self.wants(medium) is False,
            "they never agreed": is_whatsapp and not self.has_written(medium) and not self.wants(medium),
            "the window is closed": is_whatsapp and not is_template and not self.is_open(medium, now),
            "it is night": is_automated and (local >= 21 or local < 8),
            "they are left in peace": is_automated and len(unanswered) >= 3,
        }
        return [fault for fault, is_so in found.items() if is_so]


@pytest.mark.parametrize("seed", range(4))
async def test_a_random_history_sends_nothing_that_it_forbids_and_everything_else(scene: Scene, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    history = History(heard=[(scene.clock.now(), Medium.SMS)])
    whatsapp = await scene.connect("sandbox_whatsapp")
    scene.sandbox.add_template("welcome", "en", "Welcome")
    await scene.clock.advance(days=26 if seed % 2 else 235, hours=dice.randint(0, 24))
    wrong = []

    for number in range(40):
        line = dice.choice([scene.line, whatsapp])
        now, medium = scene.clock.now(), line.medium
        match dice.choice(["hears", "opts", "says", "says", "says", "waits", "waits"]):
            case "hears":
                await scene.hears(line=line)
                history.heard.append((now, medium))
            case "opts":
                is_in = dice.random() < 0.7
                await opt(scene, medium, is_in=is_in)
                history.opted.setdefault(medium, []).append((now, is_in))
            case "says":
                is_automated, is_template = dice.random() < 0.6, medium is Medium.WHATSAPP and dice.random() < 0.4
                faults = history.faults(medium, now, is_automated=is_automated, is_template=is_template)
                template = WELCOME if is_template else None
                author = AGENT if is_automated else scene.member
                try:
                    await scene.says(str(number), author=author, line=line.id, template=template)
                except SendRefused as refused:
                    wrong += [] if faults else [f"{number}: {refused.verdict.code} without reason"]
                else:
                    wrong += [f"{number}: {fault}" for fault in faults]
                    history.automated += [now] * is_automated
                await scene.work()
            case _:
                await scene.clock.advance(minutes=dice.randint(1, 600))

    assert wrong == []
    assert scene.sandbox.refused == []
    assert scene.sandbox.sent


async def opt(scene: Scene, medium: Medium, *, is_in: bool) -> None:
    """They say whether they want to be written to."""
    await scene.clock.advance(seconds=1)
    await ledger.record(
        scene.deps,
        scene.account,
        scene.someone.id,
        medium=medium,
        state=ConsentState.GRANTED if is_in else ConsentState.REVOKED,
        basis=Basis.OPT_IN if is_in else Basis.OPT_OUT,
        evidence="START" if is_in else "STOP",
        by="line:x",
    )


WHATSAPP = Capabilities(longest_text=100, window=DAY, has_templates=True, needs_opt_in=True)
SMS = Capabilities(longest_text=100)
TIMES = st.integers(min_value=-48 * 60, max_value=48 * 60).map(lambda minutes: timedelta(minutes=minutes))


@settings(max_examples=40, deadline=None)
@given(
    now=st.integers(0, 365 * 24 * 60).map(lambda minutes: MORNING + timedelta(minutes=minutes)),
    is_whatsapp=st.booleans(),
    is_automated=st.booleans(),
    is_template=st.booleans(),
    consent=st.sampled_from(ConsentState),
    has_written=st.booleans(),
    window=st.none() | TIMES,
    unanswered=st.integers(0, 5),
)
def test_no_facts_at_all_are_let_through_against_a_rule(
    now: datetime,
    is_whatsapp: bool,
    is_automated: bool,
    is_template: bool,
    consent: ConsentState,
    has_written: bool,
    window: timedelta | None,
    unanswered: int,
) -> None:
    facts = Facts(
        now=now,
        is_automated=is_automated,
        medium=Medium.WHATSAPP if is_whatsapp else Medium.SMS,
        can=WHATSAPP if is_whatsapp else SMS,
        content=Content(template=WELCOME) if is_template and is_whatsapp else Content(text="Hello"),
        consent=consent,
        has_written=has_written,
        window_until=None if window is None else now + window,
        hours=hours_outside(Quiet(begins="21:00", ends="08:00"), "Europe/Berlin"),
        unanswered=unanswered,
        cap=3,
    )

    local = now.astimezone(BERLIN).hour
    may_begin = not is_whatsapp or has_written or consent is ConsentState.GRANTED
    may_be_free = not is_whatsapp or is_template or (window is not None and window > timedelta())
    may_be_automated = not is_automated or (8 <= local < 21 and unanswered < 3)
    expected = consent is not ConsentState.REVOKED and may_begin and may_be_free and may_be_automated
    assert decide(facts).is_allowed is expected
