"""Nobody shows a table version without the gateway having been asked who may read it: in the code, and in every answer.

The instance of the walk is the demonstration, in which the recipient alone has the second version of a table.
"""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest
from flask import Flask

import wsgi
from registry import clock
from registry.db import db, transaction
from registry.provenance import Provenance
from submission_portal.demonstration import people
from submission_portal.demonstration.answers import answers
from submission_portal.followup.deciding import give_to_recipient
from submission_portal.followup.frames import frame_of
from submission_portal.followup.gateway import current_table
from submission_portal.followup.versions import latest_version
from tests.conftest import Browser
from tests.demonstration import copied
from tests.guards.programs import modules

MAY_SELECT = {
    "submission_portal/followup/gateway.py": "the gateway",
    "submission_portal/followup/versions.py": "what composes and decides, in whatever state",
    "submission_portal/followup/keeping.py": "writes them",
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


MAY_READ_WHOLE = {
    "submission_portal/followup/compilations/gate.py": "takes out what is closed to the reader",
    "submission_portal/followup/evidence.py": "what the recipient's reviewers decide about; reading is logged",
    "submission_portal/followup/explaining.py": "the worker's look into what is hidden, of which no value is kept",
    "submission_portal/followup/keeping.py": "compares what is composed with what is kept",
    "submission_portal/followup/recomposing.py": "compares what is kept with what is composed",
    "submission_portal/followup/related_measures.py": "reads what somebody may know, to protect against it",
    "submission_portal/followup/versions.py": "reads what somebody may know, to protect against it",
}
"""The modules that may read the figures of a version as they are kept, and for what."""


def _reads_whole(module: ast.Module) -> bool:
    """Whether a module takes the kept figures, or makes a table as it is shown without asking what is closed."""
    return any(
        (isinstance(node, ast.ImportFrom) and node.module == "submission_portal.followup.frames")
        or (isinstance(node, ast.ImportFrom) and any(one.name == "frames" for one in node.names))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ShownTable")
        or (isinstance(node, ast.Attribute) and node.attr == "parquet_key")
        for node in ast.walk(module)
    )


PLACES = (
    "submission_portal/followup/",
    "submission_portal/legal_desk/",
    "submission_portal/review/",
    "submission_portal/demonstration/",
)
KEYS_OF_TABLES = {
    "submission_portal/followup/frames.py": "reads them",
    "submission_portal/followup/examining.py": "compares stored objects with their rows",
}


def test_nobody_else_reads_figures_without_asking_what_is_closed_to_the_reader():
    reading = {
        place
        for place, module in modules("submission_portal").items()
        if place.startswith(PLACES) and _reads_whole(module)
    }
    assert reading == set(MAY_READ_WHOLE) | set(KEYS_OF_TABLES)


MAY_COMPOSE = {
    "submission_portal/followup/composing.py": "makes the versions that are kept",
    "submission_portal/followup/related_measures.py": "reads what somebody may know, to protect against it",
    "submission_portal/followup/linking.py": "joins what other tables tell of the same persons, to protect against it",
    "submission_portal/followup/foresight.py": "a dry run, which reads what it composed as the gate gives it back",
}
"""The modules that may make figures of rows, and for what."""
READS_FRAMES = ("read_figures", "from_row")


def _composes(module: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom) and node.module == "submission_portal.followup.composition"
        for node in ast.walk(module)
    )


def _named(module: ast.Module) -> set[str]:
    nodes = list(ast.walk(module))
    return {one.id for one in nodes if isinstance(one, ast.Name)} | {
        one.attr for one in nodes if isinstance(one, ast.Attribute)
    }


def test_nobody_else_composes_figures_and_a_dry_run_reads_them_from_the_gate():
    found = {place: module for place, module in modules("submission_portal").items() if _composes(module)}
    assert set(found) == set(MAY_COMPOSE)
    named = _named(found["submission_portal/followup/foresight.py"])
    assert named >= {"as_it_would_be", "shown_to"} and not named & set(READS_FRAMES)


def test_the_guard_sees_figures_that_are_read_whole():
    for written in (
        "from submission_portal.followup.frames import frame_of",
        "x = ShownTable(table, frame, cells)",
        "storage.read(session, table.parquet_key)",
    ):
        assert _reads_whole(ast.parse(written)), written
    assert not _reads_whole(ast.parse("def show(shown: ShownTable) -> None: ..."))


