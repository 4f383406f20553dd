"""What can go wrong about accounts."""

from hub.errors import Conflict, Forbidden, NotFound, Unprocessable


class NoSuchAccount(NotFound):
    """There is no such account, or it is closed."""

    code = "no_such_account"


class NoSuchMember(NotFound):
    """There is no such member, or not for whoever asks."""

    code = "no_such_member"


class MemberNotAble(Unprocessable):
    """The member is disabled, or lacks the permission that this takes."""

    code = "member_not_able"


class NoSuchRole(NotFound):
    """There is no such role."""

    code = "no_such_role"


class NoSuchTeam(NotFound):
    """There is no such team."""

    code = "no_such_team"


class NoSuchInvitation(NotFound):
    """There is no such invitation, or its link was changed."""

    code = "no_such_invitation"


class NoSuchKey(NotFound):
    """There is no such key."""

    code = "no_such_key"


class NameTaken(Conflict):
    """Another one of the account has this name."""

    code = "name_taken"


class AccountFull(Unprocessable):
    """The account has as many of them as an account can have."""

    code = "account_full"


class LastOwner(Conflict):
    """An account always has an owner."""

    code = "last_owner"


class AlreadyMember(Conflict):
    """The address is a member's already."""

    code = "already_member"


class InvitationUsed(Conflict):
    """Somebody has accepted the invitation already."""

    code = "invitation_used"


class InvitationExpired(Unprocessable):
    """The invitation is too old."""

    code = "invitation_expired"


class RoleInUse(Conflict):
    """Members have the role, or are invited to it."""

    code = "role_in_use"


class BuiltIn(Forbidden):
    """It comes with every account, and stays as it is."""

    code = "built_in"


class OwnersStay(Forbidden):
    """This cannot be done to an owner."""

    code = "owners_stay"


class SignUpClosed(Forbidden):
    """This installation makes accounts for nobody who asks."""

    code = "sign_up_closed"


class SignInFirst(Conflict):
    """The address has a login: it has to show its own proof."""

    code = "sign_in_first"


class NameDiffers(Unprocessable):
    """The name that was typed to confirm is not the account's."""

    code = "name_differs"


class KeyExists(Conflict):
    """The same request has made the key before, and its secret is shown once."""

    code = "key_exists"


class KeyEnded(Conflict):
    """The key has ended, or has a successor already."""

    code = "key_ended"
