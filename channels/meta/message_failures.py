"""What is wrong with a message for WhatsApp, whoever it is for."""

from channels.answers import LATER
from channels.base import Failure

CHOOSE = "Choose another template, or mend this one in WhatsApp Manager."

MESSAGES = (
    Failure(
        code="100",
        words="Meta does not understand something in the message.",
        advice="Change it and send it again; if that does not help, tell whoever runs Parley.",
    ),
    Failure(
        code="131008",
        words="Something is missing in the message.",
        advice="Fill in all that it needs and send it again.",
    ),
    Failure(
        code="131009",
        words="Something in the message is not as WhatsApp takes it.",
        advice="Change it and send it again.",
    ),
    Failure(
        code="131051",
        words="WhatsApp does not take messages of this kind.",
        advice="Say it in a text.",
    ),
    Failure(
        code="131052",
        words="WhatsApp could not fetch the file that they have sent.",
        advice="Ask them to send it again.",
    ),
    Failure(
        code="131053",
        words="WhatsApp could not take the file: it is too large, damaged, or of a type that it does not know.",
        advice="Send it as another type, or make it smaller.",
    ),
    Failure(
        code="135000",
        words="WhatsApp does not take the message, and does not say why.",
        advice="Change it and send it again.",
    ),
    Failure(
        code="132000",
        words="The template has another number of blanks than were filled in.",
        advice="Fill in every blank of it.",
    ),
    Failure(
        code="132001",
        words="Meta has no approved template of this name and language.",
        advice="Choose another template, or have this one approved.",
    ),
    Failure(
        code="132005",
        words="With its blanks filled the template is too long.",
        advice="Fill them in with less.",
    ),
    Failure(code="132007", words="The template breaks a rule of WhatsApp.", advice=CHOOSE),
    Failure(
        code="132012",
        words="Something was filled into the template that does not fit there.",
        advice="Fill in its blanks as they were shown when it was approved.",
    ),
    Failure(
        code="132015",
        words="Meta has paused the template, since people did not like to get it.",
        advice=CHOOSE,
    ),
    Failure(
        code="132016",
        words="Meta has disabled the template for good, since people did not like to get it.",
        advice="Choose another template.",
    ),
    Failure(code="132068", words="The form that the template opens is blocked.", advice=CHOOSE),
    Failure(
        code="132069",
        words="The form that the template opens was sent too often within an hour.",
        advice=LATER,
        is_passing=True,
    ),
    Failure(
        code="132018",
        words="The values of the template are not as WhatsApp takes them.",
        advice="Fill in every blank of it, without line breaks or many spaces.",
    ),
    Failure(
        code="one_file_each",
        words="A message of WhatsApp has one file, and no words under a sound or a sticker.",
        advice="Send the words and each file by itself.",
    ),
    Failure(code="unknown_type", words="WhatsApp takes no files of this type.", advice="Send it as another type."),
    Failure(
        code="not_uploaded",
        words="Meta has not said that it has taken the example of the file.",
        advice="Try it again in a while.",
        is_passing=True,
    ),
    Failure(code="empty", words="There is nothing in the message that WhatsApp can show.", advice="Write something."),
    Failure(
        code="no_account",
        words="The line does not know its WhatsApp Business account.",
        advice="Enter the account's id (WABA id) in the line's settings.",
        about="line",
    ),
)
