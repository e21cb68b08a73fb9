"""What the columns and names of an export are, said once: the first file waits for answers, the next ones are read by them."""

import io
from dataclasses import replace

import pytest
from sqlalchemy import select

from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.events import Event
from registry.findings import Severity
from registry.items.tables import Item
from submission_portal.deliveries.layouts.queries import layouts_of_line
from submission_portal.deliveries.layouts.services import Change, keep_layout
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.reading.layouts.content import ColumnAnswer, Layout, LayoutBreak
from submission_portal.deliveries.tables import Delivery
from tests.conftest import NOW
from tests.factories.deliveries import DAILY, MONTHLY, DeliveryWorld
from tests.factories.flows import FlowWorld
from tests.pages import read
from tests.snapshots import remembered

MARCH = "Dag;Sjukhus;Avd;DVP;Inskr. 06;ÖB;UTL\n2026-03-01;Västervik;K1;22;21;0;1\n2026-03-01;Västervik;K2;18;18;2;0\n"
APRIL = (
    "Region Kalmar län\nSjukhus;Dag;Avd;ÖB;UTL;DVP;Inskr. 06;Kommentar\n"
    "Västervik;2026-04-01;K1;0;1;22;21;lugnt\nVästervik;2026-04-01;K2;2;0;18;18;\n"
)
WIDE = "Sjukhus;jan-26;feb-26\nVästerviks sjukhus;101,5;99,0\nKalmar sjukhus;210,0;\nSumma;311,5;99,0\n"
ANSWERS = {"kolumn-0": "-absent", "namn-0": "24010", "kallsystem": "Cosmic"}
WIDE_ANSWERS = {
    "kolumn-0": "disponibla",
    "element-vardform-vad": "somatisk",
    "element-overbelaggningar": "-absent",
    "element-utlokaliserade": "-absent",
}


def world_of(organisations, actor, model, name):
    """A line of Kalmar county's for a model, in force."""

    def build():
        flows = FlowWorld.load(organisations, actor)
        officer = actor("kalmar", (Role.DATA_OFFICER, "08"))
        flows = replace(flows, norrbotten=officer, discloser=organisations["08"].id)
        version_id = flows.approve(model)
        discloser = actor("kalmar-utlamnare", (Role.DISCLOSING_OFFICER, "08"))
        other = actor("skane", (Role.DATA_OFFICER, "12"))
        from registry.items.tables import Version

        return DeliveryWorld(flows, officer, discloser, other, db.session.get_one(Version, version_id).item_id)

    return remembered(f"layouts {name}", build)


@pytest.fixture
def daily(organisations, actor):
    return world_of(organisations, actor, DAILY, "daily")


@pytest.fixture
def monthly(organisations, actor):
    return world_of(organisations, actor, MONTHLY, "monthly")


@pytest.fixture
def officer(daily, signed_in):
    return signed_in(daily.officer)


def upload(client, world, text, name="export.csv"):
    content = {"file": (io.BytesIO(text.encode()), name)}
    answer = client.post(f"/leveranser/ny/{world.flow.slug}/", data=content)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def the_delivery(address):
    db.session.expire_all()
    return db.session.get_one(Delivery, address.split("/")[2])


def left(delivery, *severities):
    return [one.code for one in delivery.assessment.findings if one.severity in severities]


def answered(client, world, text=MARCH, answers=None):
    """A file that waits, answered."""
    address = upload(client, world, text)
    delivery = the_delivery(address)
    answer = client.post(address, data={**(ANSWERS if answers is None else answers), "revision": delivery.revision})
    assert answer.status_code == 302, read(answer, 422).text
    return answer.headers["Location"]


