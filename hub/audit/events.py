"""What screens are told of what was set otherwise."""

from hub.bus import Event


class SettingChanged(Event, frozen=True):
    """Something that an account has set is otherwise: whoever shows this area loads it anew. Areas are what the actions
    of the audit log begin with, as far as all members share them: `member`, `team`, `line`, `view`, `canned`… All
    members hear it, and keys with `account.view`. `rev` is the time."""

    area: str
