"""A proposed version of a model or a code list is tried on what was really delivered, and the page says what it would stop."""

import pytest

from information_models.kinds import CODE_LIST, MODEL
from registry.actors import Role
from registry.db import db, transaction
from registry.events import Event
from registry.items import queries as items
from registry.items import services
from registry.items.lifecycle import Change
from registry.items.tables import Version
from registry.jobs import drain
from registry.starter import STEWARD
from registry.storage import files
from submission_portal.forwarding.tables import Release
from submission_portal.replays.tables import VersionReplay
from tests.conftest import NOW
from tests.pages import read

SLUG = "faststallda-vardplatser-per-sjukhus"


@pytest.fixture
def modeller(world, actor):
    world.norrbotten()
    return actor("informatiker", (Role.MODELLER, STEWARD))


def drafted(modeller, kind, slug, change) -> str:
    with transaction() as session:
        item = items.item_by_slug(session, kind, slug)
        content = items.current_by_slug(session, kind, slug).content
        change(content)
        return services.draft_successor(session, modeller, NOW, item=item, content=content, reason="Prov.").id


def section(client, version_id) -> str:
    found = read(client.get(f"/granskning/version/{version_id}")).find("//section[@aria-labelledby='levererat']")
    return " ".join("".join(one_text for one in found for one_text in one.itertext()).split())


def lower(content) -> None:
    next(one for one in content["elements"] if one["name"] == "faststallda")["maximum"] = "100"


def without_first_hospital(content) -> None:
    content["codes"] = [code for code in content["codes"] if code["code"] != "65016"]


@pytest.mark.parametrize(
    ("kind", "slug", "change", "said"),
    [
        (MODEL, SLUG, lower, "Fastställda vårdplatser ligger utanför gränserna"),
        (CODE_LIST, "sjukhus", without_first_hospital, "Sjukhus finns inte i kodlistan"),
    ],
)
def test_the_page_says_how_many_regions_would_be_stopped_and_where(
    signed_in, modeller, actor, kind, slug, change, said
):
    author, version_id = signed_in(modeller), drafted(modeller, kind, slug, change)
    assert "Pröva på det som levererats" in section(author, version_id)
    assert author.post(f"/granskning/version/{version_id}/prova").status_code == 302
    assert "Leveranserna kontrolleras" in section(author, version_id)
    drain()
    db.session.expire_all()
    text = section(author, version_id)
    assert "Den enda regionen skulle stoppas" in text and "2 leveranser prövades" in text
    assert "Norrbotten" in text and said in text
    assert "746" not in text and "799" not in text
    assert db.session.query(Event).filter_by(type="DeliveriesReplayed").one().person_id == modeller.person_id
    # The decider reads the same; the public, who may read what is in review, does not.
    with transaction() as session:
        services.submit(session, modeller, NOW, session.get_one(Version, version_id), change=Change.DIFFERENT)
    colleague = signed_in(actor("informatiker2", (Role.MODELLER, STEWARD)))
    assert section(colleague, version_id) == text
    colleague.get("/logga-ut")


def test_nobody_else_has_it_tried_or_reads_what_came_out(signed_in, client, modeller, actor):
    version_id = drafted(modeller, MODEL, SLUG, lower)
    other = signed_in(actor("uppgiftslamnare", (Role.DATA_OFFICER, "25")))
    assert other.post(f"/granskning/version/{version_id}/prova").status_code in (403, 404)
    elsewhere = signed_in(actor("informatiker3", (Role.MODELLER, "25")))
    assert elsewhere.post(f"/granskning/version/{version_id}/prova").status_code == 404
    assert db.session.get(VersionReplay, version_id) is None


def test_what_cannot_be_tried_is_counted_and_a_draft_that_changed_is_told(signed_in, modeller):
    first = db.session.query(Release).first()
    author, version_id = signed_in(modeller), drafted(modeller, MODEL, SLUG, lambda content: None)
    files().erase(first.parquet_key, confirm=lambda: None)
    author.post(f"/granskning/version/{version_id}/prova")
    drain()
    db.session.expire_all()
    text = section(author, version_id)
    assert "Den enda regionen skulle inte stoppas." in text and "En leverans prövades" in text
    assert "En leverans hoppades över: dess rader går inte att få tag i." in text
    with transaction() as session:
        version = session.get_one(Version, version_id)
        content = version.content
        lower(content)
        services.keep_draft(session, modeller, NOW, version.item, content=content, reason="Prov.")
    assert "Utkastet har ändrats sedan dess" in section(author, version_id)


def test_a_version_with_faults_is_not_tried_on_anything(signed_in, modeller):
    def faulty(content) -> None:
        content["key"] = ["finns_inte"]

    author, version_id = signed_in(modeller), drafted(modeller, MODEL, SLUG, faulty)
    author.post(f"/granskning/version/{version_id}/prova")
    drain()
    db.session.expire_all()
    assert "Versionen har fel, och inget kan kontrolleras av den." in section(author, version_id)
