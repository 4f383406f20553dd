"""What this room adds to the whole."""

from hub.drafting.events import AgentDrafted, AgentDraftEnded
from hub.house import Room

ROOM = Room(name="drafting", events=(AgentDrafted, AgentDraftEnded))
