"""The few words of ours in a mail to a person, in the language that they are known to speak. Pure."""

from collections.abc import Mapping
from typing import NamedTuple

from hub.consent.words import ENGLISH, language_of


class FootWords(NamedTuple):
    """What stands below a mail that nobody has asked for: why one gets it, with the account's name, and the link."""

    why: str
    unsubscribe: str


FEET: Mapping[str, FootWords] = {
    ENGLISH: FootWords("You get this because you are in contact with {}.", "Unsubscribe"),
    "de": FootWords("Sie bekommen diese E-Mail, weil Sie mit {} in Kontakt stehen.", "Abmelden"),
    "es": FootWords("Recibe este correo porque está en contacto con {}.", "Darse de baja"),
    "fr": FootWords("Vous recevez cet e-mail car vous êtes en contact avec {}.", "Se désinscrire"),
    "it": FootWords("Riceve questa e-mail perché è in contatto con {}.", "Annulla iscrizione"),
    "nl": FootWords("U krijgt deze e-mail omdat u contact hebt met {}.", "Afmelden"),
    "pt": FootWords("Recebe este e-mail porque está em contacto com {}.", "Cancelar subscrição"),
}


def words_in(locale: str | None) -> FootWords:
    """In that language, or in English."""
    return FEET.get(language_of(locale or ENGLISH), FEET[ENGLISH])
