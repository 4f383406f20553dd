"""Why Telnyx does not send something, in words, and what to do about it (Telnyx: "Messaging Error Code Reference")."""

from collections.abc import Mapping

import msgspec

from channels import answers
from channels.answers import LATER, called, catalogue_of
from channels.base import Failure

MEDIA_ELSEWHERE = Failure(
    code="media_elsewhere",
    words="The file is kept at an address that is not one of Telnyx's as far as this line knows.",
    advice="Look at the event in the intake ledger; if the address is Telnyx's, add its host to the line's settings.",
    about="line",
)
_OF_THE_PERSON = (
    called(
        Failure(
            code="40300",
            words="They have told Telnyx by STOP that they want no more messages from you.",
            advice="Respect it: they can opt in again by writing START.",
            about="person",
            suppresses=True,
            means="opted_out",
        )
    ),
    called(
        Failure(
            code="40001",
            words="This number takes no messages: it is a landline, or cannot be reached.",
            advice="Check the number, or write on another channel.",
            about="person",
        ),
        "10002", "10016", "40008", "40012", "40310", "sending_failed", "delivery_failed",
    ),
    called(
        Failure(
            code="40006",
            words="Their network does not answer.",
            advice=LATER,
            about="person",
            is_passing=True,
        )
    ),
    called(
        Failure(
            code="40004",
            words="Their network has refused the message and says no more than that.",
            advice="Write on another channel, or try it again later.",
            about="person",
        )
    ),
    called(
        Failure(
            code="40301",
            words="This number takes no messages of this kind.",
            advice="Send the text without the file, or write on another channel.",
            about="person",
        ),
        "40319",
    ),
)  # fmt: skip
_OF_THE_MESSAGE = (
    called(
        Failure(
            code="40002",
            words="A carrier took the message for spam.",
            advice="Change its words, leave out short links, and write only to people who expect it.",
        ),
        "40015", "40017", "40322",
    ),
    called(
        Failure(
            code="40005",
            words="The message was on its way for too long, and is not delivered any more.",
            advice="Send it again.",
        ),
        "40014", "expired",
    ),
    called(
        Failure(
            code="40302",
            words="The text is longer than Telnyx takes.",
            advice="Make it shorter, or send it in two.",
        ),
        "40328",
    ),
    called(
        Failure(
            code="40317",
            words="Telnyx does not take these files: ten at most, and less than 1 MB together.",
            advice="Send fewer of them, or smaller ones.",
        )
    ),
    called(
        Failure(
            code="40309",
            words="The messaging profile may not send to this country.",
            advice="Add the country to the profile's allowed destinations at Telnyx.",
        )
    ),
    called(
        msgspec.structs.replace(answers.INVALID, code="10015"),
        "10003", "10004", "10006", "40009", "40304", "40316",
    ),
)  # fmt: skip
_OF_THE_LINE = (
    called(
        msgspec.structs.replace(answers.RATE_LIMITED, code="10011"), "40011", "40016", "40018", "40318"
    ),
    called(
        Failure(
            code="40003",
            words="Carriers have blocked this number for spam.",
            advice="Write from another number, and ask Telnyx's support about this one.",
            about="line",
        ),
        "40315",
    ),
    called(
        Failure(
            code="40305",
            words="Messages may not come from this number.",
            advice="Check at Telnyx that the number is the account's and is assigned to the line's messaging profile.",
            about="line",
        ),
        "10001", "40013", "40100", "40151", "40306", "40308", "40320", "40321",
    ),
    called(
        Failure(
            code="40010",
            words="The number is not registered for messages to the United States.",
            advice="Register it at Telnyx for 10DLC, or verify it as a toll-free number.",
            about="line",
        ),
        "40150", "40329",
    ),
    called(
        Failure(
            code="40312",
            words="The messaging profile is switched off.",
            advice="Switch it on in its settings at Telnyx.",
            about="line",
        ),
        "40311", "40313",
    ),
    called(
        Failure(
            code="20100",
            words="The account at Telnyx has no money left.",
            advice="Top it up in Telnyx's portal.",
            about="line",
        ),
        "20012",
    ),
    called(
        Failure(
            code="20013",
            words="Telnyx has blocked the account that this line belongs to, or has not verified it yet.",
            advice="Sign in at Telnyx and settle what it asks for.",
            about="line",
        ),
        "10010", "20014", "20015", "20016", "20017", "40314",
    ),
    called(
        Failure(
            code="10005",
            words="Telnyx does not know what the line's settings name.",
            advice="Enter the messaging profile's id as Telnyx shows it.",
            about="line",
        )
    ),
)  # fmt: skip
_OF_TELNYX = (called(msgspec.structs.replace(answers.DOWN, code="10007"), "10008"),)

FAILURES: Mapping[str, Failure] = catalogue_of(
    called(MEDIA_ELSEWHERE), *_OF_THE_PERSON, *_OF_THE_MESSAGE, *_OF_THE_LINE, *_OF_TELNYX
)
