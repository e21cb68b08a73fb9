"""An answer about an export that is another than before: the break it is comes filled in, and a person declares it."""

import pytest

from information_models.starter.load import load_measures
from registry.actors import SYSTEM
from registry.db import db, transaction
from submission_portal.followup.tables import SourceChange
from tests.conftest import NOW
from tests.integration.deliveries.test_layouts import monthly, the_delivery, upload  # noqa: F401
from tests.integration.deliveries.test_other_exports import HOSPITALS, KNOWN, answers_for
from tests.pages import read

NEW = HOSPITALS.replace("Vpl", "Bemannat")


@pytest.fixture
def client(monthly, signed_in):  # noqa: F811
    with transaction() as session:
        load_measures(session, SYSTEM, NOW)
    return signed_in(monthly.officer)


def changed(client, world, kind):
    """An export whose column of beds was asked again and is another now: the draft that was read so, and its layout's page."""
    first = upload(client, world, HOSPITALS.format(m="01"))
    told = {**answers_for(the_delivery(first), **KNOWN), "kallsystem": "Systemet"}
    assert client.post(first, data=told).status_code == 302
    version = the_delivery(first).layout_version
    page = f"/leveranser/layouter/{version.layout_id}/"
    form = {"version": version.id, "fraga-rubrik": "vpl", "slag": kind, "skal": "Nytt system från mars."}
    assert client.post(page, data=form).status_code == 302
    assert "När nästa fil har lästs" in read(client.get(page)).text or kind == "none"
    second = upload(client, world, NEW.format(m="03"), "mars.csv")
    answers = answers_for(the_delivery(second), Bemannat="disponibla")
    answer = client.post(second, data={**answers, "spara": "till"})
    assert answer.status_code == 302, read(answer, 422).text
    return answer.headers["Location"], page


def test_a_change_of_source_is_declared_by_one_look_and_one_click(client, monthly):  # noqa: F811
    draft, page = changed(client, monthly, "source")
    words = "Disponibla vårdplatser läses ur kolumnen ”bemannat” i stället för ”vpl”."
    for address in (draft, page):
        shown = read(client.get(address))
        assert words in shown.text and "Redovisa källbytet" in shown.text
    [address] = [each for each in shown.links if each.startswith("/uppfoljning/kallbyte")]
    form = read(client.get(address))
    value = {one.get("name"): one.get("value") for one in form.find("//form//input")}
    assert value["changed_on"] == "2026-03-01" and db.session.query(SourceChange).count() == 0
    [note] = form.find('//textarea[@name="note_sv"]')
    [english] = form.find('//textarea[@name="note_en"]')
    assert "mars" not in english.text and "instead of “vpl”" in english.text
    assert note.text.strip() == f"{words} Nytt system från mars."
    ticked = [one.get("value") for one in form.find('//input[@name="measures" and @checked]')]
    assert "disponibla-vardplatser-manad" in ticked and "utlokaliserade-patienter" not in ticked
    told = {"svar": value["svar"], "changed_on": "2026-03-01", "note_sv": note.text.strip(), "note_en": ""}
    unticked = client.post("/uppfoljning/kallbyte", data=told)
    assert "Kryssa för minst ett mått" in read(unticked, 422).text
    assert client.post("/uppfoljning/kallbyte", data={**told, "measures": ticked}).headers["Location"] == page
    declared = db.session.query(SourceChange).all()
    assert sorted(one.measure_slug for one in declared) == sorted(ticked)
    assert {(str(one.changed_on), one.note_sv) for one in declared} == {("2026-03-01", note.text.strip())}
    assert {one.note_en for one in declared} == {note.text.strip()}, "nothing was written in English"
    after = read(client.get(page))
    assert "Det är redovisat" in after.text and not [one for one in after.links if "uppfoljning/kallbyte" in one]


def test_a_changed_application_is_proposed_in_the_term_banks_form(client, monthly):  # noqa: F811
    draft, _page = changed(client, monthly, "application")
    [address] = [each for each in read(client.get(draft)).links if "tillampningar/ny" in each]
    form = read(client.get(address))
    value = {one.get("name"): one.get("value") for one in form.find("//form//input")}
    assert (value["valid_from"], value["source_system"]) == ("2026-03-01", "Systemet")
    [reason] = form.find('//textarea[@name="reason"]')
    assert "”bemannat” i stället för ”vpl”" in reason.text and "Nytt system från mars." in reason.text


def test_a_wrong_answer_leads_to_what_was_read_with_it_and_declares_nothing(client, monthly):  # noqa: F811
    draft, page = changed(client, monthly, "none")
    shown = read(client.get(draft))
    assert "Ett felaktigt svar är rättat" in shown.text and page in shown.links
    identifier = page.split("/")[3]
    assert client.get(f"/uppfoljning/kallbyte?svar={identifier}").status_code == 404


def test_no_other_region_declares_it(client, monthly, signed_in):  # noqa: F811
    _draft, page = changed(client, monthly, "source")
    other = signed_in(monthly.other)
    assert other.get(f"/uppfoljning/kallbyte?svar={page.split('/')[3]}").status_code == 404
    assert other.get("/uppfoljning/kallbyte").status_code == 404
