"""The inbox over HTTP."""

from hub.inbox.routes.reading import ENDPOINTS as READING
from hub.inbox.routes.threads import ENDPOINTS as THREADS
from hub.inbox.routes.views import ENDPOINTS as VIEWS

ENDPOINTS = (*THREADS, *VIEWS, *READING)
