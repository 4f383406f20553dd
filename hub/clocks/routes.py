"""Clocks, promises, surveys and reports over HTTP."""

from typing import Any

from hub.access import Permission
from hub.clocks import policy, reporting, showing, survey_policy
from hub.clocks.shapes import (
    AnswersReport,
    ClocksShown,
    LatePage,
    LateQuery,
    ReportQuery,
    SlaPolicyShown,
    SlaPolicyWanted,
    SurveyPolicyShown,
    SurveyPolicyWanted,
    SurveyReport,
)
from hub.http.endpoint import Call, Endpoint, Tag
from hub.limits import Rate

TAG = Tag("Clocks", "How long people wait, what was promised them, and how they found it.")
# Each counts thousands of measures.
REPORTS = Rate(60)


async def show_thread_clocks(call: Call[None, Any]) -> ClocksShown:
    """Which clocks run in a conversation, by when they should stop, and whose time it was so far."""
    return await showing.show_clocks(call.deps, call.caller, call.path["thread_id"])


async def list_late_threads(call: Call[None, LateQuery]) -> LatePage:
    """Conversations in which an answer, or the end, is late or soon will be."""
    return await showing.list_late(call.deps, call.caller, call.query)


async def show_sla_policy(call: Call[None, Any]) -> SlaPolicyShown:
    """Within how many minutes which conversations are answered and done."""
    return await policy.show_policy(call.deps, call.caller.account)


async def set_sla_policy(call: Call[SlaPolicyWanted, Any]) -> SlaPolicyShown:
    """Within how many minutes which conversations are to be answered and done. The first promise that fits counts."""
    return await policy.set_policy(call.act, call.body)


async def show_csat_policy(call: Call[None, Any]) -> SurveyPolicyShown:
    """Whether, when, where and how people are asked how it went."""
    return await survey_policy.show_policy(call.deps, call.caller.account)


async def set_csat_policy(call: Call[SurveyPolicyWanted, Any]) -> SurveyPolicyShown:
    """Whether, when, where and how people are asked how it went. Nobody is asked twice within 30 days."""
    return await survey_policy.set_policy(call.act, call.body)


async def report_answers(call: Call[None, ReportQuery]) -> AnswersReport:
    """How long people waited for an answer, for a human one, and for the end; and whose time that was."""
    return await reporting.report_answers(call.deps, call.caller, call.query)


async def report_csat(call: Call[None, ReportQuery]) -> SurveyReport:
    """How people found it, from 1 to 5."""
    return await reporting.report_surveys(call.deps, call.caller, call.query)


ENDPOINTS = (
    Endpoint(
        method="GET", path="/api/v1/threads/{thread_id}/clocks", handler=show_thread_clocks,
        permission=Permission.THREADS_VIEW, answer=ClocksShown, summary="Show a conversation's clocks", tag=TAG,
    ),
    Endpoint(
        method="GET", path="/api/v1/sla", handler=list_late_threads, permission=Permission.THREADS_VIEW,
        query=LateQuery, answer=LatePage, summary="List late conversations", tag=TAG,
    ),
    Endpoint(
        method="GET", path="/api/v1/sla-policy", handler=show_sla_policy, permission=Permission.ACCOUNT_VIEW,
        answer=SlaPolicyShown, summary="Show what is promised", tag=TAG,
    ),
    Endpoint(
        method="PUT", path="/api/v1/sla-policy", handler=set_sla_policy, permission=Permission.ACCOUNT_MANAGE,
        body=SlaPolicyWanted, answer=SlaPolicyShown, audit="sla_policy.set", summary="Set what is promised", tag=TAG,
    ),
    Endpoint(
        method="GET", path="/api/v1/csat-policy", handler=show_csat_policy, permission=Permission.ACCOUNT_VIEW,
        answer=SurveyPolicyShown, summary="Show how people are asked", tag=TAG,
    ),
    Endpoint(
        method="PUT", path="/api/v1/csat-policy", handler=set_csat_policy, permission=Permission.ACCOUNT_MANAGE,
        body=SurveyPolicyWanted, answer=SurveyPolicyShown, audit="csat_policy.set",
        summary="Set how people are asked", tag=TAG,
    ),
    Endpoint(
        method="GET", path="/api/v1/reports/answers", handler=report_answers, permission=Permission.ANALYTICS_VIEW,
        query=ReportQuery, answer=AnswersReport, rate=REPORTS, summary="Report how long people waited", tag=TAG,
    ),
    Endpoint(
        method="GET", path="/api/v1/reports/csat", handler=report_csat, permission=Permission.ANALYTICS_VIEW,
        query=ReportQuery, answer=SurveyReport, rate=REPORTS, summary="Report how people found it", tag=TAG,
    ),
)  # fmt: skip
