"""Threads over HTTP."""

from hub.threads.routes.marks import ENDPOINTS as MARKS
from hub.threads.routes.merging import ENDPOINTS as MERGING
from hub.threads.routes.ownership import ENDPOINTS as OWNERSHIP
from hub.threads.routes.policy import ENDPOINTS as POLICY
from hub.threads.routes.state import ENDPOINTS as STATE
from hub.threads.routes.threads import ENDPOINTS as THREADS

ENDPOINTS = (*THREADS, *OWNERSHIP, *STATE, *MARKS, *MERGING, *POLICY)
