"""Migrations make the tables that the code describes, from empty, on both databases."""

import hashlib

import pytest
from sqlalchemy import create_engine, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

import wsgi
from registry import migrate, references
from registry.columns import Base
from registry.db import db
from registry.identity import passwords
from registry.references import BY_WAY_OF, Edge
from tests.by_hand import by_hand
from tests.conftest import NOW


def _application(tmp_path, address: str):
    return wsgi.create_app({"INSTANCE": tmp_path, "DATABASE_URL": address, "TESTING": True})


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_app(request, tmp_path):
    if request.param == "sqlite":
        yield _application(tmp_path, "")
        return
    server = request.getfixturevalue("postgresql_server")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS migrated"))
        connection.execute(text("CREATE DATABASE migrated"))
    yield _application(tmp_path, server.replace("/postgres?", "/migrated?"))
    admin.dispose()


def test_migrations_run_up_from_empty_leave_no_drift_and_change_nothing_when_run_again(empty_app):
    with empty_app.app_context():
        migrate.upgrade()
        assert migrate.is_current()
        assert migrate.drift() == []
        made = set(inspect(db.engine).get_table_names())
        assert set(Base.metadata.tables) <= made
        migrate.upgrade()
        assert migrate.is_current()
        assert set(inspect(db.engine).get_table_names()) == made
        db.engine.dispose()


HASHES = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(12)]


def _delivery(connection, name, state, *, number=None, **keys):
    """A delivery as release 0002 kept it, with keys that are texts."""
    values = {
        "id": name, "number": number, "organisation_id": "region", "recipient_id": "recipient", "flow_item_id": "flow",
        "flow_version_hash": "0" * 64, "model_version_hash": "0" * 64, "provenance": "own", "state": state,
        "file_name": "a.csv", "file_sha256": hashlib.sha256(name.encode()).hexdigest(), "file_size": 1, "sheet": "",
        "row_count": 1, "period": "", "reading": "{}", "assessment": "{}", "answers": "{}", "explanations": "{}",
        "created_by": "1", "prepared_by": "1", "contributors": "[]", "created_at": MOMENT, "changed_at": MOMENT,
        "revision": 1, "ended_reason": "", **keys,
    }  # fmt: skip
    columns = ", ".join(values)
    marks = ", ".join(f":{column}" for column in values)
    connection.execute(text(f"INSERT INTO delivery ({columns}) VALUES ({marks})"), values)


