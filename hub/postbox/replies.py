"""What a mail server is told: numbers for it, and a sentence for whoever looks into its log."""

TAKEN = "250 2.0.0 Kept"
OK = "250 2.1.0 OK"
RECIPIENT_OK = "250 2.1.5 OK"
GO_ON = "354 End with a line that is a dot alone"
NO_RELAY = "550 5.7.1 Mail is taken for the lines of Parley alone; each shows its address"
NOBODY = "550 5.1.1 No line of mail has this address"
TOO_MANY_RECIPIENTS = "452 4.5.3 Too many recipients: send the rest in another mail"
TOO_MANY_WRONG = "450 4.7.1 Too many addresses that nobody has: come back later"
TOO_MANY_MAILS = "450 4.7.1 Too many mails: come back later"
TOO_MANY_SESSIONS = "421 4.7.0 Too many connections: come back later"
TOO_SLOW = "421 4.4.2 That took too long"
LEAVING = "421 4.3.2 This server is leaving: come back at once"
TOO_LARGE = "552 5.3.4 The mail is larger than what is taken"
HEADER_TOO_LARGE = "552 5.3.4 The header of the mail is larger than what is taken"
GOES_ROUND = "554 5.4.6 The mail goes round in a circle"
NO_PLACE = "452 4.3.1 Too much mail comes in at once: come back later"
AWAY = "451 4.3.0 It cannot be kept at this moment: come back later"
NO_RECIPIENT = "503 5.5.1 Name a recipient first"
NO_ARGUMENT = "501 5.5.4 This command stands alone"
NOT_TOLD = "502 5.5.1 Nobody is told here who has an address"


def is_taken(reply: str) -> bool:
    """Whether it says yes."""
    return reply.startswith("2")
