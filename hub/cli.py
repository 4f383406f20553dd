"""One program of all commands: `python -m hub …`."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

import uvloop

from hub import VERSION, logs, telemetry
from hub.command import Command, Terminal, say
from hub.deps import open_deps
from hub.doctor.commands import COMMANDS as DOCTOR_COMMANDS
from hub.errors import HubError
from hub.rooms import HOUSE
from hub.running.commands import COMMANDS as RUNNING_COMMANDS
from hub.settings import BadSetting, Settings, load
from hub.store.folder import note_in

COMMANDS = (*RUNNING_COMMANDS, *DOCTOR_COMMANDS, *HOUSE.commands)
GROUPS: Mapping[str, str] = {
    "audit": "the audit log: who did what",
    "account": "the businesses that share this installation",
    "member": "who works for an account",
    "key": "API keys of an account",
    "line": "the numbers, mailboxes and sites that an account is reached at",
    "mind": "the models that an account has, and for what",
    "buried": "due work that was given up",
    "keys": "the keys that everything is sealed by",
}
FAILED, MISUSED, INTERRUPTED = 1, 2, 130


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit code is 0, 1 when it failed, 2 when it was asked wrongly."""
    args = parser().parse_args(argv)
    try:
        settings = load(os.environ)
        logs.configure(settings)
        telemetry.configure(settings)
        command: Command = args.command
        return uvloop.run(command.run(terminal(args, settings)))
    except KeyboardInterrupt:
        return INTERRUPTED
    except HubError as error:
        sys.stderr.write(f"{error.message}\n")
        return MISUSED if isinstance(error, BadSetting) else FAILED


def parser() -> argparse.ArgumentParser:
    """Every command that a room declares, in its group."""
    root = argparse.ArgumentParser(prog="python -m hub", description="Parley, a conversational lead hub.")
    root.add_argument("--version", action="version", version=f"Parley {VERSION}")
    branches = {"": root.add_subparsers(metavar="command", required=True)}
    for command in COMMANDS:
        group, _, name = command.path.rpartition(" ")
        if group not in branches:
            stem = branches[""].add_parser(group, help=GROUPS[group], description=GROUPS[group])
            branches[group] = stem.add_subparsers(metavar="command", required=True)
        add(command, branches[group].add_parser(name, help=command.help, description=command.help))
    return root


def add(command: Command, leaf: argparse.ArgumentParser) -> None:
    """One command with its arguments."""
    leaf.set_defaults(command=command)
    for argument in command.arguments:
        leaf.add_argument(argument.name, help=argument.help, **(argument.options or {}))
    if command.has_json:
        leaf.add_argument("--json", action="store_true", help="answer in JSON, for programs")


def terminal(args: argparse.Namespace, settings: Settings) -> Terminal:
    """What a command gets."""
    return Terminal(args, settings, lambda: open_deps(HOUSE.wants(beside_hub(settings)), report=say), HOUSE.kinds)


def beside_hub(settings: Settings) -> Settings:
    """Of a command beside a hub that runs in the same folder, wherever that listens: links that it makes lead there."""
    hub = None if settings.mongodb_url or settings.public_url else note_in(settings.data)
    return replace(settings, public_url=hub.web_url) if hub and hub.web_url and hub.is_alive else settings
