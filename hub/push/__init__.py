"""Notifications in members' browsers, also while no page of ours is open: by web push, as due work."""
