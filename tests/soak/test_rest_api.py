"""Every operation by which machines read, under Schemathesis with all its checks, with tokens of two regions.

Those on deliveries depend on each other (a file, then its answers, then sending): `tests/integration/receiving/test_api.py` has them.
"""

import os
from base64 import b64encode

import pytest
from sqlalchemy import delete

import wsgi
from registry.actors import SYSTEM, Actor, Role
from registry.columns import Base
from registry.db import db, transaction
from registry.identity import services
from registry.identity.queries import actor_of, organisation_by_code
from registry.identity.tables import Organisation
from registry.items.tables import Version
from registry.starter import load_organisations
from submission_portal.deliveries.layouts.services import keep_layout
from submission_portal.deliveries.reading.layouts.content import ColumnAnswer, Layout
from submission_portal.flows.content import read
from submission_portal.receiving.uploads.tables import Upload
from tests.by_hand import by_hand
from tests.conftest import NOW, Browser
from tests.factories.flows import FlowWorld
from tests.factories.machine_clients import registered_client
from tests.rest_fuzzing import DOCUMENT, fuzzed

pytestmark = pytest.mark.soak
EXAMPLES = 8 * int(os.environ.get("SOAK", "1"))
KINDS = ("concepts", "models", "code-lists", "lines")


def _person(login: str, *roles: tuple[Role, str]) -> Actor:
    with transaction() as session:
        person = services.create_person(session, SYSTEM, NOW, login=login, name=login)
        for role, code in roles:
            kind = "region" if code.isdigit() else "recipient"
            place = organisation_by_code(session, code, kind)
            services.hold_role(session, SYSTEM, NOW, person=person, organisation=place, role=role)
        session.refresh(person, ["memberships"])
        return actor_of(person)


def _layout(flows: FlowWorld, version_id: str) -> str:
    """What has been answered about an export of a line; its id."""
    with transaction() as session:
        version = session.get_one(Version, version_id)
        content = Layout(columns=(ColumnAnswer("Antal", "faststallda"),))
        kept = keep_layout(
            session, flows.norrbotten, NOW, version.item, content,
            model_version=read(version.content).model_version, source="Export",
        )  # fmt: skip
        return kept.layout_id


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The application with the starter content and a line of Norrbotten, the headers of a client of each of two regions, and
    what each finds."""
    app = wsgi.create_app(
        {"INSTANCE": tmp_path_factory.mktemp("rest"), "DATABASE_URL": "", "API_RATE": 10**7, "API_PUBLIC_RATE": 10**7}
    )
    app.test_client_class = Browser
    headers, known = {}, {}
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with transaction() as session:
            load_organisations(session, SYSTEM, NOW)
        organisations = {one.code: one for one in db.session.query(Organisation)}
        flows = FlowWorld.load(organisations, _person)
        layout_id = _layout(flows, flows.approve())
        browser = app.test_client()
        for code in ("08", "25"):
            administrator = _person(f"administrator-{code}", (Role.REGION_ADMINISTRATOR, code))
            client = registered_client(administrator, organisation_by_code(db.session, code))
            headers[code] = client.headers(browser)
            found = {kind: browser.get(f"/api/v1/{kind}", headers=headers[code]).json["items"] for kind in KINDS}
            known[code] = {kind: {"slug": rows[0]["id"], "number": 1} for kind, rows in found.items() if rows}
            known[code]["layouts"] = {"layout_id": layout_id}
        db.session.close()
    return app, headers, known


@pytest.mark.parametrize("code", ["08", "25"])
def test_no_request_finds_a_fault_and_each_operation_is_answered(world, code):
    app, headers, known = world
    with app.app_context():
        paths = app.test_client().get(DOCUMENT).json["paths"]
    answers, faults = fuzzed(
        app,
        headers[code],
        known[code],
        EXAMPLES,
        only=[one for one in paths if "deliveries" not in one and not one.startswith("/uploads")],
    )
    assert faults == []
    assert not [status for statuses in answers.values() for status in statuses if status >= 500]
    unanswered = {label for label, statuses in answers.items() if not any(status < 300 for status in statuses)}
    # Kalmar has no line and no layout: whatever is asked of one, there is none.
    others = {label for label in answers if "/lines/{" in label or "/layouts/{" in label}
    assert unanswered == (others if code == "08" else set())


def test_no_request_about_an_upload_finds_a_fault(world):
    app, headers, known = world

    def begun():
        """An upload of a client that has no other, and what fits it."""
        with app.app_context():
            with by_hand() as session:
                session.execute(delete(Upload))
            line = b64encode(known["25"]["lines"]["slug"].encode()).decode()
            said = {"Tus-Resumable": "1.0.0", "Upload-Length": "10000000", "Upload-Metadata": f"line {line}"}
            made = app.test_client().post("/api/v1/uploads", headers={**headers["25"], **said})
            assert made.status_code == 201, made.text
            return {**said, "upload": made.headers["Location"].rpartition("/")[2], "Upload-Offset": "0"}

    answers, faults = fuzzed(
        app, headers["25"], {"uploads": begun}, EXAMPLES,
        only=["/uploads", "/uploads/{upload}"], also_answered=[400, 412, 413, 415, 460],
    )  # fmt: skip
    assert not faults, "\n-----\n".join(faults)
    assert not [status for statuses in answers.values() for status in statuses if status >= 500]
    assert {label for label, statuses in answers.items() if any(status < 300 for status in statuses)} == {
        "POST /uploads", "GET /uploads/{upload}", "PATCH /uploads/{upload}", "DELETE /uploads/{upload}",
    }  # fmt: skip