def test_a_file_whose_columns_are_not_known_waits_for_two_answers(daily, officer):
    address = upload(officer, daily, MARCH)
    assert address.endswith("/kolumner/")
    delivery = the_delivery(address)
    assert (delivery.state, left(delivery, Severity.ERROR)) == (DeliveryState.DRAFT, [])
    assert left(delivery, Severity.QUESTION) == ["STR-024", "STR-038"]
    page = read(officer.get(address))
    assert "Vad är «Inskr. 06»?" in page.text and "Vad betyder «Västervik» i Sjukhus?" in page.text
    assert "1 av 2 besvarade" in page.text, "the only hospital that it may be is chosen, and no column is"
    assert [one.get("value") for one in page.find("//input[@checked]")] == []
    assert [one.get("value") for one in page.find("//option[@selected]")] == ["24010"]
    assert "Belagda" in page.text and "21; 18" in page.text
    overview = read(officer.get(f"/leveranser/{delivery.id}/"))
    assert address in overview.links


def test_the_answers_are_kept_and_the_next_month_asks_nothing(daily, officer):
    delivery = the_delivery(answered(officer, daily))
    assert left(delivery, Severity.ERROR, Severity.QUESTION) == []
    said = {one.element: one.count for one in delivery.assessment.said}
    assert said == {}, "what is not in the export is no answer about a cell"
    rows = {one.element: one.sum for one in delivery.reading.preview.totals}
    assert rows["disponibla"] == "40"
    assert delivery.layout_version.layout.source == "Cosmic"
    april = the_delivery(upload(officer, daily, APRIL))
    assert left(april, Severity.ERROR, Severity.QUESTION) == []
    assert [code for code in left(april, Severity.INFO) if code.startswith("STR")] == ["STR-040", "STR-041"]
    assert april.layout_version_id == delivery.layout_version_id
    assert "Cosmic, version 1" in read(officer.get(f"/leveranser/{april.id}/")).text
    [event] = db.session.scalars(select(Event).where(Event.type == "LayoutAnswered"))
    assert event.organisation_id == delivery.organisation_id


def test_what_is_not_in_the_export_is_not_reported_throughout(daily, officer):
    from submission_portal.deliveries import queries

    delivery = the_delivery(answered(officer, daily))
    rows = queries.rows_of(db.session, delivery)
    assert rows["sjukhus"].to_list() == ["24010", "24010"]
    assert rows["belagda"].to_list() == [None, None]
    assert rows["belagda__status"].to_list() == ["not_reported", "not_reported"]
    assert rows["disponibla"].to_list() == [22, 18]


def test_a_table_with_its_months_across_becomes_rows(monthly, signed_in):
    client = signed_in(monthly.officer)
    delivery = the_delivery(answered(client, monthly, WIDE, WIDE_ANSWERS))
    assert left(delivery, Severity.ERROR) == []
    assert delivery.row_count == 4 and delivery.reading.preview.sum_rows == (4,)
    assert [(one.letter, one.sum) for one in delivery.reading.preview.totals] == [("B", "311.5"), ("C", "99.0")]
    [gap] = [one for one in delivery.assessment.findings if one.severity is Severity.QUESTION]
    assert [(place.row, place.column, place.field) for place in gap.places] == [(3, "C", "disponibla")]
    address = f"/leveranser/{delivery.id}/"
    assert "C3" in read(client.get(address)).text
    client.post(f"{address}svar", data={"tom-disponibla": "closed", "revision": delivery.revision})
    assert left(the_delivery(address), Severity.ERROR, Severity.QUESTION) == []
    spring = WIDE.replace("jan-26", "mar-26").replace("feb-26", "apr-26")
    following = upload(client, monthly, spring)
    assert not following.endswith("/kolumner/")