def _as_release_0002_left_it(app) -> None:
    """Organisations, a flow, objects, and deliveries in every state whose objects are there or were erased too early."""
    with db.engine.begin() as connection:
        for name, kind in (("region", "region"), ("recipient", "recipient")):
            connection.execute(
                text(
                    "INSERT INTO organisation (id, kind, code, name_sv, name_en, is_demonstration, created_at) "
                    "VALUES (:id, :kind, :id, 'a', 'a', :no, :now)"
                ),
                {"id": name, "kind": kind, "no": False, "now": MOMENT},
            )
        connection.execute(
            text(
                "INSERT INTO item (id, kind, slug, organisation_id, created_at) VALUES ('flow', 'flow', 'f', 'region', :now)"
            ),
            {"now": MOMENT},
        )
        for number in (0, 1, 2, 3, 4):
            connection.execute(
                text(
                    "INSERT INTO stored_object (key, organisation_id, kind, sha256, size, media_type, retention, created_at) "
                    "VALUES (:key, 'region', 'delivered', :sha, 1, 'text/csv', 'draft', :now)"
                ),
                {"key": _key(number), "sha": HASHES[number], "now": MOMENT},
            )
        _delivery(connection, "draft", "draft", file_key=_key(0), rows_key=_key(1), parquet_key=_key(11))
        _delivery(connection, "ended", "withdrawn", file_key=_key(10), rows_key=_key(11), parquet_key=None)
        _delivery(connection, "kept", "withdrawn", file_key=_key(2), rows_key=None, parquet_key=None)
        _delivery(
            connection, "sound", "released", number="L-1", file_key=_key(3), rows_key=_key(9), parquet_key=_key(4)
        )
        _delivery(
            connection, "empty", "in_review", number="L-2", file_key=_key(7), rows_key=_key(9), parquet_key=_key(8)
        )
        _delivery(connection, "found", "refused", number="L-3", file_key=_key(6), rows_key=None, parquet_key=_key(5))
        connection.execute(
            text(
                "INSERT INTO release (id, organisation_id, delivery_id, flow_version_hash, model_slug, model_version_hash,"
                " parquet_key, period, period_first, period_last, released_at) VALUES"
                " ('release', 'region', 'empty', '0', 'm', '0', :key, '2026', '2026-01-01', '2026-12-31', :now)"
            ),
            {"key": _key(8), "now": MOMENT},
        )
        connection.execute(
            text(
                "INSERT INTO table_version (id, organisation_id, measure_slug, measure_version_hash, number, state,"
                " basis_hash, content_hash, parquet_key, figures, hidden, breaks, findings, protection, provenance,"
                " composed_at, reason) VALUES ('table', 'recipient', 'm', '0', 1, 'published', '0', '0', :key, 1, 0, '[]', '[]',"
                " '{}', 'own', :now, '')"
            ),
            {"key": "recipient/published-table/" + HASHES[11], "now": MOMENT},
        )
    for number in (5, 6):  # the bytes are there after all; those of the second were changed
        path = app.config["INSTANCE"] / "objects" / _key(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(str(number).encode() if number == 5 else b"other")


def _key(number: int) -> str:
    return f"region/delivered/{HASHES[number]}"


MOMENT = "2026-11-02 08:00:00.000000"


def _shape(table: str) -> dict[str, object]:
    looked = inspect(db.engine)
    return {
        "indexes": {
            one["name"]: (one["unique"], one["column_names"], _where(one)) for one in looked.get_indexes(table)
        },
        "unique_constraints": sorted(str(one["name"]) for one in looked.get_unique_constraints(table)),
        "check_constraints": sorted(str(one["name"]) for one in looked.get_check_constraints(table)),
        "foreign_keys": sorted(str(one["name"]) for one in looked.get_foreign_keys(table)),
    }


def _where(index) -> str:
    return str(next(iter(index.get("dialect_options", {}).values()), ""))


def test_objects_that_were_erased_too_early_are_let_go_of_or_listed(empty_app):
    with empty_app.app_context():
        migrate.upgrade("0002")
        _as_release_0002_left_it(empty_app)
        before = {table: _shape(table) for table in ("delivery", "release", "table_version")}
        migrate.upgrade()
        with db.engine.connect() as connection:
            rows = {
                row.id: (row.file_key, row.rows_key, row.parquet_key, row.missing_objects)
                for row in connection.execute(text("SELECT * FROM delivery"))
            }
            assert rows == {
                "draft": (_key(0), _key(1), None, None),
                "ended": (None, None, None, None),
                "kept": (None, None, None, None),
                "sound": (_key(3), None, _key(4), None),
                "empty": (None, None, None, f'{{"file_key":"{_key(7)}","parquet_key":"{_key(8)}"}}'),
                "found": (None, None, _key(5), f'{{"file_key":"{_key(6)}"}}'),
            }
            release = connection.execute(text("SELECT * FROM release")).one()
            assert (release.parquet_key, release.missing_objects) == (None, f'{{"parquet_key":"{_key(8)}"}}')
            table = connection.execute(text("SELECT * FROM table_version")).one()
            assert table.parquet_key is None and HASHES[11] in table.missing_objects
            retention = dict(connection.execute(text("SELECT key, retention FROM stored_object")).all())
            assert retention[_key(5)] == "record"
        for table, shape in before.items():
            after = _shape(table)
            others = {
                "uq_table_version_measure_slug_number",
                "uq_delivery_same_period",
                "uq_delivery_same_file",
            }  # of other columns since 0024, 0025, of fewer rows since 0048
            kept = shape["indexes"].keys() - others
            assert {name: after["indexes"][name] for name in kept} == {name: shape["indexes"][name] for name in kept}
            assert shape["unique_constraints"] == after["unique_constraints"]
            assert set(shape["check_constraints"]) <= set(after["check_constraints"])
            assert set(shape["foreign_keys"]) < set(after["foreign_keys"])
        with pytest.raises(IntegrityError), db.engine.begin() as connection:
            connection.execute(text("UPDATE delivery SET file_key = 'nowhere' WHERE id = 'draft'"))
        assert migrate.drift() == []
        migrate.downgrade("0002")
        with db.engine.connect() as connection:
            assert connection.scalar(text("SELECT file_key FROM delivery WHERE id = 'empty'")) == _key(7)
        assert {table: _shape(table) for table in before} == before
        db.engine.dispose()


def test_people_from_before_sign_in_with_their_passwords_and_who_was_locked_out_may_try_again(empty_app):
    hashed = passwords.HASHER.hash("a password from before")
    with empty_app.app_context():
        migrate.upgrade("0002")
        with db.engine.begin() as connection:
            moment = {"now": "2026-11-01 08:00:00+00:00"}
            connection.execute(
                text("INSERT INTO person (id, login, password_hash, is_demonstration, created_at) VALUES ('p', 'ada', :hash, false, :now)"),
                moment | {"hash": hashed},
            )  # fmt: skip
            connection.execute(text("INSERT INTO sign_in_attempt VALUES ('login:ada', :now, 80)"), moment)
        migrate.upgrade()
        empty_app.config["WTF_CSRF_ENABLED"] = False
        data = {"login": "ada", "password": "a password from before"}
        assert empty_app.test_client().post("/logga-in", data=data).status_code == 302
        db.session.close()
        migrate.downgrade("0002")
        assert not migrate.is_current()
        migrate.upgrade()
        assert migrate.drift() == []
        db.session.close()
        db.engine.dispose()


def test_an_older_instance_learns_which_versions_its_tables_rest_on(empty_app):
    """Migration 0005: counted then without a walk through each release; the same edges as a new table gets."""
    edges = [
        ("table:1", "release:1", "made-from"),
        ("table:1", "release:2", "made-from"),
        ("release:1", "delivery:1", "released"),
        ("release:2", "delivery:2", "released"),
        ("release:2", "decision:2", "decided"),
        ("delivery:1", "version:flow", "under"),
        ("delivery:2", "version:flow", "under"),
        ("delivery:2", "version:statement", "applied"),
    ]
    with empty_app.app_context():
        migrate.upgrade("0002")
        with db.engine.begin() as connection:
            for from_ref, to_ref, role in edges:
                connection.execute(
                    insert(Edge.__table__).values(from_ref=from_ref, to_ref=to_ref, role=role, recorded_at=NOW)
                )
        migrate.upgrade()
        summed = select(Edge.from_ref, Edge.to_ref).where(Edge.role == BY_WAY_OF).order_by(Edge.to_ref)
        assert [tuple(row) for row in db.session.execute(summed)] == [
            ("table:1", "version:flow"),
            ("table:1", "version:statement"),
        ]
        with by_hand() as session:
            references.sum_up(session, "table:1", ("made-from", "released"), NOW)
        assert len(db.session.execute(summed).all()) == 2
        db.session.rollback()
        db.engine.dispose()


VERSIONS = {
    # of each: its number, state, and what was decided on it, by round
    "in force": ("a", 1, "published", ((1, "approve"),)),
    "draft": ("a", 2, "draft", ()),
    "in review": ("a", 3, "in_review", ((1, "return"), (2, "approve"))),
    "newer draft": ("a", 4, "draft", ((1, "return"),)),
    "refused": ("b", 1, "withdrawn", ((1, "approve"), (1, "reject"))),
    "taken back": ("b", 2, "withdrawn", ()),
    "returned": ("b", 3, "draft", ((1, "return"),)),
    "other": ("c", 1, "decided", ((1, "approve"),)),
    "other draft": ("c", 2, "draft", ()),
}


def _versions_as_release_0006_left_them() -> None:
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO organisation (id, kind, code, name_sv, name_en, is_demonstration, created_at) "
                "VALUES ('o', 'region', 'o', 'a', 'a', :no, :now)"
            ),
            {"no": False, "now": MOMENT},
        )
        for item in "abc":
            connection.execute(
                text("INSERT INTO item (id, kind, slug, organisation_id, created_at) VALUES (:id, 'concept', :id, 'o', :now)"),
                {"id": item, "now": MOMENT},
            )  # fmt: skip
        for name, (item, number, state, decisions) in VERSIONS.items():
            connection.execute(
                text(
                    "INSERT INTO item_version (id, item_id, organisation_id, number, state, content, content_hash, reason,"
                    " author_id, created_at, changed_at) VALUES (:id, :item, 'o', :number, :state, '{}', :hash, '', 'p', :now, :now)"
                ),
                {"id": name, "item": item, "number": number, "state": state, "hash": f"hash of {name}", "now": MOMENT},
            )
            for index, (round_, outcome) in enumerate(decisions):
                connection.execute(
                    text(
                        "INSERT INTO item_decision (id, version_id, round, side, aspect, organisation_id, person_id, author_id,"
                        " outcome, reason, decided_at) VALUES (:id, :version, :round, 'owner', :aspect, 'o', :person, 'p', :outcome, '', :now)"
                    ),
                    {"id": f"{name[:20]} {index}", "version": name, "round": round_, "aspect": str(index), "person": str(index), "outcome": outcome, "now": MOMENT},
                )  # fmt: skip


