"""Replying: what helps a member to write. Drafts, replies that are written once and used often, beginning a thread."""
