"""What a message has besides words, in words: for channels that carry nothing else."""

from urllib.parse import quote

from channels.values import Card, Place

# How a link to a map is written, so that every telephone opens it (Google Maps, "Maps URLs").
MAP = "https://www.google.com/maps/search/?api=1&query="


def place_in_words(place: Place) -> str:
    """What it is called, where it lies, and a link to a map of it."""
    named = ", ".join(part for part in (place.name, place.address) if part)
    lies = f"{place.latitude:.6f},{place.longitude:.6f}"
    return "\n".join(part for part in (named, f"{lies} {MAP}{quote(lies, safe='')}") if part)


def card_in_words(card: Card) -> str:
    """Who it is, and how they are reached."""
    named = ", ".join(part for part in (card.name, card.company) if part)
    return " ".join([f"{named}:", *card.phones, *card.emails]) if card.phones or card.emails else named