def test_two_cells_of_one_row_across_are_answered_each_for_itself(monthly, signed_in):
    client = signed_in(monthly.officer)
    text = WIDE.replace("210,0;", ";")
    address = answered(client, monthly, text, WIDE_ANSWERS)
    delivery = the_delivery(address)
    page = read(client.get(address))
    names = [one.get("name") for one in page.find("//select[starts-with(@name, 'cell-disponibla')]")]
    assert names == ["cell-disponibla-3", "cell-disponibla-100003"]
    given = {names[0]: "closed", names[1]: "not_reported", "revision": delivery.revision}
    client.post(f"{address}svar", data=given)
    from submission_portal.deliveries import queries

    rows = queries.rows_of(db.session, the_delivery(address))
    assert rows["disponibla__status"].to_list()[1::2] == ["closed", "not_reported"]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "Välj ett av svaren"),
        ({"kolumn-0": "-absent"}, "Välj ett av svaren"),
        ({"kolumn-0": "telefon", "namn-0": "24010"}, "telefon är inget av det"),
        ({"kolumn-0": "belagda", "namn-0": "99999"}, "99999 är ingen kod"),
    ],
)
def test_answers_that_cannot_be_are_told_and_nothing_is_kept(daily, officer, answers, said):
    address = upload(officer, daily, MARCH)
    answer = officer.post(address, data={**answers, "revision": the_delivery(address).revision})
    assert answer.status_code == 422
    assert said in read(answer, 422).text
    assert layouts_of_line(db.session, daily.item_id) == []


def test_one_element_has_one_column(daily, officer):
    text = (
        MARCH.replace("Inskr. 06;ÖB", "Inskr. 06;Inskr. 14;ÖB")
        .replace(";21;0", ";21;20;0")
        .replace(";18;2", ";18;17;2")
    )
    address = upload(officer, daily, text)
    both = {"kolumn-0": "belagda", "kolumn-1": "belagda", "namn-0": "24010"}
    answer = officer.post(address, data={**both, "revision": the_delivery(address).revision})
    assert answer.status_code == 422
    assert "Ni har valt samma för Inskr. 06, Inskr. 14" in read(answer, 422).text
    one = {"kolumn-0": "belagda", "namn-0": "24010", "revision": the_delivery(address).revision}
    assert officer.post(address, data=one).status_code == 302, "the other column is then not read in"
    assert left(the_delivery(address), Severity.ERROR, Severity.QUESTION) == []


def test_another_export_of_the_line_is_asked_about_for_itself(daily, officer):
    answered(officer, daily)
    other = "Datum;Enhetsnamn;Klinik;Platser;Patienter\n2026-03-02;Kalmar;A;10;9\n"
    address = upload(officer, daily, other, "annan.csv")
    assert address.endswith("/kolumner/") and the_delivery(address).layout_version_id is None


def test_no_other_region_sees_the_page_or_the_layout(daily, officer, signed_in):
    address = upload(officer, daily, MARCH)
    assert signed_in(daily.other).get(address).status_code == 404


def kept(world, content, **more):
    with transaction() as session:
        flow = session.get_one(Item, world.item_id)
        return keep_layout(session, world.officer, NOW, flow, content, model_version="0" * 64, **more).id


def test_a_changed_answer_has_a_kind_and_a_reason(daily):
    first = kept(daily, Layout((ColumnAnswer("dvp", "disponibla"),)), source="Cosmic")
    other = Layout((ColumnAnswer("dvp", "belagda"),))
    with pytest.raises(Refused) as refused:
        kept(daily, other, source="", before=first, change=Change(LayoutBreak.SOURCE, " "))
    assert refused.value.finding.code == "LAY-013"
    second = kept(daily, other, source="", before=first, change=Change(LayoutBreak.SOURCE, "Nytt uttag"))
    [layout] = layouts_of_line(db.session, daily.item_id)
    assert [(one.number, one.break_kind) for one in layout.versions] == [(1, None), (2, LayoutBreak.SOURCE)]
    with pytest.raises(Refused) as late:
        kept(daily, Layout(), source="", before=first)
    assert late.value.finding.code == "LAY-011" and layout.current.id == second


def test_two_exports_have_two_names(daily):
    kept(daily, Layout((ColumnAnswer("a", "disponibla"),)), source="Cosmic")
    with pytest.raises(Refused) as refused:
        kept(daily, Layout((ColumnAnswer("b", "disponibla"),)), source=" cosmic ")
    assert refused.value.finding.code == "LAY-010"


