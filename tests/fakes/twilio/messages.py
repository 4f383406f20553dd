"""Messages at the fake Twilio: taking them, or saying why not, and listing them."""

import asyncio
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import Response

from tests.fakes.serving import HungUp, json
from tests.fakes.twilio.provider import Sent, Twilio

STATUSES = {"20003": 401, "20404": 404, "20429": 429, "20500": 500}
# What Twilio's own test credentials answer to these numbers.
MAGIC_TO = {
    "+15005550001": "21211",
    "+15005550002": "21612",
    "+15005550003": "21408",
    "+15005550004": "21610",
    "+15005550009": "21614",
}
MAGIC_FROM = {"+15005550007": "21606", "+15005550008": "21611"}
TEMPLATE = "Hello Asha, this is what the template says."
TRIAL = "Sent from your Twilio trial account - "


def refusal(twilio: Twilio, code: str, wait_s: float = 0) -> Response:
    """A plain no."""
    twilio.refused.append(code)
    status = STATUSES.get(code, 400)
    said = {"code": int(code), "message": "No.", "more_info": f"https://www.twilio.com/docs/errors/{code}"}
    headers = {"retry-after": str(int(wait_s))} if wait_s else {}
    return json({**said, "status": status}, status, **headers)


async def take(twilio: Twilio, request: Request) -> Response:
    """POST /Messages.json."""
    form = parse_qs((await request.body()).decode(), keep_blank_values=True)
    line, to, moods = form.get("From", [""])[0], form.get("To", [""])[0], twilio.moods
    if moods.take("vanish", line, to):
        return HungUp()
    if moods.take("down", line, to):
        return json({"code": 20503, "message": "Service unavailable", "status": 503}, 503)
    if mood := moods.take("refuse", line, to):
        return refusal(twilio, mood.code, mood.wait_s)
    if (limit := moods.find("limit", line, to)) and twilio.is_over(line, limit.count):
        moods.take("limit", line, to)
        return refusal(twilio, "20429", limit.wait_s)
    if code := why_not(twilio, form):
        return refusal(twilio, code)
    return await answer(twilio, twilio.take(form))


async def answer(twilio: Twilio, sent: Sent) -> Response:
    """What it says of a message that it has taken."""
    line, to, moods = sent.first("From"), sent.first("To"), twilio.moods
    if moods.take("early", line, to):
        await twilio.report(sent, *twilio.follows)
    else:
        twilio.start(twilio.report(sent, *twilio.follows))
    if mood := moods.take("slow", line, to):
        await asyncio.sleep(mood.wait_s)
    if moods.take("hang_up", line, to):
        return HungUp()
    if moods.take("nonsense", line, to):
        return Response(b"<html>all is well</html>", 200)
    return json(shown(twilio, sent), 201)


def why_not(twilio: Twilio, form: dict[str, list[str]]) -> str:
    """The code of what is wrong; empty when nothing is."""
    to, line = form.get("To", [""])[0], form.get("From", [""])[0]
    if not to:
        return "21604"
    if code := MAGIC_TO.get(to) or MAGIC_FROM.get(line) or wrong_sender(twilio, form):
        return code
    if (to, line) in twilio.opted_out:
        return "21610"
    text = form.get("Body", [""])[0]
    if not (text or form.get("MediaUrl") or form.get("ContentSid")):
        return "21602"
    if len(form.get("MediaUrl", ())) > 10:
        return "21623"
    return "21617" if len(text) > 1600 else ""


def wrong_sender(twilio: Twilio, form: dict[str, list[str]]) -> str:
    """Whether the account may send from there."""
    service, line = form.get("MessagingServiceSid", [""])[0], form.get("From", [""])[0]
    if service:
        return "" if service in twilio.services else "21701"
    if line in twilio.numbers:
        return ""
    return "63007" if line.startswith("whatsapp:") else "21606"


async def listed(twilio: Twilio, request: Request) -> Response:
    """GET /Messages.json, the newest first."""
    asked = request.query_params
    size, page = int(asked.get("PageSize", "50")), int(asked.get("Page", "0"))
    found = [sent for sent in reversed(twilio.sent) if asked.get("To") in (None, sent.first("To"))]
    shown_now = found[page * size : (page + 1) * size]
    more = urlencode({**asked, "Page": page + 1}) if len(found) > (page + 1) * size else ""
    here = f"/2010-04-01/Accounts/{twilio.account}/Messages.json"
    messages = [shown(twilio, sent) for sent in shown_now]
    return json(
        {"messages": messages, "page": page, "page_size": size, "next_page_uri": f"{here}?{more}" if more else None}
    )


def shown(twilio: Twilio, sent: Sent) -> dict[str, Any]:
    """The message as a resource. Of which number of a service it goes is not known at once."""
    state, words = sent.states[-1], TEMPLATE if sent.first("ContentSid") else sent.first("Body")
    return {
        "sid": sent.sid,
        "account_sid": twilio.account,
        "messaging_service_sid": sent.first("MessagingServiceSid") or None,
        "from": sent.first("From") or None,
        "to": sent.first("To"),
        "body": (TRIAL if twilio.is_trial else "") + words,
        "status": state,
        "direction": "outbound-api",
        "num_media": str(len(sent.form.get("MediaUrl", ()))),
        "num_segments": "1",
        "date_created": in_words(sent.at),
        "date_updated": in_words(sent.at),
        "date_sent": None if state in ("queued", "accepted") else in_words(sent.at),
        "error_code": sent.code,
        "error_message": None,
        "price": None,
        "price_unit": "USD",
        "api_version": "2010-04-01",
        "uri": f"/2010-04-01/Accounts/{twilio.account}/Messages/{sent.sid}.json",
    }


def in_words(at: datetime) -> str:
    """As RFC 2822 writes it, in whole seconds."""
    return format_datetime(at)
