"""The client for machines against a registry that is served: as a library, and as a program of its own."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from joserfc.jwk import ECKey

from registry.actors import Role, Scope
from registry.api import principals
from registry.api.rates import Buckets
from registry.db import db
from submission_portal.deliveries.tables import Delivery
from submission_portal.receiving import client as program
from submission_portal.receiving import watching
from submission_portal.receiving.client import Problem, Registry, Secret, openssl_key
from tests.conftest import NOW
from tests.factories.deliveries import DAILY, DeliveryWorld
from tests.factories.machine_clients import registered_client

HEAD = "Dag;Sjukhus;Avdelning;Disponibla vårdplatser;Belagda vårdplatser;Överbeläggningar;Utlokaliserade patienter"


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(principals, "BUCKETS", Buckets())
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def world(organisations, actor):
    return DeliveryWorld.load(organisations, actor, DAILY)


@pytest.fixture
def administrator(actor):
    return actor("ra", (Role.REGION_ADMINISTRATOR, "25"))


@pytest.fixture
def known(administrator, organisations):
    return registered_client(administrator, organisations["25"])


def wards(*crowded):
    rows = [f"2026-10-30;Kalix sjukhus;{chr(65 + at)};{20 + at};15;{count};10" for at, count in enumerate(crowded)]
    return "\r\n".join([HEAD, *rows, ""]).encode()


def test_from_a_file_to_a_receipt_and_back(world, address, known):
    with Registry(address, Secret(known.client_id, known.secret), language="en") as registry:
        assert [one["id"] for one in registry.lines()] == [world.flow.slug]
        delivery = registry.deliver(world.flow.slug, wards(0, "", 0), name="wards.csv", sender_reference="run-1")
        assert delivery.state == "stopped"
        assert [one["needs"] for one in registry.findings(delivery.id)] == ["answer"]
        delivery = registry.answer(delivery, cells={"overbelaggningar": {"*": "not_reported"}})
        assert delivery.state == "checked"
        with pytest.raises(Problem) as waits:
            registry.send(delivery)
        assert waits.value.waits_for == program.DISCLOSURE
        delivery = registry.replace_file(delivery, wards(0, 2, 0), name="wards.csv")
        world.disclose(delivery.id)
        with pytest.raises(Problem) as changed:
            registry.send(delivery)
        assert changed.value.status == 412
        receipt = registry.send(registry.delivery(delivery.id))
        assert receipt == registry.receipt(delivery.id)
        (row,) = registry.deliveries(sender_reference="run-1")
        assert (row["number"], row["state"]) == (receipt["number"], "released")
        withdrawn = registry.withdraw(registry.delivery(delivery.id), "Fel dag.")
        assert withdrawn.state == "withdrawn"


def test_a_file_of_more_than_a_stranger_may_send_comes_through_the_web_server(world, web_server, known):
    body = wards(0, 0, 0) + b"\r\n" * 2**16
    with Registry(web_server, Secret(known.client_id, known.secret)) as registry:
        delivery = registry.deliver(world.flow.slug, body, name="wards.csv")
    assert (delivery.state, delivery.data["file"]["size"]) == ("checked", len(body))


def test_a_large_file_comes_in_parts(world, web_server, known, monkeypatch):
    monkeypatch.setattr(program, "IN_PARTS", 100)
    monkeypatch.setattr(program, "PART", 64)
    with Registry(web_server, Secret(known.client_id, known.secret)) as registry:
        delivery = registry.deliver(world.flow.slug, wards(0, 0, 0), name="wards.csv", sender_reference="run-2")
        again = registry.deliver(world.flow.slug, wards(0, 0, 0), name="wards.csv")
    assert (delivery.state, delivery.data["sender_reference"], again.id) == ("checked", "run-2", delivery.id)
    assert delivery.data["file"]["sha256"] == hashlib.sha256(wards(0, 0, 0)).hexdigest()


def test_a_key_of_ones_own_is_enough(address, administrator, organisations, tmp_path):
    key = ECKey.generate_key("P-256", auto_kid=False)
    (tmp_path / "key.pem").write_bytes(key.as_pem(private=True))
    public = key.as_pem(private=False).decode()
    known = registered_client(administrator, organisations["25"], Scope.READ_DELIVERIES, public_key=public)
    with Registry(address, openssl_key(known.client_id, tmp_path / "key.pem")) as registry:
        assert registry.client()["scopes"] == ["read_deliveries"]


def test_the_file_alone_is_a_program(world, address, known, tmp_path):
    (tmp_path / "client.py").write_bytes(Path(program.__file__).read_bytes())
    (tmp_path / "dagar.csv").write_bytes(wards(0, 2, 0))
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "sv_SE.UTF-8",
        "PYTHONUTF8": "1",
        "VARDPLATSREGISTRET_ADDRESS": address,
        "VARDPLATSREGISTRET_CLIENT_ID": known.client_id,
        "VARDPLATSREGISTRET_CLIENT_SECRET": known.secret,
        "VARDPLATSREGISTRET_LINE": world.flow.slug,
    }

    def run(*arguments):
        command = [sys.executable, "client.py", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    waits = run("send", "dagar.csv")
    assert waits.returncode == 1 and "409 " in waits.stderr and " checked" in waits.stderr
    identifier = waits.stderr.split()[0]
    world.disclose(identifier)
    sent = run("send", "dagar.csv")
    assert sent.returncode == 0, sent.stderr
    assert json.loads(sent.stdout)["number"].startswith("L-2026-")
    again = run("send", "dagar.csv")
    assert (again.returncode, again.stdout) == (0, sent.stdout)
    refused = run("send", "dagar.csv", "--line", "ingen")
    assert refused.returncode == 2 and "404 Det finns ingenting på adressen" in refused.stderr


def test_a_folder_is_delivered_by_the_command(world, address, known, tmp_path, app, monkeypatch):
    """Here time stands still for nobody: that a file is left for ten seconds is tested by itself."""
    monkeypatch.setattr(watching, "STILL", 0.0)
    monkeypatch.setattr(watching, "LOOK", 0.0)
    monkeypatch.setenv(program.SECRET, known.secret)
    (tmp_path / "dagar.csv").write_bytes(wards(0, 2, 0))
    (tmp_path / "fel.csv").write_bytes(wards(0, "x", 0))
    given = [str(tmp_path), "--once", "--address", address, "--client-id", known.client_id]
    ended = app.test_cli_runner().invoke(args=["deliveries", "watch", *given, "--line", "none"])
    assert ended.exit_code == 2 and world.flow.slug in ended.stderr
    watched = ["deliveries", "watch", *given, "--line", world.flow.slug]
    waits = app.test_cli_runner().invoke(args=watched)
    assert waits.exit_code == 0 and "dagar.csv waits: 409" in waits.output
    assert "ROW-002" in (tmp_path / "stoppat" / "fel.csv.txt").read_text()
    db.session.rollback()
    (made,) = (one for one in db.session.query(Delivery) if one.file_name == "dagar.csv")
    world.disclose(made.id)
    sent = app.test_cli_runner().invoke(args=watched)
    assert "dagar.csv skickat: L-2026-" in sent.output
    assert sorted(one.name for one in (tmp_path / "skickat").iterdir()) == ["dagar.csv", "dagar.csv.txt"]