def test_the_page_of_a_layout_asks_again_what_is_ticked(daily, officer):
    delivery = the_delivery(answered(officer, daily))
    address = f"/leveranser/layouter/{delivery.layout_version.layout_id}/"
    page = read(officer.get("/leveranser/layouter/"))
    assert address in page.links and daily.flow.slug not in "".join(page.find("//main")[0].itertext())
    page = read(officer.get(address))
    assert "Belagda" in page.text and "«västervik» = Västerviks sjukhus" in page.text
    form = {"version": delivery.layout_version_id, "fraga-element": "belagda", "fraga-rubrik": "inskr 06"}
    assert officer.post(address, data=form).status_code == 422, "a kind and a reason are wanted"
    form |= {"slag": "none", "skal": "Kolumnen är belagda platser."}
    assert officer.post(address, data=form).status_code == 302
    again = upload(officer, daily, MARCH.replace("2026-03", "2026-05"))
    assert again.endswith("/kolumner/") and the_delivery(again).reading.mapped.count == 1
    late = officer.post(address, data=form)
    assert (late.status_code, "efter att ni öppnade sidan" in read(late, 409).text) == (409, True)


def test_a_layout_goes_out_as_a_file_and_is_for_its_own_region(daily, officer, signed_in):
    delivery = the_delivery(answered(officer, daily))
    address = f"/leveranser/layouter/{delivery.layout_version.layout_id}/"
    file = officer.get(f"{address}layout.json")
    assert file.json["content_hash"] == delivery.layout_version.content_hash
    assert file.json["model"] == DAILY
    assert signed_in(daily.other).get(f"{address}layout.json").status_code == 404


def test_a_layout_by_the_commands(daily, officer, app, tmp_path, monkeypatch):
    delivery = the_delivery(answered(officer, daily))
    layout_id = delivery.layout_version.layout_id

    def run(*arguments):
        return app.test_cli_runner().invoke(args=[*map(str, arguments)])

    listed = run("layouts", "list", "--as", "kalmar")
    assert layout_id in listed.output and "Cosmic, 1" in listed.output
    assert "inskr" in run("layouts", "show", layout_id, "--as", "kalmar").output
    path, export = tmp_path / "layout.json", tmp_path / "mars.csv"
    assert run("layouts", "export", layout_id, "--as", "kalmar", "-o", path).exit_code == 0
    export.write_text(MARCH)
    checked = run("deliveries", "validate", DAILY, export, "--layout", path)
    assert (checked.exit_code, "STR-041" in checked.output) == (0, True), checked.output
    assert run("deliveries", "validate", DAILY, export).exit_code == 1
    there = run("layouts", "import", daily.flow.slug, path, "--as", "kalmar")
    assert (there.exit_code, "LAY-010" in there.output) == (1, True)
    assert run("layouts", "import", daily.flow.slug, path, "--as", "kalmar", "--source", "Nytt").exit_code == 0
    path.write_text(path.read_text().replace("24010", "24011"))
    altered = run("layouts", "import", daily.flow.slug, path, "--as", "kalmar", "--source", "Annat")
    assert (altered.exit_code, "LAY-008" in altered.output) == (1, True)
    assert run("deliveries", "validate", DAILY, export, "--layout", path).exit_code == 2
    assert run("layouts", "show", "finnsinte", "--as", "kalmar").exit_code == 2


def test_how_dates_are_written_is_asked_once_too(daily, officer):
    text = MARCH.replace("2026-03-01", "03/04/2026")
    delivery = the_delivery(answered(officer, daily, text))
    assert left(delivery, Severity.QUESTION) == ["STR-015"]
    officer.post(f"/leveranser/{delivery.id}/svar", data={"datum-dag": "day_first", "revision": delivery.revision})
    [layout] = layouts_of_line(db.session, daily.item_id)
    assert (layout.current.number, layout.current.content.date_orders) == (2, {"dag": "day_first"})
    following = the_delivery(upload(officer, daily, text.replace("03/04", "05/04")))
    assert left(following, Severity.QUESTION, Severity.ERROR) == [] and following.period == "2026-04-05"


