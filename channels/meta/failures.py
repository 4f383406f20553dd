"""Why WhatsApp does not send something, in words, and what to do about it. The codes are those of Meta's page "Error
codes", as they come in answers and in statuses; those in words are ours."""

from collections.abc import Mapping

from channels import answers
from channels.base import Failure
from channels.meta.line_failures import LIMITS, LINES, METAS, NEWS
from channels.meta.message_failures import MESSAGES

PERSONS = (
    Failure(
        code="131047",
        words="More than 24 hours have passed since their last message.",
        advice="Send an approved template, or wait until they write.",
        about="person",
        means="window_closed",
    ),
    Failure(
        code="131026",
        words="WhatsApp cannot deliver to this number: it has none or an old one, or takes nothing from businesses.",
        advice="Check the number, or write on another channel.",
        about="person",
    ),
    Failure(
        code="131050",
        words="They have told WhatsApp that they want no marketing messages from you.",
        advice="Respect it: send no more marketing templates; answer when they write.",
        about="person",
        means="no_marketing",
    ),
    Failure(
        code="131049",
        words="WhatsApp lets this person get only so many marketing messages, and they have had them for now.",
        advice="Wait a day before you send it again, or write to them on another channel.",
        about="person",
    ),
    Failure(
        code="131056",
        words="Too many messages went to this one person within seconds.",
        advice=answers.LATER,
        about="person",
        is_passing=True,
    ),
    Failure(
        code="130472",
        words="Meta withholds marketing messages from this person for an experiment of its own.",
        advice="Write to them on another channel, or wait until they write.",
        about="person",
    ),
    Failure(
        code="130497",
        words="Meta does not let your business write to people in this person's country.",
        advice="Write to them on another channel; WhatsApp Manager says which countries are concerned.",
        about="person",
    ),
    Failure(
        code="131021",
        words="The line cannot write to its own number.",
        advice="Write to another number.",
        about="person",
    ),
    Failure(
        code="131030",
        words="The line is a test number, and this person is not among those whom it may write to.",
        advice="Add their number to the test recipients in the app's dashboard, or connect a real number.",
        about="person",
    ),
    Failure(
        code="131062",
        words="This kind of template needs a phone number, and WhatsApp has told us only an id of this person.",
        advice="Ask them for their number, or send another template.",
        about="person",
    ),
)

FAILURES: Mapping[str, Failure] = {
    **answers.COMMON,
    **{one.code: one for one in (*PERSONS, *LINES, *LIMITS, *METAS, *MESSAGES, *NEWS)},
}
