"""What is left of a page, and what is not. That nothing runs, a real browser says (tests/browser/mail)."""

import pytest

from hub.originals.document import document_of
from hub.originals.markup import clean
from hub.originals.styles import safe_style

OFFER = (
    '<table width="600" bgcolor="#eeeeee" cellpadding="4"><tbody><tr><td align="center" style="padding:4px 8px">'
    '<font face="Arial" color="#336699">Roof &amp; Sons</font></td></tr></tbody></table>'
)


def test_a_mail_keeps_its_looks() -> None:
    assert clean(OFFER) == OFFER


def test_what_is_clean_stays_as_it_is() -> None:
    bad = "<p title='<img src=x>' style='COLOR : red;position:fixed'><a name=x href=' http://a.test/ b'>x"
    dirty = f"<body onload=run()><style>p{{}}</style>{OFFER}{bad}"

    once = clean(dirty)

    assert clean(once) == once


@pytest.mark.parametrize(
    ("href", "left"),
    [
        ("https://acme.test/a?b=c&amp;d", "https://acme.test/a?b=c&amp;d"),
        ("mailto:asha@lead.test", "mailto:asha@lead.test"),
        ("tel:+12025550100", "tel:+12025550100"),
        ("java\tscript:run()", None),
        ("data:text/html,x", None),
        ("cid:part", None),
        ("/settings", None),
        ("//acme.test", None),
        ("\x01https://acme.test", "https://acme.test"),
    ],
)
def test_a_link_leads_to_the_web_to_a_mail_or_to_a_phone(href: str, left: str | None) -> None:
    cleaned = clean(f'<a href="{href}">x</a>')

    where = f' href="{left}"' if left else ""
    assert cleaned == f'<a target="_blank" rel="noopener noreferrer nofollow"{where}>x</a>'


@pytest.mark.parametrize(
    ("style", "left"),
    [
        (
            "color:red; FONT-family: 'Open Sans', serif !important",
            "color:red;font-family:'Open Sans', serif !important",
        ),
        ("color:rgb(1, 2, 3)", "color:rgb(1, 2, 3)"),
        ("position:fixed;top:0;color:red", "color:red"),
        ("background:url(https://a.test/x)", ""),
        ("background:u\\72l(x)", ""),
        ("background:image-set('x' 1x)", ""),
        ("width:expression(run())", ""),
        ("color:red/**/;--x:1;behavior:x", ""),
        ("background:url(data:x;color:red", "color:red"),
        ("color:var(--x);width:calc(1px + 2px)", ""),
    ],
)
def test_of_a_style_stays_what_can_only_look(style: str, left: str) -> None:
    assert safe_style(style) == left
    assert safe_style(left) == left


def test_no_angle_bracket_is_left_but_for_a_tag() -> None:
    assert clean('<p title="<img src=x>" lang="a>b">1 &lt; 2</p>') == '<p title="img src=x" lang="ab">1 &lt; 2</p>'


def test_the_document_may_load_pictures_from_us_and_nothing_else() -> None:
    document = document_of("<p>Hello</p>", "https://parley.test")

    assert "default-src &#x27;none&#x27;; img-src data: https://parley.test/img/; style-src" in document
