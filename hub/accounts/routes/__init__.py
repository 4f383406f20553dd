"""Accounts over HTTP."""

from hub.accounts.routes.account import ENDPOINTS as ACCOUNT
from hub.accounts.routes.api_keys import ENDPOINTS as API_KEYS
from hub.accounts.routes.installation import ENDPOINTS as INSTALLATION
from hub.accounts.routes.invitations import ENDPOINTS as INVITATIONS
from hub.accounts.routes.members import ENDPOINTS as MEMBERS
from hub.accounts.routes.roles import ENDPOINTS as ROLES
from hub.accounts.routes.teams import ENDPOINTS as TEAMS

ENDPOINTS = (*INSTALLATION, *ACCOUNT, *MEMBERS, *TEAMS, *ROLES, *INVITATIONS, *API_KEYS)
