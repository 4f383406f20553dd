"""The words by which people end being written to, and resume it. Each was looked at for what else it might mean as a
whole message: `fine` is Italian for the end, and is not here."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal

from hub.consent.models import Words

ENGLISH = "en"
STOP: Mapping[str, frozenset[str]]
START: Mapping[str, frozenset[str]]


def plain(text: str) -> str:
    """The letters and digits of a message alone, without accents and capitals: as people type it is not how it is
    spelt."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    # The accents of Latin letters only: those of Devanagari are vowels.
    bare = "".join(one for one in unicodedata.normalize("NFD", folded) if not "\u0300" <= one <= "\u036f")
    return "".join(one for one in unicodedata.normalize("NFC", bare) if unicodedata.category(one)[0] in "LNM")


def table(**words: str) -> Mapping[str, frozenset[str]]:
    """By language, as they are compared."""
    return {language: frozenset(map(plain, text.split(","))) for language, text in words.items()}


STOP = table(
    en="stop, stop all, unsubscribe, cancel, end, quit, revoke, opt out",
    es="alto, parar, para, baja, darme de baja, dar de baja, cancelar, detener, desuscribir, no más mensajes",
    fr="arrêt, arrêter, arrêtez, désabonner, désabonnement, me désabonner, désinscrire, résilier, désinscription",
    de="stopp, stoppen, abmelden, abbestellen, abmeldung, aufhören, beenden, austragen, keine nachrichten mehr",
    pt="parar, pare, sair, cancelar, descadastrar, remover, cancelar inscrição",
    it="ferma, fermare, basta, disiscrivi, disiscrivimi, cancellami, cancella, annulla, disdici",
    nl="stoppen, afmelden, uitschrijven, opzeggen, afmelding, beëindigen",
    hi="बंद, बंद करो, बंद करें, बंद करे, रोको, रोकें, रुको, मत भेजो, band karo, band karen, roko, mat bhejo",
)
START = table(
    en="start, unstop, opt in, resubscribe",
    es="alta, darme de alta, reanudar, iniciar, suscribir",
    fr="démarrer, reprendre, réabonner, réinscrire, m'abonner",
    de="starten, anmelden, wieder anmelden, fortsetzen",
    pt="iniciar, voltar a receber, retomar, recadastrar",
    it="avvia, riprendi, iscrivimi, riattiva",
    nl="starten, aanmelden, hervatten",
    hi="शुरू, शुरू करो, शुरू करें, चालू करो, shuru, shuru karo, chalu karo",
)
# These say yes to us only when somebody has said no before.
YES = table(en="yes", es="sí", fr="oui", de="ja", pt="sim", it="sì", nl="ja", hi="हाँ, हां, haan")
# In a mail only what can mean nothing else: people answer to letters with one word, too.
UNSUBSCRIBE = table(
    en="unsubscribe, opt out",
    es="darme de baja, dar de baja, desuscribir",
    fr="désabonner, désabonnement, me désabonner, désinscrire, désinscription",
    de="abmelden, abbestellen, abmeldung, austragen",
    pt="descadastrar, cancelar inscrição",
    it="disiscrivi, disiscrivimi, cancellami",
    nl="afmelden, uitschrijven, afmelding",
    hi="mat bhejo, मत भेजो",
)


def stands_in(tables: Mapping[str, frozenset[str]], word: str, locale: str | None) -> bool:
    """English is understood everywhere. Whoever has not told us their language is understood in all of them."""
    languages = tables.keys() if locale is None else {ENGLISH, language_of(locale)}
    return any(word in tables.get(language, ()) for language in languages)


def own(words: Sequence[Words], word: str, locale: str | None) -> Literal["in", "out"] | None:
    """What it means in an account's own words."""
    spoken = [one for one in words if locale is None or one.locale in ("", locale, language_of(locale))]
    if any(word == plain(stop) for one in spoken for stop in one.stop):
        return "out"
    return "in" if any(word == plain(start) for one in spoken for start in one.start) else None


def language_of(locale: str) -> str:
    """Of `pt-BR`, `pt`."""
    return locale.replace("_", "-").partition("-")[0].lower()
