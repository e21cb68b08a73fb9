"""Changes made behind the log, in an instance where the main job has been performed: each is found, and named."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import polars as pl
import pytest

import wsgi
from registry.auditing.evidence import Flaw, Kind
from registry.auditing.verifying import audit
from registry.db import db
from registry.links import leaf_of, link_hash
from registry.merkle import Growing, Place, peaks
from tests.demonstration import copied


@pytest.fixture(scope="module")
def performed(tmp_path_factory):
    return copied(tmp_path_factory, "tampered")


@pytest.fixture
def instance(performed, tmp_path):
    """A copy to tamper with."""
    folder = tmp_path / "instance"
    shutil.copytree(performed, folder)
    return folder


def _behind(instance, *statements):
    with closing(sqlite3.connect(instance / "registry.db")) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount, statement
        connection.commit()


def _one(instance, query):
    with closing(sqlite3.connect(instance / "registry.db")) as connection:
        return connection.execute(query).fetchone()


def _found(instance):
    app = wsgi.create_app({"INSTANCE": instance, "DATABASE_URL": "", "TESTING": True})
    with app.app_context():
        seen = audit(db.session).evidence
        db.engine.dispose()
    return {(one.kind, one.flaw, one.where) for one in seen.named}, seen


ROWS = {
    "a wording that was published": ("item_version", "UPDATE item_version SET content = replace(content, 'vårdplats', 'vårdplast') WHERE id = '{}'", "state = 'published' AND content LIKE '%vårdplats%'"),
    "the reason of a decision": ("item_decision", "UPDATE item_decision SET reason = 'Annat skäl' WHERE id = '{}'", "outcome = 'approve'"),
    "a disclosure turned round": ("delivery_disclosure", "UPDATE delivery_disclosure SET is_granted = 0 WHERE id = '{}'", "is_granted"),
    "an assessment of secrecy": ("flow_assessment", "UPDATE flow_assessment SET assessment = replace(assessment, 'true', 'false') WHERE id = '{}'", "assessment LIKE '%true%'"),
    "a delivery's period": ("delivery", "UPDATE delivery SET period = '1999' WHERE id = '{}'", "state = 'released'"),
    "the hash of a table's figures": ("table_version", "UPDATE table_version SET hidden = hidden + 1 WHERE id = '{}'", "state = 'published'"),
    "a release taken back": ("release", "UPDATE release SET withdrawn_at = released_at WHERE id = '{}'", "withdrawn_at IS NULL"),
    "whose a use is": ("delivery_use", "UPDATE delivery_use SET use_ref = 'flow:none' WHERE id = '{}'", "ended_at IS NULL"),
    "a decision on a table": ("table_decision", "UPDATE table_decision SET reason = 'Annat' WHERE id = '{}'", "1"),
    "an organisation's code": ("organisation", "UPDATE organisation SET code = '00' WHERE id = '{}'", "kind = 'region'"),
    "an account that is closed": ("person", "UPDATE person SET disabled_at = created_at WHERE id = '{}'", "disabled_at IS NULL"),
    "the text of a question": ("question_words", "UPDATE question_words SET is_frozen = 1 - is_frozen WHERE hash = '{}'", "1"),
    "a key that receipts are signed with": ("signing_key", "UPDATE signing_key SET retired_at = made_at WHERE kid = '{}'", "1"),
}  # fmt: skip
"""What is tampered with → the table, how, and in which row."""
KEYS = {"question_words": "hash", "signing_key": "kid"}


def _figure_changed(instance):
    """A figure in the national store, in the file where it lies."""
    path = min((instance / "national" / "faststallda-vardplatser-per-sjukhus").glob("*.parquet"))
    rows = pl.read_parquet(path)
    figure = next(name for name, kind in rows.schema.items() if kind.is_decimal() or kind.is_numeric())
    rows.with_columns(pl.col(figure) + 1).write_parquet(path)


def test_twenty_changes_behind_the_log_are_each_found_and_named(instance):
    expected, statements = set(), []
    for table, statement, where in ROWS.values():
        identifier = KEYS.get(table, "id")
        (key,) = _one(instance, f"SELECT {identifier} FROM {table} WHERE {where} ORDER BY {identifier} LIMIT 1")
        statements.append(statement.format(key))
        expected.add((Kind.ROWS, Flaw.ROW_CHANGED, f"{table} {key}"))
    # Roles: one given, and one taken away.
    person, organisation, role = _one(
        instance, "SELECT person_id, organisation_id, role FROM membership ORDER BY 1, 2, 3 LIMIT 1"
    )
    statements += [
        f"INSERT INTO membership SELECT '{person}', organisation_id, 'intruder', since FROM membership WHERE person_id = '{person}' LIMIT 1",
        f"DELETE FROM membership WHERE (person_id, organisation_id, role) = ('{person}', '{organisation}', '{role}')",
    ]
    expected |= {
        (Kind.ROWS, Flaw.ROW_MISSING, f"membership {person} {organisation} {role}"),
        (Kind.ROWS, Flaw.ROW_UNSEALED, f"membership {person} {organisation} intruder"),
    }
    # What a table rests on; who has acted for whom; what rests on what.
    (version,) = _one(instance, "SELECT table_version_id FROM table_release GROUP BY 1 HAVING count(*) > 1 LIMIT 1")
    on, by = _one(instance, "SELECT object, person_id FROM act GROUP BY 1, 2 HAVING count(*) > 1 LIMIT 1")
    statements += [
        f"DELETE FROM table_release WHERE rowid = (SELECT min(rowid) FROM table_release WHERE table_version_id = '{version}')",
        f"DELETE FROM act WHERE number = (SELECT min(number) FROM act WHERE (object, person_id) = ('{on}', '{by}'))",
        "INSERT INTO reference_edge SELECT 'delivery:x', to_ref, role, recorded_at FROM reference_edge LIMIT 1",
    ]
    expected |= {
        (Kind.ROWS, Flaw.ROW_CHANGED, f"table_release {version}"),
        (Kind.ROWS, Flaw.ROW_CHANGED, f"act {on} {by}"),
    }
    # A receipt; an event; a seal that was made to fit its row; a node of the tree.
    receipt, number = _one(instance, "SELECT delivery_id, number FROM delivery_receipt ORDER BY number LIMIT 1")
    (sealed,) = _one(
        instance, f"SELECT number FROM sealed_row WHERE table_name = 'delivery_receipt' AND key = '{receipt}'"
    )
    gone = str(*_one(instance, "SELECT min(number) FROM sealed_row WHERE number > 50"))
    statements += [
        f"UPDATE delivery_receipt SET body = replace(body, '\"rows\":', '\"rows\":1') WHERE delivery_id = '{receipt}'",
        "UPDATE event SET person_id = NULL WHERE number = 40 AND person_id IS NOT NULL OR number = 41",
        f"DELETE FROM event WHERE number = {gone}",
        f"UPDATE sealed_row SET hash = '{'0' * 64}' WHERE table_name = 'delivery_receipt' AND key = '{receipt}'",
        "UPDATE log_node SET hash = zeroblob(32) WHERE number = 80 AND level = 0",
    ]
    expected |= {
        (Kind.RECEIPTS, Flaw.RECEIPT_DIFFERS, number),
        (Kind.SEALS, Flaw.SEALS_DIFFER, str(sealed)),
        (Kind.NODES, Flaw.NODE_DIFFERS, "80"),
    }
    expected |= {(Kind.EVENTS, Flaw.MISSING, gone), (Kind.SEALS, Flaw.SEALS_WITHOUT_EVENT, gone)}
    _behind(instance, *statements)
    # Bytes of one file, another file, and the national store.
    files = sorted(path for path in (instance / "objects").rglob("*") if path.is_file())
    files[0].chmod(0o600)
    files[0].write_bytes(b"x" + files[0].read_bytes()[1:])
    files[1].unlink()
    expected |= {
        (Kind.OBJECTS, Flaw.OBJECT_DIFFERS, path.relative_to(instance / "objects").as_posix()) for path in files[:2]
    }
    _figure_changed(instance)

    found, seen = _found(instance)
    assert expected - found == set()
    assert {where for kind, flaw, where in found if flaw is Flaw.CHANGED and kind is Kind.EVENTS} & {"40", "41"}
    assert any(
        where.startswith("reference_edge delivery:x") for _kind, flaw, where in found if flaw is Flaw.ROW_UNSEALED
    )
    assert {one.detail for one in seen.of(Kind.OBJECTS)} >= {"bytes_differ", "bytes_missing", "national_store_differs"}
    assert len(expected) + 3 >= 20 and not seen.holds


def test_where_things_stand_is_made_again_from_the_log_alone(instance, tmp_path):
    kept = tmp_path / "made-again.json"
    whole = _command(instance, "audit", "rebuild", "--json", "-o", str(kept))
    made = json.loads(whole.stdout)
    assert whole.returncode == 0 and not any(one["differing"] for one in made.values())
    assert {name: one["made"] for name, one in made.items()} == {
        name: _one(instance, f"SELECT count(*) FROM {name}")[0]
        for name in ("delivery", "membership", "release", "table_version")
    }
    released = [key for key, told in json.loads(kept.read_text())["delivery"].items() if told["state"] == "released"]
    assert len(released) == _one(instance, "SELECT count(*) FROM delivery WHERE state = 'released'")[0] > 20
    person, organisation, role = _one(instance, "SELECT person_id, organisation_id, role FROM membership LIMIT 1")
    _behind(
        instance,
        f"UPDATE delivery SET state = 'withdrawn' WHERE id = '{released[0]}'",
        f"DELETE FROM membership WHERE (person_id, organisation_id, role) = ('{person}', '{organisation}', '{role}')",
    )
    other = _command(instance, "audit", "rebuild", "--json")
    made = json.loads(other.stdout)
    assert other.returncode == 1
    assert made["delivery"]["differing"] == {released[0]: [{"state": "released"}, {"state": "withdrawn"}]}
    assert made["membership"]["differing"] == {f"{person} {organisation} {role}": [{"role": role}, None]}


def test_an_instance_that_nobody_tampered_with_holds_and_says_what_was_compared(instance):
    found, seen = _found(instance)
    assert found == set() and seen.holds
    assert seen.compared[Kind.RECEIPTS] > 20 and seen.compared[Kind.HEADS] > 20
    assert seen.compared["rows:delivery"] == _one(instance, "SELECT count(*) FROM delivery")[0]


def test_a_tail_that_was_cut_off_with_everything_of_it_leaves_rows_and_receipts_behind(instance):
    (last,) = _one(instance, "SELECT max(event_number) FROM delivery_receipt")
    (number,) = _one(instance, f"SELECT number FROM delivery_receipt WHERE event_number = {last}")
    _behind(instance, *(f"DELETE FROM {table} WHERE number >= {last}" for table in ("event", "log_node", "sealed_row")))
    found, seen = _found(instance)
    assert (Kind.RECEIPTS, Flaw.RECEIPT_WITHOUT_EVENT, number) in found
    assert any(flaw is Flaw.HEAD_AHEAD for _kind, flaw, _where in found)
    assert seen.flaws[Kind.ROWS]


def _written_anew(instance):
    """The newest event is given another person, and everything that is made from it is made to fit: a whole new log."""
    with closing(sqlite3.connect(instance / "registry.db")) as connection:
        connection.row_factory = sqlite3.Row
        event = dict(connection.execute("SELECT * FROM event ORDER BY number DESC LIMIT 1").fetchone())
        size = event["number"]
        made = {**event, "data": json.loads(event["data"]), "person_id": "f" * 32}
        made["recorded_at"] = datetime.fromisoformat(event["recorded_at"]).replace(tzinfo=UTC)
        hash_ = link_hash(made)
        stored: dict[Place, bytes] = {
            (row["level"], (row["number"] >> row["level"]) - 1): row["hash"]
            for row in connection.execute("SELECT * FROM log_node WHERE number < ?", (size,))
        }
        tree = Growing(size - 1, [stored[place] for place in peaks(size - 1)])
        connection.execute("UPDATE event SET person_id = ?, hash = ? WHERE number = ?", ("f" * 32, hash_, size))
        for (level, _position), node in tree.add(leaf_of(hash_, event["salt"])):
            connection.execute("UPDATE log_node SET hash = ? WHERE number = ? AND level = ?", (node, size, level))
        connection.execute("DELETE FROM signed_head WHERE size >= ?", (size,))
        connection.commit()


def _command(instance, *arguments):
    run = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    environment = {
        "REGISTRY_INSTANCE": str(instance),
        "PATH": "/usr/bin:/bin",
        "REGISTRY_LOG_LEVEL": "WARNING",
        "LANG": "C.UTF-8",
    }
    return subprocess.run(run, capture_output=True, text=True, env=environment, timeout=120)


def test_a_newest_event_that_was_written_anew_is_found_by_whoever_holds_a_head(instance, tmp_path):
    held = tmp_path / "held.json"
    held.write_text(_command(instance, "audit", "head", "--signed").stdout)
    assert _command(instance, "audit", "verify", "--log-only", "--consistency", str(held)).returncode == 0
    _written_anew(instance)
    alone = _command(instance, "audit", "verify", "--log-only")
    assert alone.returncode == 0, "a whole new log holds in itself, and only somebody outside can tell"
    against = _command(instance, "audit", "verify", "--log-only", "--consistency", str(held), "--json")
    assert against.returncode == 1
    assert [one["flaw"] for one in json.loads(against.stdout)["flaws"]] == ["head_differs"]
