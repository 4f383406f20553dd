"""What each permission allows, in plain words: for the API, and for docs/api.md, which says the same."""

from collections.abc import Mapping

from hub.access import Permission

ABOUT: Mapping[Permission, str] = {
    Permission.PUBLIC: "what anybody may ask: the pages, signing in, `/live`, `/ready`, the description of the API",
    Permission.ME: "what all members do about how they sign in: password, second factor, sessions",
    Permission.MEMBERSHIP: "what all members do once in: name, leaving, joining elsewhere, removing a second factor",
    Permission.VISIT: "writing with a business in the widget on its site, as the visitor whose token it is",
    Permission.METRICS_VIEW: "the numbers of a process at `/metrics`; for operators",
    Permission.ACCOUNTS_VIEW: "seeing all accounts of the installation; for operators",
    Permission.ACCOUNTS_MANAGE: "making and closing accounts; for operators",
    Permission.ACCOUNT_VIEW: "seeing the account: its name, time zone, owners, and how its members sign in",
    Permission.ACCOUNT_MANAGE: "changing the account's name, time zone and country, and which attributes people have",
    Permission.ACCOUNT_OWN: "handing the account on, closing it, and how its members sign in; for owners, in person",
    Permission.AGENTS_MANAGE: "setting up AI agents and their models: what they do, what they know, where they stop",
    Permission.ANALYTICS_VIEW: "the figures: conversations, leads, campaigns, and how members do",
    Permission.AUDIT_VIEW: "reading and exporting the audit log",
    Permission.BILLING_MANAGE: "the plan, how it is paid, and the invoices",
    Permission.CAMPAIGNS_MANAGE: "writing, starting and stopping campaigns",
    Permission.INTEGRATIONS_MANAGE: "connecting other programs, and what they are told",
    Permission.KEYS_MANAGE: "making, rotating and revoking API keys; none may do more than whoever makes it",
    Permission.LINES_MANAGE: "connecting numbers, mailboxes, pages and sites",
    Permission.MAGNETS_WRITE: "writing and publishing lead magnets",
    Permission.MEMBERS_VIEW: "seeing members, teams and roles, and when somebody is there",
    Permission.MEMBERS_MANAGE: "inviting, changing, disabling and removing members, and setting their hours",
    Permission.PEOPLE_VIEW: "seeing the people whom the account talks with",
    Permission.PEOPLE_EDIT: "changing what is known of people, and merging two that are one",
    Permission.PEOPLE_ERASE: "erasing people for good, in every backup too",
    Permission.PEOPLE_EXPORT: "taking the data of people out as a file",
    Permission.ROLES_MANAGE: "making, changing and deleting roles; none may allow more than whoever makes it may do",
    Permission.TEAMS_MANAGE: "making and deleting teams, who is in them, and their hours",
    Permission.TEMPLATES_MANAGE: "writing message templates, handing them in, and deleting them",
    Permission.THREADS_VIEW: "reading conversations",
    Permission.THREADS_FOLLOW: "following conversations, and noting how far one has read in them",
    Permission.THREADS_REPLY: "writing to people, taking a conversation over from an agent and handing it back",
    Permission.THREADS_ASSIGN: "saying which member or team a conversation belongs to",
    Permission.WORK_VIEW: "how much work waits, and what was given up",
    Permission.WORK_MANAGE: "reviving work that was given up",
}
