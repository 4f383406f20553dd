"""Why Vonage does not send something, in words, and what to do about it (Vonage: "API Errors", Messages API)."""

from collections.abc import Mapping

import msgspec

from channels import answers
from channels.answers import LATER, called, catalogue_of
from channels.base import Failure

LOCKED_MEDIA = Failure(
    code="locked_media",
    words="Vonage hands out files of this application by another key only.",
    advice="Switch off Secure Inbound Media in the application's settings at Vonage.",
    about="line",
)
_OF_THE_PERSON = (
    called(
        Failure(
            code="1240",
            words="They have told Vonage by STOP that they want no more messages from you.",
            advice="Respect it: they can opt in again by writing START.",
            about="person",
            suppresses=True,
            means="opted_out",
        )
    ),
    called(
        Failure(
            code="1190",
            words="This number is not in use any more.",
            advice="Ask for the right one on another channel; nothing more is sent to this one.",
            about="person",
            suppresses=True,
        )
    ),
    called(
        Failure(
            code="1050",
            words="Vonage has barred this number: nothing may be sent to it.",
            advice="Write on another channel; nothing more is sent to this number.",
            about="person",
            suppresses=True,
        )
    ),
    called(
        Failure(
            code="1180",
            words="Their phone was off or out of reach.",
            advice=LATER,
            about="person",
            is_passing=True,
        ),
        "1220",
    ),
    called(
        Failure(
            code="undeliverable",
            words="This number could not be reached.",
            advice="Check the number, or write on another channel.",
            about="person",
        ),
        "1040", "1170", "1200", "1250", "1251", "1260", "1300", "1310", "1330", "1430",
    ),
    called(
        Failure(
            code="1280",
            words="Their network does not let this message through.",
            advice="Write on another channel, or ask them to talk to their carrier.",
            about="person",
        ),
        "1270", "1290",
    ),
)  # fmt: skip
_OF_THE_MESSAGE = (
    called(
        Failure(
            code="1210",
            words="A carrier took the message for spam.",
            advice="Change its words, leave out short links, and write only to people who expect it.",
        ),
        "1282", "1473", "1482",
    ),
    called(
        Failure(
            code="1090",
            words="The text is longer than Vonage takes.",
            advice="Make it shorter, or send it in two.",
        )
    ),
    called(
        Failure(
            code="1380",
            words="Vonage could not fetch the file, or does not take it.",
            advice="Send it as another type, or make it smaller.",
        ),
        "1381", "1382", "1440",
    ),
    called(
        Failure(
            code="1360",
            words="The message was on its way for too long, and is not delivered any more.",
            advice="Send it again.",
        )
    ),
    called(
        Failure(
            code="1320",
            words="Vonage has had this very message before.",
            advice="Look into the conversation before you send it again.",
        )
    ),
    called(
        Failure(
            code="rejected",
            words="Vonage has rejected the message and says no more than that.",
            advice="Look the message up in Vonage's dashboard.",
        )
    ),
    called(
        msgspec.structs.replace(answers.INVALID, code="1020"), "1010", "1021", "1022", "1130", "1150", "1410", "1450"
    ),
)  # fmt: skip
_OF_THE_LINE = (
    called(msgspec.structs.replace(answers.RATE_LIMITED, code="1000"), "1241", "1472"),
    called(
        Failure(
            code="low-balance",
            words="The account at Vonage has no money left.",
            advice="Top it up in Vonage's dashboard.",
            about="line",
        ),
        "1070",
    ),
    called(
        Failure(
            code="1060",
            words="Vonage has suspended the account that this line belongs to.",
            advice="Sign in at Vonage and settle what it asks for.",
            about="line",
        )
    ),
    called(
        Failure(
            code="1080",
            words="The account at Vonage may not do this.",
            advice="Check in Vonage's dashboard that the Messages API is switched on, and ask Vonage's support.",
            about="line",
        ),
        "1140", "1400", "forbidden", "unprovisioned",
    ),
    called(
        Failure(
            code="1120",
            words="Messages may not come from this number, or not to this country.",
            advice="Check at Vonage that the number is the account's, can send there, and is registered where the "
            "country asks for it, such as by 10DLC in the United States.",
            about="line",
        ),
        "1420", "1460", "1480", "1481", "1483", "1484",
    ),
    called(
        Failure(
            code="1160",
            words="The account is on trial and may send to its test numbers only.",
            advice="Add the number to the test numbers in Vonage's dashboard, or pay for the account.",
            about="line",
        )
    ),
    called(
        Failure(
            code="1470",
            words="The account's own rules at Vonage block numbers that begin like this one.",
            advice="Change the rules of Fraud Defender in Vonage's dashboard.",
            about="line",
        )
    ),
    called(
        Failure(
            code="not-found",
            words="Vonage does not know what the line's settings name.",
            advice="Enter the application's id as Vonage shows it.",
            about="line",
        )
    ),
)  # fmt: skip
_OF_VONAGE = (called(msgspec.structs.replace(answers.DOWN, code="1030"), "1100", "1230", "1331"),)

FAILURES: Mapping[str, Failure] = catalogue_of(
    called(LOCKED_MEDIA), *_OF_THE_PERSON, *_OF_THE_MESSAGE, *_OF_THE_LINE, *_OF_VONAGE
)
