"""The only way out: every HTTP request of the hub to another machine, and every connection to a mail server."""

from hub.egress.addresses import Resolver
from hub.egress.client import Answer, Download, Egress
from hub.egress.errors import EgressFailed, EgressRefused

__all__ = ["Answer", "Download", "Egress", "EgressFailed", "EgressRefused", "Resolver"]
