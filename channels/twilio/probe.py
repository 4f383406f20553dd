"""How a line stands at Twilio: whether all that it names is there, and tells this Parley what comes in."""

from collections.abc import AsyncIterator, Sequence
from urllib.parse import quote, urlencode

from channels.base import Access, Finding, Medium, Out, finding
from channels.reading import Fields
from channels.twilio.addresses import written
from channels.twilio.asking import ask, messaging, place

POST = "POST"
ONLINE = "ONLINE"
POINT = "Let Parley set it, or enter the line's webhook URL in Twilio's console, with HTTP POST."


async def probe(out: Out, access: Access, medium: Medium) -> Sequence[Finding]:
    """What is well, and what is missing."""
    found = [account_found(await ask(out, access, "GET", place(access, ".json")))]
    is_asked = True
    if name := access.values.get("messaging_service_sid", ""):
        service = await ask(out, access, "GET", service_at(access, name))
        is_asked = leaves_it(service)
        found.append(service_found(access, service))
    if medium is Medium.WHATSAPP:
        found += [sender_found(access, name, one) async for name, one in senders(out, access)]
    else:
        found += [number_found(access, name, one, is_asked=is_asked) async for name, one in numbers(out, access)]
    return found


async def point(out: Out, access: Access, medium: Medium) -> None:
    """Let what comes in be told to the line's webhook; and once more, where that fails: Twilio itself tells of a
    message one time only (Twilio: "Availability and Reliability")."""
    here = access.webhook
    if service := access.values.get("messaging_service_sid", ""):
        wanted = {"InboundRequestUrl": here, "InboundMethod": POST, "FallbackUrl": here, "FallbackMethod": POST}
        form = [*wanted.items(), ("UseInboundWebhookOnNumber", "false")]
        await ask(out, access, POST, service_at(access, service), form)
    if medium is Medium.WHATSAPP:
        async for _, sender in senders(out, access):
            if sid := sender.id("sid"):
                hook = {"callback_url": here, "callback_method": POST, "fallback_url": here, "fallback_method": POST}
                place_of = messaging(access, f"/v2/Channels/Senders/{quote(sid)}")
                await ask(out, access, POST, place_of, json={"webhook": hook})
    else:
        async for _, number in numbers(out, access):
            if sid := number.id("sid"):
                form = [("SmsUrl", here), ("SmsMethod", POST), ("SmsFallbackUrl", here), ("SmsFallbackMethod", POST)]
                await ask(out, access, POST, place(access, f"/IncomingPhoneNumbers/{quote(sid)}.json"), form)


def account_found(account: Fields) -> Finding:
    """Whether it may send, and to whom."""
    status, is_trial = account.text("status"), account.text("type") == "Trial"
    if status != "active":
        return finding("account", f"The account at Twilio is {status or 'unknown'}.", "Settle it in Twilio's console.")
    if is_trial:
        return finding("account", "The account is a trial: it sends only to verified numbers.", "Upgrade it at Twilio.")
    return finding("account", "The account is active.")


def service_found(access: Access, service: Fields) -> Finding:
    """Whether it tells us what comes in."""
    if leaves_it(service):
        return finding("service", "The messaging service leaves incoming messages to each number's webhook.")
    is_ours = service.text("inbound_request_url") == access.webhook
    return told("service", "messaging service", is_ours=is_ours)


def leaves_it(service: Fields) -> bool:
    """Whether what comes in is told to the webhook of each number, and not to that of the service."""
    return service.values.get("use_inbound_webhook_on_number") is True


def number_found(access: Access, name: str, number: Fields, *, is_asked: bool) -> Finding:
    """Whether it is there, can do what is wanted, and tells us what comes in, where its own webhook is asked for."""
    about, can = f"number {name}", number.part("capabilities").values
    if not number.id("sid"):
        return finding(about, f"The account has no number {name}.", "Buy it, or take it off the line.")
    if not can.get("sms"):
        return finding(about, f"{name} cannot send text messages.", "Take a number that can.")
    if is_asked:
        return told(about, about, is_ours=number.text("sms_url") == access.webhook)
    return finding(about, f"{name} is there{' and takes files' if can.get('mms') else ''}.")


def sender_found(access: Access, name: str, sender: Fields) -> Finding:
    """Whether WhatsApp knows it, and it tells us what comes in."""
    about = f"sender {name}"
    if not sender.id("sid"):
        return finding(about, f"The account has no WhatsApp sender {name}.", "Register it in Twilio's console.")
    if not sender.text("status").startswith(ONLINE):
        why = ", ".join(str(reason) for reason in sender.items("offline_reasons"))
        return finding(
            about, f"{name} is {sender.text('status')}{': ' if why else ''}{why}.", "Wait, or see the console."
        )
    return told(about, f"sender {name}", is_ours=sender.part("webhook").text("callback_url") == access.webhook)


async def numbers(out: Out, access: Access) -> AsyncIterator[tuple[str, Fields]]:
    """Each of the line's numbers, and what Twilio has of it."""
    for name in phones(access):
        query = urlencode({"PhoneNumber": name})
        page = await ask(out, access, "GET", place(access, f"/IncomingPhoneNumbers.json?{query}"))
        yield name, named(page.items("incoming_phone_numbers"), "phone_number", name)


async def senders(out: Out, access: Access) -> AsyncIterator[tuple[str, Fields]]:
    """Each of the line's WhatsApp senders, and what Twilio has of it."""
    page = await ask(out, access, "GET", messaging(access, "/v2/Channels/Senders?Channel=whatsapp&PageSize=1000"))
    for name in phones(access):
        yield name, named(page.items("senders"), "sender_id", written(Medium.WHATSAPP, name))


def named(listed: Sequence[object], field: str, name: str) -> Fields:
    """The one that is called so; nothing where none is."""
    return next((one for one in map(Fields.of, listed) if one.text(field) == name), Fields({}))


def phones(access: Access) -> list[str]:
    """The line's names that are numbers."""
    return [name for name in access.names if name.removeprefix("+").isdigit()]


def service_at(access: Access, service: str) -> str:
    """Where a messaging service is."""
    return messaging(access, f"/v1/Services/{quote(service)}")


def told(about: str, what: str, *, is_ours: bool) -> Finding:
    """Whether what comes in is told to us."""
    if is_ours:
        return finding(about, f"The {what} tells this Parley what comes in.")
    return finding(about, f"The {what} does not tell this Parley what comes in.", POINT)