def test_an_older_instance_learns_what_was_returned_and_rejected_and_loses_no_draft(empty_app):
    """Migration 0007: of several versions that are open of one item, one stays; the others go into change sets."""
    with empty_app.app_context():
        migrate.upgrade("0006")
        _versions_as_release_0006_left_them()
        migrate.upgrade()
        with db.engine.connect() as connection:
            rows = connection.execute(text("SELECT * FROM item_version")).all()
            sets = {
                row.id: (row.state, row.organisation_id) for row in connection.execute(text("SELECT * FROM change_set"))
            }
        found = {row.id: (row.state, row.round, row.base_hash, row.change_set_id is not None) for row in rows}
        assert found == {
            "in force": ("published", 1, None, False),
            "draft": ("draft", 0, "hash of in force", True),
            "in review": ("in_review", 2, "hash of in force", False),
            "newer draft": ("returned", 1, "hash of in force", True),
            "refused": ("rejected", 1, None, False),
            "taken back": ("withdrawn", 0, None, False),
            "returned": ("returned", 1, None, False),
            "other": ("decided", 1, None, False),
            "other draft": ("draft", 0, None, True),
        }
        in_set = {row.id: row.change_set_id for row in rows if row.change_set_id}
        assert in_set["newer draft"] == in_set["other draft"] != in_set["draft"], "an item comes once in a set"
        assert sets == dict.fromkeys(in_set.values(), ("draft", "o"))
        assert migrate.drift() == []
        migrate.downgrade("0006")
        with db.engine.connect() as connection:
            states = dict(connection.execute(text("SELECT id, state FROM item_version")).all())
        assert states == {name: state for name, (_item, _number, state, _decisions) in VERSIONS.items()}
        db.engine.dispose()


