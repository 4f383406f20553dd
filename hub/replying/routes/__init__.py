"""Replying over HTTP."""

from hub.replying.routes.beginning import ENDPOINTS as BEGINNING
from hub.replying.routes.canned import ENDPOINTS as CANNED
from hub.replying.routes.drafts import ENDPOINTS as DRAFTS

ENDPOINTS = (*BEGINNING, *DRAFTS, *CANNED)
