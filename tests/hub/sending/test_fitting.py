"""What a channel has no other way for goes in words."""

import pytest

from channels.base import Capabilities, Choice, Content
from hub.sending.fitting import fitted


@pytest.mark.parametrize(
    ("title", "longest", "is_in_words"),
    [("Tuesday", 7, False), ("Tuesdays", 7, True), ("Tuesdays", 0, False)],
)
def test_choices_that_say_more_than_fits_on_a_button_are_lines_of_the_text(
    title: str, longest: int, is_in_words: bool
) -> None:
    asked = Content(text="When?", choices=(Choice(title=title, payload="1"),))

    sent = fitted(asked, Capabilities(longest_text=1000, most_choices=3, longest_choice=longest))

    assert (title in sent.text) is is_in_words
    assert bool(sent.choices) is not is_in_words
