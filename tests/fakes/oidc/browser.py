"""A browser, as far as signing in needs one: it follows redirects, keeps cookies and fills in forms."""

from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx2

MOST_STEPS = 12


class FormReader(HTMLParser):
    """The first form of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = given.get("action", "")
        elif tag == "input":
            self.fields[given["name"]] = given.get("value", "")


async def sign_in_at(issuer: str, url: str, email: str = "") -> str:
    """Where the provider sends the browser in the end, after this person has signed in there.

    Without an e-mail the form is sent as the provider has filled it in.
    """
    async with httpx2.AsyncClient(timeout=10, trust_env=False) as client:
        answer = await client.get(url)
        for _ in range(MOST_STEPS):
            place = str(answer.url)
            if answer.is_redirect:
                place = urljoin(place, answer.headers["location"])
                if not place.startswith(f"{issuer}/"):
                    return place
                answer = await client.get(place)
            else:
                answer.raise_for_status()
                form = FormReader(answer.text)
                filled = {**form.fields, **({"email": email} if email else {})}
                answer = await client.post(urljoin(place, form.action), data=filled)
    raise AssertionError(f"the provider does not come to an end; it is at {place}")
