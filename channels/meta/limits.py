"""What WhatsApp takes of files: Meta's table "Supported media types"."""

from collections.abc import Mapping

from channels.base import Media

MB = 1024 * 1024
LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024
CAPTIONED = ("image", "video", "document")
STICKER, STICKER_BYTES = "image/webp", 500 * 1024
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("image/jpeg", "image/png"), "image"),
    **dict.fromkeys(("video/mp4", "video/3gpp"), "video"),
    **dict.fromkeys(("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"), "audio"),
    STICKER: "sticker",
    **dict.fromkeys(
        (
            "application/pdf",
            "text/plain",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        "document",
    ),
}
# The first that a type begins with counts; all others may have as much as a document.
BYTES = (("image/webp", STICKER_BYTES), ("image/", 5 * MB), ("video/", 16 * MB), ("audio/", 16 * MB))
MOST_BYTES = 100 * MB


def kind_of(media: Media) -> str:
    """As what it goes out; empty where it cannot."""
    return KINDS.get(media.type.partition(";")[0].strip().lower(), "")