def test_hands_are_filled_from_the_log_and_the_rows_and_who_stood_on_both_sides_is_marked(empty_app):
    """0020: *p1* only disclosed; *p2* disclosed, and later decided about a table of which nothing else is known; *p3* stands
    on both sides of one flow, once in the log and once in a row. The registry itself has no hand."""
    with empty_app.app_context():
        migrate.upgrade("0017")
        with db.engine.begin() as connection:
            _two_sides_of_a_flow(connection)
        migrate.upgrade()
        with db.engine.connect() as connection:
            hands = connection.execute(
                text("SELECT object, person_id, side, is_both_sided FROM hand ORDER BY object, person_id, side")
            ).all()
            acts = connection.execute(text("SELECT person_id, type, organisation_id FROM act ORDER BY number")).all()
        assert [(*one[:3], bool(one[3])) for one in hands] == [
            ("flow:flow", "p1", "discloser", False),
            ("flow:flow", "p2", "discloser", False),
            ("flow:flow", "p3", "discloser", True),
            ("flow:flow", "p3", "recipient", True),
            ("series:m", "p2", "recipient", False),
        ]
        assert sorted(map(tuple, acts)) == [
            ("p1", "DeliveryDisclosed", "region"),
            ("p2", "DeliverySent", "region"),
            ("p2", "TableDecided", "recipient"),
            ("p3", "DeliveryDecided", "recipient"),
            ("p3", "DeliveryStarted", "region"),
        ]
        with pytest.raises(IntegrityError), db.engine.begin() as connection:
            connection.execute(
                text("INSERT INTO hand (object, person_id, side, since) VALUES ('flow:flow', 'p1', 'recipient', :now)"),
                {"now": MOMENT},
            )
        assert migrate.drift() == []
        migrate.downgrade("0017")
        db.engine.dispose()


def _two_sides_of_a_flow(connection) -> None:
    for name in ("region", "recipient"):
        connection.execute(
            text(
                "INSERT INTO organisation (id, kind, code, name_sv, name_en, is_demonstration, created_at) "
                "VALUES (:id, :id, :id, 'a', 'a', :no, :now)"
            ),
            {"id": name, "no": False, "now": MOMENT},
        )
    connection.execute(
        text(
            "INSERT INTO item (id, kind, slug, organisation_id, created_at) VALUES ('flow', 'flow', 'f', 'region', :now)"
        ),
        {"now": MOMENT},
    )
    _delivery(
        connection, "d", "released", number="L-1", created_by="p3", prepared_by="0" * 32, sent_by="p2",
        file_key=None, rows_key=None, parquet_key=None, gap_answers="{}",
    )  # fmt: skip
    connection.execute(
        text(
            "INSERT INTO table_version (id, organisation_id, measure_slug, measure_version_hash, number, state, basis_hash,"
            " content_hash, figures, hidden, breaks, findings, protection, provenance, composed_at, reason) VALUES"
            " ('t', 'recipient', 'm', '0', 1, 'published', '0', '0', 1, 0, '[]', '[]', '{}', 'own', :now, '')"
        ),
        {"now": MOMENT},
    )
    told = (
        ("DeliveryDisclosed", "p1", "delivery:d"), ("DeliverySent", "p2", "delivery:d"),
        ("DeliveryDecided", "p3", "delivery:d"), ("TableDecided", "p2", "table:t"),
        ("DeliverySent", "p1", "delivery:that was erased"), ("DeliveryAnswered", "0" * 32, "delivery:d"),
    )  # fmt: skip
    for number, (type_, person, subject) in enumerate(told, start=1):
        connection.execute(
            text(
                "INSERT INTO event (number, type, recorded_at, person_id, subject, data, previous, hash)"
                " VALUES (:number, :type, :now, :person, :subject, '{}', '', :hash)"
            ),
            {"number": number, "type": type_, "now": MOMENT, "person": person, "subject": subject, "hash": str(number)},
        )
