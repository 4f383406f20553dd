"""SendGrid keeps what is asked of every provider's adapter; the files of a mail lie within it."""

from datetime import timedelta

import pytest

from channels.base import BadSignature
from tests.channels.contract import Hooked, HookedStage, OverHttp, Reading, Sending, hook

DAY_S = 86_400


class TestSendGrid(Hooked, Reading, Sending, OverHttp):
    """As a provider of e-mail."""

    # It goes on trying for three days, and does not say whether it signs anew.
    @pytest.mark.parametrize("age_s", [4 * DAY_S + 1, 30 * DAY_S, -301])
    def test_where_signatures_are_dated_an_old_or_postdated_webhook_is_not_believed(
        self, stage: HookedStage, age_s: int
    ) -> None:
        with pytest.raises(BadSignature):
            stage.channel.verify(stage.access, hook(stage, age=timedelta(seconds=age_s)))

    def test_what_it_has_tried_for_three_days_is_believed(self, stage: HookedStage) -> None:
        stage.channel.verify(stage.access, hook(stage, age=timedelta(days=3)))
