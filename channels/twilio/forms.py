"""The bodies of Twilio's webhooks: forms, of which its signature covers every field."""

from urllib.parse import parse_qs

from channels.reading import Fields

# An inbound message has about thirty.
MOST_FIELDS = 500


class Form(dict[str, list[str]]):
    """All values of each field, as Twilio's package takes them."""

    def getall(self, name: str) -> list[str]:
        """Of one field."""
        return self[name]

    @property
    def fields(self) -> Fields:
        """Each field's one value."""
        return Fields({name: values[0] for name, values in self.items()})


def read_form(body: bytes) -> Form:
    """What stands in it; ValueError of what is no form."""
    try:
        return Form(parse_qs(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise ValueError("This is no form.") from error


def is_form(content_type: str) -> bool:
    """Whether it is none of Twilio's few webhooks that are JSON."""
    return "json" not in content_type.lower()