NAMELESS = "Uttag 7\na;b;c;d;e;f;g\n2026-03-01;24010;K1;22;21;0;1\n2026-03-01;24010;K2;18;18;2;0\n"
ELEMENTS = ("dag", "sjukhus", "avdelning", "disponibla", "belagda", "overbelaggningar", "utlokaliserade")


def test_what_was_read_with_a_wrong_answer_is_replaced_by_the_same_file_read_anew(daily, officer):
    first = the_delivery(answered(officer, daily))
    daily.disclose(first.id)
    daily.send(first.id)
    assert daily.delivery(first.id).state == DeliveryState.RELEASED
    layout = the_delivery(f"/leveranser/{first.id}/").layout_version.layout
    address = f"/leveranser/layouter/{layout.id}/"
    assert "Förbered en ersättning" not in read(officer.get(address)).text
    changed = {"fraga-element": "belagda", "version": layout.current.id}
    officer.post(address, data={**changed, "slag": "none", "skal": "Inskr. 06 är de belagda."})
    assert "Förbered en ersättning" in read(officer.get(address)).text
    assert officer.post(f"{address}ersattningar").status_code == 302
    assert "Förbered en ersättning" not in read(officer.get(address)).text, "it is made once"
    [made] = db.session.scalars(select(Delivery).where(Delivery.corrects_delivery_id == first.id))
    assert (made.correction_kind, made.file_sha256, made.state) == (
        "replacement",
        first.file_sha256,
        DeliveryState.DRAFT,
    )
    page = f"/leveranser/{made.id}/kolumner/"
    answer = officer.post(page, data={"kolumn-0": "belagda", "revision": made.revision})
    assert answer.status_code == 302
    made = the_delivery(page)
    assert left(made, Severity.ERROR, Severity.QUESTION) == []
    assert {one.element: one.sum for one in made.reading.preview.totals}["belagda"] == "39"
    for key in [key for key, one in made.assessment.keyed if one.severity is Severity.WARNING]:
        daily.save(made.id, explanations={key: "Läst med rätt svar."})
    daily.disclose(made.id)
    assert daily.send(made.id) != daily.delivery(first.id).receipt.number
    number = daily.delivery(made.id).number
    assert upload(officer, daily, MARCH) == f"/leveranser/{number}/", "the very same file is the delivery that stands"


def test_files_that_waited_are_read_by_what_was_answered_meanwhile(daily, officer):
    april, may = (upload(officer, daily, MARCH.replace("2026-03", month)) for month in ("2026-04", "2026-05"))
    assert "Läs filen en gång till" not in read(officer.get(april)).text
    answered(officer, daily)
    assert "Läs filen en gång till" in read(officer.get(april)).text
    seen = the_delivery(april).revision
    again = officer.post(april.replace("kolumner/", "las-igen"), data={"revision": seen})
    assert again.headers["Location"] == april.removesuffix("kolumner/")
    assert left(the_delivery(april), Severity.ERROR, Severity.QUESTION) == []
    stale = officer.post(may.replace("kolumner/", "las-igen"), data={"revision": seen - 1})
    assert stale.status_code == 409
    upload(officer, daily, MARCH.replace("2026-03", "2026-05"))  # the very same file
    assert the_delivery(may).layout_version_id == the_delivery(april).layout_version_id is not None


