"""Consent over HTTP."""

from typing import Any

from hub.access import Permission
from hub.consent import actions, own_words
from hub.consent.shapes import (
    ConsentPage,
    ConsentWanted,
    OptWordsShown,
    OptWordsWanted,
    Page,
    SuppressionPage,
    SuppressionShown,
    SuppressionWanted,
)
from hub.http.endpoint import Call, Endpoint, Tag

TAG = Tag("Consent", "What people have said of being written to, and where nothing is sent any more.")
CONSENTS = "/api/v1/people/{person_id}/consents"
# All the words that there may be, in whatever script, each letter as JSON may write it.
BODY_BYTES = 1024 * 1024
WORDS, SUPPRESSIONS = "/api/v1/opt-words", "/api/v1/suppressions"


async def list_consents(call: Call[None, Page]) -> ConsentPage:
    """How things stand with somebody on each channel, and everything they have said about it."""
    return await actions.list_consents(call.deps, call.caller, call.path["person_id"], call.query)


async def record_consent(call: Call[ConsentWanted, Any]) -> ConsentPage:
    """What somebody has said outside of Parley. That they agreed needs evidence; nothing is ever taken out again."""
    return await actions.record_consent(call.act, call.path["person_id"], call.body)


async def show_opt_words(call: Call[None, Any]) -> OptWordsShown:
    """The words by which people end being written to and resume it: the account's own, and those always heard."""
    return await own_words.show(call.deps, call.caller)


async def set_opt_words(call: Call[OptWordsWanted, Any]) -> OptWordsShown:
    """The account's own words by language, in the place of those before."""
    return await own_words.set_words(call.act, call.body)


async def list_suppressions(call: Call[None, Page]) -> SuppressionPage:
    """The addresses that nothing is sent to, and why."""
    return await actions.list_suppressions(call.deps, call.caller, call.query)


async def add_suppression(call: Call[SuppressionWanted, Any]) -> SuppressionShown:
    """Nothing is sent to this address any more, whoever has it."""
    return await actions.add_suppression(call.act, call.body)


async def remove_suppression(call: Call[None, Any]) -> None:
    """Something may be sent there again. What a person has said stays in force."""
    await actions.remove_suppression(call.act, call.path["suppression_id"])


ENDPOINTS = (
    Endpoint(
        method="GET", path=CONSENTS, handler=list_consents, permission=Permission.PEOPLE_VIEW, tag=TAG,
        query=Page, answer=ConsentPage, summary="List what a person has said of being written to",
    ),
    Endpoint(
        method="POST", path=CONSENTS, handler=record_consent, permission=Permission.PEOPLE_EDIT, tag=TAG,
        body=ConsentWanted, answer=ConsentPage, status=201, creates=True, audit="consent.record",
        summary="Record what a person has said",
    ),
    Endpoint(
        method="GET", path=WORDS, handler=show_opt_words, permission=Permission.ACCOUNT_VIEW, tag=TAG,
        answer=OptWordsShown, summary="Show the words that end and resume",
    ),
    Endpoint(
        method="PUT", path=WORDS, handler=set_opt_words, permission=Permission.ACCOUNT_MANAGE, tag=TAG,
        body=OptWordsWanted, body_bytes=BODY_BYTES, answer=OptWordsShown, audit="opt_words.set",
        summary="Set the account's own words",
    ),
    Endpoint(
        method="GET", path=SUPPRESSIONS, handler=list_suppressions, permission=Permission.ACCOUNT_MANAGE, tag=TAG,
        query=Page, answer=SuppressionPage, summary="List suppressed addresses",
    ),
    Endpoint(
        method="POST", path=SUPPRESSIONS, handler=add_suppression, permission=Permission.ACCOUNT_MANAGE, tag=TAG,
        body=SuppressionWanted, answer=SuppressionShown, status=201, creates=True, audit="suppression.add",
        summary="Suppress an address",
    ),
    Endpoint(
        method="DELETE", path=SUPPRESSIONS + "/{suppression_id}", handler=remove_suppression, tag=TAG,
        permission=Permission.ACCOUNT_MANAGE, status=204, audit="suppression.remove", summary="Lift a suppression",
    ),
)  # fmt: skip
