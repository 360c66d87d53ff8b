"""The files for Docker fit the project: nobody here needs an engine to find out."""

import re
from pathlib import Path

import pytest
import yaml

from streams.broker.jars import KAFKA_VERSION
from streams.cli import main

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
SECRET = re.compile(r"\$\{(\w*_(?:KEY|PASSWORD))\b(:\?)?")


def test_the_services_are_those_of_the_design():
    assert set(SERVICES) == {"kafka", "postgres", "judge", "track", "desk", "prometheus", "grafana"}


def test_kafka_is_the_version_that_tests_run_against():
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{KAFKA_VERSION}"


def test_the_brokers_settings_are_those_of_the_embedded_one():
    chosen = (ROOT / "config" / "kafka" / "server.properties").read_text(encoding="utf-8").splitlines()
    expected = dict(line.split("=") for line in chosen if line and not line.startswith("#"))
    environment = SERVICES["kafka"]["environment"]

    assert {
        name: str(environment["KAFKA_" + name.replace(".", "_").upper()]) for name in expected
    } == expected


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_has_a_pinned_image_a_health_check_and_comes_back(name):
    service = SERVICES[name]

    assert "build" in service or re.fullmatch(r".+:v?\d+(\.\d+)*", service["image"])
    assert service["healthcheck"]["test"]
    assert service["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_waits_for_services_and_mounts_volumes_that_exist(name):
    service = SERVICES[name]

    assert set(service.get("depends_on", [])) <= set(SERVICES)
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        assert (ROOT / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_is_published_beyond_this_machine(name):
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


def test_no_secret_has_a_default():
    asked = SECRET.findall(TEXT)

    assert {variable for variable, _ in asked} == {
        "REGULATOR_PSEUDONYM_KEY",
        "REGULATOR_FINDING_KEY",
        "REGULATOR_ENCRYPTION_KEY",
        "REGULATOR_DATABASE_PASSWORD",
    }
    assert all(required for _, required in asked)


def test_the_commands_of_the_services_exist():
    own = {name: service["command"][0] for name, service in SERVICES.items() if "build" in service}

    assert set(own.values()) <= set(main.commands)
    assert set(own) == {"judge", "track", "desk"}


def test_the_image_copies_what_exists_and_runs_as_nobody_special():
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [word for line in lines if line.startswith("COPY ") for word in line.split()[1:-1]]

    assert copied
    assert all((ROOT / source).exists() for source in copied)
    assert "USER regulator" in lines


def test_platforms_come_in_by_password_and_permission_only():
    environment = SERVICES["kafka"]["environment"]
    protocols = dict(
        pair.split(":") for pair in environment["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"].split(",")
    )
    listeners = dict(one.split("://") for one in environment["KAFKA_LISTENERS"].split(","))

    assert protocols["PLATFORMS"] == "SASL_PLAINTEXT"
    assert set(protocols) == set(listeners)
    assert environment["KAFKA_AUTHORIZER_CLASS_NAME"].endswith(".StandardAuthorizer")
    assert environment["KAFKA_SUPER_USERS"] == "User:ANONYMOUS"
    assert any(port.endswith(listeners["PLATFORMS"]) for port in SERVICES["kafka"]["ports"])
