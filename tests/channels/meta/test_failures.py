"""Why WhatsApp does not send something, in words that are true also of what has failed for good."""

import pytest

from channels.meta.failures import FAILURES


@pytest.mark.parametrize("code", ["4", "80007", "130429", "131016", "131056", "131057", "132069", "133004"])
def test_what_passes_says_what_to_do_where_it_came_too_late_to_be_tried_again(code: str) -> None:
    assert "if it has failed, send it again" in FAILURES[code].advice


def test_what_whatsapp_withholds_for_a_day_is_not_tried_again_within_minutes() -> None:
    assert not FAILURES["131049"].is_passing
