"""Presence: who is online, who looks at a conversation, who is typing there. It may vanish, and is back in seconds."""
