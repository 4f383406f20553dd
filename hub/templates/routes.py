"""Templates over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.templates import filling, making, policy, submitting, syncing
from hub.templates.shapes import (
    BODY_BYTES,
    MessageTemplateChange,
    MessageTemplatePage,
    MessageTemplateQuery,
    MessageTemplateShown,
    MessageTemplateWanted,
    SyncWanted,
    TemplateChoiceQuery,
    TemplateChosen,
    TemplatePolicyShown,
    TemplatePolicyWanted,
    TemplatePreview,
    TemplatePreviewQuery,
    TemplatesSynced,
)

TAG = Tag("Templates", "Words with blanks that a provider has to approve, for people who have not written lately.")
PATH, POLICY = "/api/v1/templates", "/api/v1/template-policy"
TEMPLATE = f"{PATH}/{{template_id}}"


async def list_templates(call: Call[None, MessageTemplateQuery]) -> MessageTemplatePage:
    """All of the account's, or those of a line, of a name, or in a state; the youngest first."""
    return await making.list_templates(call.deps, call.caller, call.query)


async def make_template(call: Call[MessageTemplateWanted, Any]) -> MessageTemplateShown:
    """A draft. What the provider would refuse for its form is refused at once, in words."""
    return await making.make(call.act, call.body)


async def sync_templates(call: Call[SyncWanted, Any]) -> TemplatesSynced:
    """Look up now which templates a line's provider has. It is done every six hours anyhow."""
    return await syncing.sync_now(call.act, call.body.line_id)


async def choose_template(call: Call[None, TemplateChoiceQuery]) -> TemplateChosen:
    """In which of its languages a template goes to somebody, why, and what they would read."""
    return await filling.choice(call.deps, call.caller, call.query)


async def show_template(call: Call[None, Any]) -> MessageTemplateShown:
    """One template, in one language."""
    return await making.show(call.deps, call.caller, call.path["template_id"])


async def change_template(call: Call[MessageTemplateChange, Any]) -> MessageTemplateShown:
    """Other words, as long as the provider has not approved them; other fallbacks at any time."""
    return await making.change(call.act, call.path["template_id"], call.body)


async def delete_template(call: Call[None, Any]) -> None:
    """Take it away, at the provider too."""
    await submitting.delete(call.act, call.path["template_id"])


async def submit_template(call: Call[None, Any]) -> MessageTemplateShown:
    """Hand it to the provider, which tells by webhook whether it approves it."""
    return await submitting.submit(call.act, call.path["template_id"])


async def preview_template(call: Call[None, TemplatePreviewQuery]) -> TemplatePreview:
    """What somebody would read, and which fallbacks would stand there."""
    return await filling.preview(call.deps, call.caller, call.path["template_id"], call.query.person_id)


async def show_template_policy(call: Call[None, Any]) -> TemplatePolicyShown:
    """The language for people in whose own there is no template."""
    return await policy.show(call.deps, call.caller.account)


async def set_template_policy(call: Call[TemplatePolicyWanted, Any]) -> TemplatePolicyShown:
    """The language for people in whose own there is no template."""
    return await policy.set_policy(call.act, call.body)


def managed(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who manage templates."""
    return Endpoint(method=method, path=path, handler=handler, permission=Permission.TEMPLATES_MANAGE, tag=TAG, **more)


def viewed(path: str, handler: Any, **more: Any) -> Endpoint:
    """For everybody who sees the account."""
    return Endpoint(method="GET", path=path, handler=handler, permission=Permission.ACCOUNT_VIEW, tag=TAG, **more)


def of_people(path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who see the person whom it is about."""
    return Endpoint(method="GET", path=path, handler=handler, permission=Permission.PEOPLE_VIEW, tag=TAG, **more)


ENDPOINTS = (
    viewed(PATH, list_templates, query=MessageTemplateQuery, answer=MessageTemplatePage, summary="List templates"),
    managed(
        "POST", PATH, make_template,
        body=MessageTemplateWanted, body_bytes=BODY_BYTES, answer=MessageTemplateShown, status=201, creates=True,
        audit="template.make", summary="Make a template",
    ),
    managed(
        "POST", f"{PATH}/sync", sync_templates,
        body=SyncWanted, answer=TemplatesSynced, audit="template.sync", summary="Look up templates at the provider",
    ),
    of_people(
        f"{PATH}/choice", choose_template,
        query=TemplateChoiceQuery, answer=TemplateChosen, summary="Choose a template's language for somebody",
    ),
    viewed(TEMPLATE, show_template, answer=MessageTemplateShown, summary="Show a template"),
    managed(
        "PATCH", TEMPLATE, change_template,
        body=MessageTemplateChange, body_bytes=BODY_BYTES, answer=MessageTemplateShown, audit="template.change",
        summary="Change a template",
    ),
    managed("DELETE", TEMPLATE, delete_template, status=204, audit="template.delete", summary="Delete a template"),
    managed(
        "POST", f"{TEMPLATE}/submit", submit_template,
        answer=MessageTemplateShown, audit="template.submit", summary="Hand a template in",
    ),
    of_people(
        f"{TEMPLATE}/preview", preview_template,
        query=TemplatePreviewQuery, answer=TemplatePreview, summary="Preview a template for somebody",
    ),
    viewed(POLICY, show_template_policy, answer=TemplatePolicyShown, summary="Show the language of last resort"),
    managed(
        "PUT", POLICY, set_template_policy,
        body=TemplatePolicyWanted, answer=TemplatePolicyShown, audit="template_policy.set",
        summary="Set the language of last resort",
    ),
)  # fmt: skip
