"""A correction that comes while a table waits for a decision or for its minute is said to who decides."""

from datetime import UTC, datetime

import pytest
import time_machine

from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.items.tables import Version
from registry.starter import RECIPIENT
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.tables import FlowSuspension
from submission_portal.followup.corrected import corrections_since
from submission_portal.followup.queries import releases_made_from
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.versions import latest_version
from submission_portal.forwarding.services import withdraw_release
from submission_portal.forwarding.tables import Release
from submission_portal.legal_desk import services
from tests.by_hand import by_hand
from tests.factories.legal_answers import example_answers
from tests.factories.named_uses import approve_use
from tests.factories.released_figures import outplaced, run_worker
from tests.integration.legal_desk.conftest import DAY, MEASURE, MODEL, WARDS
from tests.pages import read

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
MINUTE = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
CORRECTED = "Vilar på siffror som har rättats sedan dess"
SUSPENDED = "Vilar på något som är stoppat"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def legal(actor) -> Actor:
    return actor("legal", (Role.LEGAL_REVIEWER, RECIPIENT))


@pytest.fixture
def embargo(table, legal) -> TableVersion:
    with transaction() as session:
        services.decide_table(
            session, legal, NOW, session.get_one(TableVersion, table.id), outcome=services.PUBLISH, reason="Läst.",
            answers=example_answers(counts_persons=True), release_at=MINUTE,
        )  # fmt: skip
    return db.session.get_one(TableVersion, table.id)


def _correct(world, table: TableVersion, kind: str = "replacement") -> Release:
    (first,) = releases_made_from(db.session, table)
    wards = WARDS | {("exempel-norra", "Medicin"): 14}
    return world.release(
        "99",
        MODEL,
        outplaced(DAY, wards),
        DAY,
        provenance="made_up",
        corrects=db.session.get_one(Release, first),
        kind=kind,
    )


def _page(client, table):
    return read(client.get(f"/granskning/tabell/{table.id}/"))


@pytest.mark.parametrize("kind", ["replacement", "correction"])
def test_a_correction_during_an_embargo_is_said_on_the_page_and_in_the_queue(embargo, legal, world, signed_in, kind):
    client = signed_in(legal)
    assert CORRECTED not in _page(client, embargo).text
    assert "Rättad sedan dess" not in read(client.get("/uppgifter/")).text
    release = _correct(world, embargo, kind)
    page = _page(client, embargo)
    assert CORRECTED in page.text
    (message,) = page.find("//div[contains(@class, 'is-warn')]")
    told = " ".join("".join(message.itertext()).split())
    assert "Den publiceras 1 december 2026" in told and "som den är, om den inte stoppas." in told
    assert str(db.session.get_one(Delivery, release.delivery_id).number) in told and "rättar" in told
    assert page.find("//a[@href='#stoppet']") and page.find("//*[@id='stoppet']")
    for address in ("/uppgifter/", "/granskning/"):
        told = read(client.get(address)).text
        assert "Rättad sedan dess" in told and CORRECTED in told, address


def test_the_version_with_the_correction_is_led_to_once_it_is_composed(embargo, legal, world, signed_in):
    client = signed_in(legal)
    _correct(world, embargo)
    run_worker(publish=False)
    newer = latest_version(db.session, MEASURE)
    assert newer.number == 2
    page = _page(client, embargo)
    assert page.find(f"//a[contains(@href, '/granskning/tabell/{newer.id}/')]")
    assert "Version 2 är sammansatt och väntar på beslut" in page.text
    assert CORRECTED not in _page(client, newer).text
    client.post(f"/granskning/tabell/{embargo.id}/stoppa", data={"reason": "Rättad."})
    assert CORRECTED not in _page(client, embargo).text
    assert "Rättad sedan dess" not in read(client.get("/granskning/")).text


def test_a_version_that_waits_says_that_a_newer_basis_is_there(table, legal, world, signed_in):
    client = signed_in(legal)
    assert "Underlaget har ändrats sedan dess" not in _page(client, table).text
    _correct(world, table)
    page = _page(client, table)
    assert CORRECTED in page.text and "En ny version sätts samman." in page.text


def test_a_version_that_waits_says_so_of_a_delivery_that_is_no_longer_there(table, legal, signed_in):
    (first,) = releases_made_from(db.session, table)
    with transaction() as session:
        withdraw_release(session, legal, NOW, release=session.get_one(Release, first), reason="Fel.")
    assert "Underlaget har ändrats sedan dess" in _page(signed_in(legal), table).text


def test_a_correction_that_is_withdrawn_is_none(embargo, legal, world):
    release = _correct(world, embargo)
    assert [one.delivery_id for one in corrections_since(db.session, [embargo])[embargo.id]] == [release.delivery_id]
    with transaction() as session:
        withdraw_release(session, legal, NOW, release=session.get_one(Release, release.id), reason="Fel.")
    assert corrections_since(db.session, [embargo])[embargo.id] == []


def test_a_quality_reviewer_is_told_and_offered_no_stop(embargo, world, actor, signed_in):
    _correct(world, embargo)
    page = _page(signed_in(actor("quality", (Role.QUALITY_REVIEWER, RECIPIENT))), embargo)
    assert CORRECTED in page.text
    assert not page.find("//a[@href='#stoppet']")


@pytest.mark.parametrize(("audience", "is_told"), [("public", True), ("recipient", False)])
def test_a_use_that_is_suspended_during_an_embargo_is_said_on_the_page_of_a_table_for_its_audience(
    embargo, legal, world, signed_in, audience, is_told
):
    line = db.session.get_one(Version, world.flows["99", MODEL].id)
    use = approve_use(line, "en-till", audience=audience, covers_from="2014-01-01")
    client = signed_in(legal)
    assert SUSPENDED not in _page(client, embargo).text
    _suspend(use.removeprefix("use:"), embargo.organisation_id)
    page = _page(client, embargo)
    assert (SUSPENDED in page.text) is is_told
    if is_told:
        assert "sedan 2 november 2026" in page.text and page.find("//a[@href='#stoppet']")


def test_a_line_that_is_suspended_is_said_while_the_table_waits_for_a_decision(table, legal, world, signed_in):
    client = signed_in(legal)
    _suspend(world.flows["99", MODEL].item_id, table.organisation_id)
    assert SUSPENDED in _page(client, table).text
    with by_hand() as session:
        session.query(FlowSuspension).update({"resumed_at": NOW, "resumed_by": "2" * 32})
    assert SUSPENDED not in _page(client, table).text


def _suspend(item_id: str, organisation_id: str) -> None:
    with by_hand() as session:
        session.add(
            FlowSuspension(
                item_id=item_id, side="recipient", organisation_id=organisation_id, reason="Fel.",
                suspended_by="1" * 32, suspended_at=NOW,
            )
        )  # fmt: skip