def test_the_guard_sees_a_selection_however_it_is_written():
    for written in ("select(TableVersion)", "session.get(TableVersion, one)", "x = TableVersion.state == 1"):
        assert _uses(ast.parse(written)), written
    assert not _uses(
        ast.parse("def show(table: TableVersion) -> list[TableVersion]: ...\nkept: TableVersion | None = None")
    )


MEASURE = "utlokaliserade-patienter"
LOG = ("/administration/logg",)
"""Tells ids and hashes of everything that has happened to those who run the registry, and no figure."""
OWN_REGION = "utlamnare-99"
OUTSIDE = (None, "uppgiftslamnare-25", OWN_REGION, "terminolog", "informatiker", "administrator")
INSIDE = ("mottagare", "kvalitetsgranskare", "rattsgranskare")
DAILY = (None, "uppgiftslamnare-25", OWN_REGION, "mottagare")


def _each(logins: Iterable[str | None]) -> list[object]:
    """Walks as each: one of each kind every day, the rest in the soak."""
    return [one if one in DAILY else pytest.param(one, marks=pytest.mark.soak) for one in logins]


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
        own = current_table(db.session, MEASURE, people.actor(db.session, OWN_REGION))
        assert (own.number, own.audience) == (2, "own_region")
        only = frame_of(db.session, theirs).join(frame_of(db.session, open_to_all), on="key", how="anti")
        key = only.sort("key")["key"].to_list()[-1]
        found = {"id": theirs.id, "hash": theirs.content_hash, "key": key, "period": key.split("/")[1]}
        yield app, found | {"own_id": own.id, "own_hash": own.content_hash}
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


def _shown(client, address: str) -> str:
    """What a page says, but for the address that was asked for."""
    answer = client.get(address)
    assert answer.status_code < 500, address
    text = answer.get_data(as_text=True) if answer.mimetype.startswith(("text/", "application/json")) else ""
    return text.replace(address, "").replace(address.partition("?")[0], "")


@pytest.mark.parametrize("login", _each(OUTSIDE))
def test_no_address_tells_others_of_the_recipients_version(walked, login):
    app, secret = walked
    client, has_the_figure = _client(app, login), login == OWN_REGION
    for address in _addresses(app, secret):
        shown = _shown(client, address)
        for what in ("hash", "id"):
            if secret[what] not in address and address not in LOG:
                assert secret[what] not in shown, f"{login}: {address} tells the version's {what}"
        if not has_the_figure or "krets=alla" in address:
            assert f"/siffra/{secret['key']}" not in shown, f"{login}: {address} links a figure of it"
    everybody = "krets=alla" if has_the_figure else ""
    assert client.get(f"/uppfoljning/{MEASURE}/siffra/{secret['key']}?{everybody}").status_code == 404
    assert client.get(f"/uppfoljning/{MEASURE}/versioner/2?{everybody}").status_code == 404
    assert client.get(f"/uppfoljning/{MEASURE}/tabell.csv?version=2&{everybody}").status_code == 404


@pytest.mark.parametrize("login", _each(one for one in (*OUTSIDE, *INSIDE) if one != OWN_REGION))
def test_no_address_tells_others_of_a_regions_own_version(walked, login):
    app, secret = walked
    client, own = _client(app, login), {"id": secret["own_id"], "hash": secret["own_hash"]}
    for address in _addresses(app, secret | own):
        shown = _shown(client, address)
        for what in ("hash", "id"):
            if own[what] not in address and not (address in LOG and what == "id"):
                assert own[what] not in shown, f"{login}: {address} tells the {what} of the region's own version"


def test_the_region_itself_reads_its_own_figures_and_none_that_is_hidden(walked):
    app, secret = walked
    client = _client(app, OWN_REGION)
    assert client.get(f"/uppfoljning/{MEASURE}/siffra/{secret['key']}").status_code == 200
    assert "dold" not in client.get(f"/uppfoljning/{MEASURE}/tabell.csv").text
    assert ",dold" in client.get(f"/uppfoljning/{MEASURE}/tabell.csv?krets=alla").text.replace(";", ",")


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
