"""What a line knows of its provider, as operators enter it at a terminal. No secret stands on a command line, where
others of the machine could read it."""

import sys
from argparse import Namespace
from collections.abc import Collection, Mapping, Sequence
from getpass import getpass

import msgspec

from channels.base import Channel, Field
from hub.command import Argument
from hub.errors import Invalid

ARGUMENTS = (
    Argument(
        name="--value",
        help="something that the provider needs and that is no secret, as NAME=VALUE; once for each",
        options={"action": "append", "metavar": "NAME=VALUE"},
    ),
    Argument(
        name="--secrets-stdin",
        help='read all secrets from standard input, as JSON: {"NAME": "…"}',
        options={"action": "store_true"},
    ),
)


def secrets_of(channel: Channel) -> dict[str, Field]:
    """Its fields that nobody may see, by their names."""
    return {field.name: field for field in channel.fields if field.is_secret}


def plain_values(pairs: Sequence[str], secrets: Collection[str]) -> dict[str, str]:
    """What was given as NAME=VALUE; no secret is."""
    given = dict[str, str]()
    for pair in pairs:
        name, is_pair, value = pair.partition("=")
        if not is_pair:
            raise Invalid(f"{name} is no NAME=VALUE.")
        if name in secrets:
            raise Invalid(f"{name} is a secret, and others can see what stands on a command line: --secret {name}")
        given[name] = value
    return given


def secret_values(args: Namespace, prompts: Mapping[str, str]) -> dict[str, str]:
    """What is read from standard input as JSON; or what is asked for, and typed unseen."""
    if not args.secrets_stdin:
        return {name: getpass(f"{prompt}: ") for name, prompt in prompts.items()}
    try:
        return msgspec.json.decode(sys.stdin.buffer.read(), type=dict[str, str])
    except msgspec.MsgspecError:
        raise Invalid('Standard input is no JSON of secrets, such as {"key": "…"}.') from None


def prompts_for(secrets: Mapping[str, Field], wanted: Sequence[str]) -> dict[str, str]:
    """What is asked for: these, or all of them at a terminal."""
    names = wanted or (list(secrets) if sys.stdin.isatty() else [])
    return {name: prompt(secrets[name]) if name in secrets else name for name in names}


def prompt(field: Field) -> str:
    """In the provider's words, with the name by which the docs call it."""
    return f"{field.label} ({field.name}{'' if field.default is None else '; may be left empty'})"
