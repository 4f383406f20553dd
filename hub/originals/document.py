"""The page that a mail is shown as: for a frame without scripts, and by itself one that may load next to nothing."""

import html

from hub.originals.links import PATH

# Mails are written for white paper, whatever surrounds it: dark letters on a dark ground would be nobody's wish.
LOOKS = (
    ":root{color-scheme:light;background:#fff}"
    "body{margin:0;padding:12px;color:#1a1a1a;background:#fff}"
    "body{font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}"
    "img{max-width:100%}img:not([src]){border:1px dashed #bbb}"
    "table{max-width:100%}pre{white-space:pre-wrap}a{color:#0b57d0}"
    "blockquote{margin:0 0 0 8px;padding-left:8px;border-left:2px solid #ccc}"
)


def document_of(markup: str, base_url: str) -> str:
    """What is harmless already, as a document of its own."""
    policy = (
        f"default-src 'none'; img-src data: {base_url}{PATH}/; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html><html><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">'
        '<meta http-equiv="x-dns-prefetch-control" content="off">'
        '<meta name="referrer" content="no-referrer">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{LOOKS}</style></head><body>{markup}</body></html>"
    )
