"""Nobody shows a table version without the gateway having been asked who may read it: in the code, and in every answer.

The instance of the walk is the demonstration, in which the recipient alone has the second version of a table.
"""

import ast
import re
from collections.abc import Iterator

import pytest
from flask import Flask

import wsgi
from registry import clock
from registry.db import db, transaction
from registry.provenance import Provenance
from submission_portal.demonstration import people
from submission_portal.demonstration.answers import answers
from submission_portal.followup.deciding import give_to_recipient
from submission_portal.followup.gateway import current_table
from submission_portal.followup.queries import frame_of
from submission_portal.followup.versions import latest_version
from tests.conftest import Browser
from tests.demonstration import copied
from tests.guards.programs import modules

MAY_SELECT = {
    "submission_portal/followup/gateway.py": "the gateway",
    "submission_portal/followup/versions.py": "what composes and decides, in whatever state",
    "submission_portal/followup/services.py": "writes them",
    "submission_portal/followup/deciding.py": "holds the one that is decided",
    "submission_portal/followup/releasing.py": "orders those of a series in time",
    "submission_portal/followup/related_measures.py": "reads what somebody may know, to protect against it",
    "submission_portal/followup/acts.py": "says for which side a decision about one was taken",
    "submission_portal/followup/examining.py": "compares stored objects with their rows",
    "submission_portal/followup/resolvers.py": "names those that the gateway lets be named",
}
"""The modules that may use the class as more than a type, and for what."""


def _uses(module: ast.Module) -> list[int]:
    """Lines where `TableVersion` is a value: in a statement, or an argument of a call. As a type of a value it may be named."""
    types = {
        id(inner)
        for node in ast.walk(module)
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if part is not None
        for inner in ast.walk(part)
    }
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Name) and node.id == "TableVersion" and id(node) not in types
    ]


def test_nobody_else_selects_table_versions():
    found = {place: lines for place, module in modules().items() if (lines := _uses(module))}
    assert {place: lines for place, lines in found.items() if place not in MAY_SELECT} == {}
    assert set(found) == set(MAY_SELECT), "listed here, and selects nothing"


def test_the_guard_sees_a_selection_however_it_is_written():
    for written in ("select(TableVersion)", "session.get(TableVersion, one)", "x = TableVersion.state == 1"):
        assert _uses(ast.parse(written)), written
    assert not _uses(
        ast.parse("def show(table: TableVersion) -> list[TableVersion]: ...\nkept: TableVersion | None = None")
    )


MEASURE = "utlokaliserade-patienter"
LOG = ("/administration/logg",)
"""Tells ids and hashes of everything that has happened to those who run the registry, and no figure."""
OUTSIDE = (None, "uppgiftslamnare-25", "utlamnare-99", "terminolog", "informatiker", "administrator")
INSIDE = ("mottagare", "kvalitetsgranskare", "rattsgranskare")
ASKED = (
    "",
    "?krets=alla",
    "?version=2",
    "?visa=framat-figure",
    "?region=99",
    "?period={period}",
    "?q={hash}",
    "?q={key}",
)


@pytest.fixture(scope="module")
def walked(tmp_path_factory) -> Iterator[tuple[Flask, dict[str, str]]]:
    """The application, and what leads to the version that the recipient alone has."""
    app = wsgi.create_app(
        {"INSTANCE": copied(tmp_path_factory, "audiences"), "TESTING": True, "WTF_CSRF_ENABLED": False}
    )
    app.test_client_class = Browser
    with app.app_context():
        reviewer, waiting = people.actor(db.session, "rattsgranskare"), latest_version(db.session, MEASURE)
        given = answers(Provenance.MADE_UP, concerns_persons=True)
        with transaction() as session:
            table = session.merge(waiting)
            give_to_recipient(session, reviewer, clock.now(), table, reason="Läst.", answers=given, replies={})
        analyst = people.actor(db.session, "mottagare")
        theirs = current_table(db.session, MEASURE, analyst)
        open_to_all = current_table(db.session, MEASURE, people.actor(db.session, "terminolog"))
        assert (theirs.number, open_to_all.number) == (2, 1)
        only = frame_of(db.session, theirs).join(frame_of(db.session, open_to_all), on="key", how="anti")
        key = only.sort("key")["key"].to_list()[-1]
        found = {"id": theirs.id, "hash": theirs.content_hash, "key": key, "period": key.split("/")[1]}
        yield app, found
        db.session.close()
        db.engine.dispose()


def _addresses(app: Flask, secret: dict[str, str]) -> list[str]:
    """Every address that can be got, filled with what leads to the version, with each of the questions that pages take."""
    fills = {
        "slug": [MEASURE], "number": ["2"], "key": [secret["key"]], "code": ["99"], "extension": ["csv", "json", "parquet"],
        "ref": [f"table:{secret['id']}", secret["hash"], f"figure:{secret['id']}/{secret['key']}", f"{MEASURE}/{secret['key']}"],
        "table_id": [secret["id"]],
    }  # fmt: skip
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or "GET" not in rule.methods:
            continue
        filled = [rule.rule]
        for argument in rule.arguments:
            values = fills.get(argument, ["2" if f"int:{argument}" in rule.rule else secret["id"]])
            filled = [re.sub(rf"<(?:[^<>:]+:)?{argument}>", value, one) for one in filled for value in values]
        asked = ASKED if rule.endpoint.startswith("followup.") else ("",)
        found += [one + more.format(**secret) for one in filled for more in asked]
    return sorted(set(found))


@pytest.mark.parametrize("login", OUTSIDE)
def test_no_address_tells_others_of_the_recipients_version(walked, login):
    app, secret = walked
    client = _client(app, login)
    for address in _addresses(app, secret):
        answer = client.get(address)
        assert answer.status_code < 500, address
        text = answer.get_data(as_text=True) if answer.mimetype.startswith(("text/", "application/json")) else ""
        shown = text.replace(address, "").replace(address.partition("?")[0], "")
        for what in ("hash", "id"):
            if secret[what] not in address and address not in LOG:
                assert secret[what] not in shown, f"{login}: {address} tells the version's {what}"
        assert f"/siffra/{secret['key']}" not in shown, f"{login}: {address} links a figure of it"
    assert client.get(f"/uppfoljning/{MEASURE}/siffra/{secret['key']}").status_code == 404
    assert client.get(f"/uppfoljning/{MEASURE}/versioner/2").status_code == 404
    assert client.get(f"/uppfoljning/{MEASURE}/tabell.csv?version=2").status_code == 404


@pytest.mark.parametrize("login", INSIDE)
def test_the_recipients_own_people_read_it_and_see_what_everybody_sees(walked, login):
    app, secret = walked
    client, address = _client(app, login), f"/uppfoljning/{MEASURE}/siffra/{secret['key']}"
    assert client.get(address).status_code == 200
    assert client.get(f"/uppfoljning/{MEASURE}/versioner/2").status_code == 200
    assert client.get(f"{address}?krets=alla").status_code == 404


def _client(app: Flask, login: str | None):
    client = app.test_client()
    if login:
        password = people.password(app.config["INSTANCE"])
        assert client.post("/logga-in", data={"login": login, "password": password}).status_code == 302
    return client