def test_a_heading_row_is_chosen_by_hand_and_kept_with_the_answers(daily, officer):
    address = upload(officer, daily, NAMELESS)
    assert address.endswith("/kolumner/"), "whose headings were not found is led to where they are chosen"
    delivery = the_delivery(address)
    assert left(delivery, Severity.ERROR) == ["STR-001"]
    page = read(officer.get(address))
    assert "Vilken rad har rubrikerna?" in page.text and "Uttag 7" in page.text
    assert address in read(officer.get(f"/leveranser/{delivery.id}/")).links
    for row in ("", "0", "61", "²", "-1", "9"):
        answer = officer.post(f"/leveranser/{delivery.id}/rubrikrad", data={"rad": row, "revision": delivery.revision})
        assert "Det är ingen rad som kan ha rubrikerna" in read(answer, 422).text
    answer = officer.post(f"/leveranser/{delivery.id}/rubrikrad", data={"rad": "2", "revision": delivery.revision})
    assert answer.headers["Location"] == address
    page = read(officer.get(address))
    assert "Rubrikerna står på rad 2" in page.text and "Vad är «d»?" in page.text
    delivery = the_delivery(address)
    chosen = {f"kolumn-{number}": element for number, element in enumerate(ELEMENTS)}
    officer.post(address, data={**chosen, "revision": delivery.revision, "kallsystem": "Uttag"})
    delivery = the_delivery(address)
    assert (delivery.layout_version.content.header, delivery.row_count) == (2, 2)
    assert left(delivery, Severity.ERROR, Severity.QUESTION) == []
    april = the_delivery(upload(officer, daily, "x\n" + NAMELESS.replace("2026-03", "2026-04")))
    assert (april.reading.preview.header_row, april.layout_version_id) == (3, delivery.layout_version_id)


def test_a_heading_row_of_which_nothing_is_asked_is_kept_at_once(daily, officer):
    text = (
        "Dag;Sjukhus;Avd;DVP;Belagda;ÖB;UTL\ndag;sjukhus;avdelning;disponibla;belagda;overbelaggningar;utlokaliserade\n"
    )
    delivery = the_delivery(upload(officer, daily, text + "2026-03-01;24010;K1;22;21;0;1\n"))
    assert delivery.reading.preview.header_row == 1
    address = f"/leveranser/{delivery.id}/kolumner/"
    assert address in read(officer.get(f"/leveranser/{delivery.id}/")).links
    answer = officer.post(f"/leveranser/{delivery.id}/rubrikrad", data={"rad": "2", "revision": delivery.revision})
    assert answer.headers["Location"] == f"/leveranser/{delivery.id}/"
    delivery = the_delivery(address)
    assert (delivery.reading.preview.header_row, delivery.layout_version.content.header) == (2, 2)
    assert left(delivery, Severity.ERROR, Severity.QUESTION) == []


def test_what_figures_are_counted_in_is_said_once_and_shown(monthly, signed_in):
    client = signed_in(monthly.officer)
    text = "Månad;Sjukhus;Vårdform;DVP;ÖB;UTL\n2026-03;24010;somatisk;0,1;4;1\n"
    delivery = the_delivery(upload(client, monthly, text))
    fields = {"raknas-D": "1000", "revision": delivery.revision}
    assert "raknas-D" in client.get(f"/leveranser/{delivery.id}/kolumner/").text
    wrong = client.post(f"/leveranser/{delivery.id}/raknas", data={**fields, "raknas-D": "7"})
    assert "inget av det som" in read(wrong, 422).text
    assert client.post(f"/leveranser/{delivery.id}/raknas", data=fields).status_code == 302
    delivery = the_delivery(f"/leveranser/{delivery.id}/")
    assert delivery.layout_version.content.factors == {"dvp": "1000"}
    assert {one.element: one.sum for one in delivery.reading.preview.totals}["disponibla"] == "100"
    assert "(gånger 1 000)" in read(client.get(f"/leveranser/{delivery.id}/")).text
    april = the_delivery(upload(client, monthly, text.replace("2026-03", "2026-04")))
    assert {one.element: one.sum for one in april.reading.preview.totals}["disponibla"] == "100"
