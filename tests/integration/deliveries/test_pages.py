"""The pages of deliveries, read strictly, as each of those who meet them."""

import io
import json

import pytest
from sqlalchemy import select

from registry.actors import Role
from registry.db import db, transaction
from submission_portal.deliveries.tables import Delivery
from submission_portal.receiving import services as receiving
from tests.factories.deliveries import DAILY, NOW, DeliveryWorld, beds_csv, one_row_csv, workbook_with_hidden_number
from tests.pages import read

FLOW = "norrbotten-faststallda-vardplatser-per-sjukhus"


@pytest.fixture
def officer(world, signed_in):
    return signed_in(world.officer)


@pytest.fixture
def discloser(world, signed_in):
    return signed_in(world.discloser)


def upload(client, world, data=None, name="platser.csv", **fields):
    content = beds_csv() if data is None else data
    return client.post(f"/leveranser/ny/{world.flow.slug}/", data={"file": (io.BytesIO(content), name), **fields})


def started(client, world, data=None, **settings):
    answer = upload(client, world, data, **settings)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def questions():
    from tests.factories.legal_answers import example_answers

    found = {}
    for name, given in example_answers(counts_persons=False).items():
        found |= {f"q_{name}": given.choice, f"q_{name}_reason": given.reason}
    return found


def test_a_heading_is_told_once_whatever_its_case(world, officer):
    page = read(officer.get(f"/leveranser/ny/{world.flow.slug}/"))
    told = [row.text.lower().split(", ") for row in page.find("//section[@aria-labelledby='kolumner']//tbody/tr/td[1]")]
    assert told
    assert [names for names in told if len(names) != len(set(names))] == []


def test_a_data_officer_checks_a_file_and_reads_what_happens_next(world, officer):
    page = read(officer.get(f"/leveranser/ny/{world.flow.slug}/"))
    assert "Fastställda vårdplatser" in page.text
    template = next(link for link in page.links if "/xlsx-template" in link)
    assert template.endswith("?region=25"), (
        "the template that the approved version asks for, with the region's own places"
    )
    assert officer.get(template).data.startswith(b"PK")
    page = read(officer.get(started(officer, world)))
    assert "Fastställda vårdplatser, Norrbotten, 1 mars 2026" in page.heading
    assert "platser.csv" in page.text


def test_the_whole_way_from_file_to_receipt_by_hand(world, officer, discloser):
    address = started(officer, world)
    read(officer.get(address))
    read(discloser.get(address))
    read(discloser.get(f"{address}utlamnande/"))
    answer = discloser.post(
        f"{address}utlamnande/",
        data={
            "outcome": "disclose",
            "registry_number": "RN 7",
            "reason": "Offentligt.",
            "uses": f"flow:{world.item_id}",
            **questions(),
        },
    )
    assert answer.status_code == 302, answer.text
    page = read(officer.get(f"{address}skicka/"))
    assert "RN 7" in page.text
    answer = officer.post(f"{address}skicka/", data={})
    assert answer.headers["Location"].endswith("/leveranser/L-2026-0001/")
    page = read(officer.get("/leveranser/L-2026-0001/"))
    assert "L-2026-0001" in page.text
    read(officer.get("/leveranser/L-2026-0001/kvittens/"))
    body = json.loads(officer.get("/leveranser/L-2026-0001/kvittens.json").text)
    assert (body["number"], body["proof"]["event"]["type"]) == ("L-2026-0001", "DeliverySent")
    original = officer.get("/leveranser/L-2026-0001/original")
    assert original.data == beds_csv()
    assert original.headers["Cache-Control"] == "no-store"


def test_unanswered_questions_of_the_decision_come_back_with_what_was_written(world, officer, discloser):
    address = started(officer, world)
    answer = discloser.post(
        f"{address}utlamnande/", data={"outcome": "disclose", "registry_number": "RN 7", "reason": "Mina skäl."}
    )
    page = read(answer, 422)
    assert "Mina skäl." in page.text


def test_an_empty_decision_is_told_everything_that_is_missing_at_once(world, officer, discloser):
    address = started(officer, world)
    page = read(discloser.post(f"{address}utlamnande/", data={}), 422)
    assert page.text.count("?: Välj ett svar.") == 6
    for missing in (
        "Kryssa för minst en användning.",
        "Välj ett beslut.",
        "Skriv skälen.",
        "Skriv beslutets diarienummer.",
    ):
        assert missing in page.text
    kept = read(discloser.post(f"{address}utlamnande/", data={"outcome": "keep"}), 422)
    assert "Skriv skälen." in kept.text
    assert "Välj ett svar." not in kept.text
    assert "Skriv beslutets diarienummer." not in kept.text


def test_the_region_can_say_no_and_the_data_officer_reads_why(world, officer, discloser):
    address = started(officer, world)
    discloser.post(f"{address}utlamnande/", data={"outcome": "keep", "reason": "Vänta på juristen."})
    assert "Vänta på juristen." in read(officer.get(address)).text


def test_empty_cells_are_shown_in_a_corner_of_the_sheet_and_answered(world, officer):
    address = started(officer, world, beds_csv({"Kalix sjukhus": "", "Kiruna sjukhus": ""}))
    page = read(officer.get(address))
    hits = page.find("//td[contains(@class, 'hit')]")
    assert len(hits) == 2
    identifier = address.rstrip("/").rpartition("/")[2]
    officer.post(f"/leveranser/{identifier}/svar", data={"tom-faststallda": "closed", "cell-faststallda-3": "zero"})
    page = read(officer.get(address))
    assert not page.find("//td[contains(@class, 'hit')]")


def test_missing_rows_are_asked_about_unit_by_unit_and_the_answer_can_be_changed(world, officer):
    world.sent(beds_csv(day="2026-03-01"))
    lines = beds_csv(day="2026-04-01").decode().splitlines()
    fewer = "\r\n".join(line for line in lines if "Kalix" not in line and "Kiruna" not in line).encode()
    address = started(officer, world, fewer)
    page = read(officer.get(address))
    assert "Säg varför rader saknas: 2 luckor" in page.text and "Kalix sjukhus: 1 april 2026" in page.text
    [name] = page.find("//select[starts-with(@name, 'lucka-65014')]/@name")
    identifier = address.rstrip("/").rpartition("/")[2]
    officer.post(f"/leveranser/{identifier}/svar", data={"lucka-beside": "closed", name: "not_reported"})
    page = read(officer.get(address))
    assert "Inget återstår" in page.text or "utlämnare" in page.text
    assert "Kalix sjukhus: 1 april 2026: ej rapporterat" in page.text
    assert "Kiruna sjukhus: 1 april 2026: stängd" in page.text
    officer.post(f"/leveranser/{identifier}/svar", data={"lucka-beside": "", name: ""})
    assert "Säg varför rader saknas: 2 luckor" in read(officer.get(address)).text


@pytest.mark.parametrize("ward", ["Öron, näsa och hals", "Kirurgi 1/2", "100 %", "<b>'\"&", "within", "* --"])
def test_a_gap_is_answered_whatever_the_ward_is_called(organisations, actor, signed_in, ward):
    world = DeliveryWorld.load(organisations, actor, DAILY)
    officer = signed_in(world.officer)
    head = "Datum;Sjukhus;Avdelning;Disponibla;Belagda;Överbeläggningar;Utlokaliserade"
    cell = f'"{ward.replace(chr(34), chr(34) * 2)}"'
    days = (("Medicin", 1), (cell, 1), ("Medicin", 2), ("Medicin", 3), (cell, 3))
    rows = [f"2026-10-0{day};Kalix sjukhus;{name};10;{7 + day};0;0" for name, day in days]
    address = started(officer, world, "\r\n".join([head, *rows, ""]).encode())
    [name] = set(map(str, read(officer.get(address)).find("//*[starts-with(@name, 'lucka-65014')]/@name")))
    identifier = address.rstrip("/").rpartition("/")[2]
    assert officer.post(f"/leveranser/{identifier}/svar", data={name: "closed"}).status_code == 302
    assert f"Kalix sjukhus, {ward}: 2 oktober 2026: stängd" in read(officer.get(address)).text


def test_a_ward_that_is_not_there_can_be_answered_for_however_many_other_gaps_there_are(
    organisations, actor, signed_in, monkeypatch
):
    monkeypatch.setattr("submission_portal.deliveries.assessment.outcome.GAPS_KEPT", 3)
    world = DeliveryWorld.load(organisations, actor, DAILY)
    officer = signed_in(world.officer)
    head = "Datum;Sjukhus;Avdelning;Disponibla;Belagda;Överbeläggningar;Utlokaliserade"

    def month(number, days, *wards):
        cells = [(day, ward) for day in days for ward in wards]
        rows = [f"2026-{number:02}-{day:02};Kalix sjukhus;{ward};10;9;0;{day % 3}" for day, ward in cells]
        return "\r\n".join([head, *rows, ""]).encode()

    world.sent(month(8, range(1, 32), "Dagvård", "Öron"))
    days = [1, 3, 4, 6, 7, 8, 10, 11, 12, 13, 15, 16, *range(18, 31)]
    address = started(officer, world, month(9, days, "Dagvård"))
    identifier = address.rstrip("/").rpartition("/")[2]
    assert "5 luckor" in read(officer.get(address)).text
    officer.post(f"/leveranser/{identifier}/svar", data={"lucka-within": "closed"})
    page = read(officer.get(address))
    [name] = set(map(str, page.find("//*[contains(@name, 'ron 2026-09-01')]/@name")))
    officer.post(f"/leveranser/{identifier}/svar", data={name: "ended"})
    assert "har upphört" in read(officer.get(address)).text
    assert world.delivery(identifier).state == "checked"


def test_a_large_change_is_shown_with_both_values_and_explained(world, officer):
    world.sent(beds_csv(day="2026-03-01"))
    address = started(officer, world, beds_csv({"Sunderby sjukhus": 300}, day="2026-04-01"))
    page = read(officer.get(address))
    assert "432" in page.text and "−30,6" in page.text
    identifier = address.rstrip("/").rpartition("/")[2]
    officer.post(f"/leveranser/{identifier}/svar", data={"forklaring-HIS-002": "Två avdelningar stängde."})
    assert "Två avdelningar stängde." in read(officer.get(address)).text


def test_an_explanation_that_cannot_be_kept_comes_back_with_the_page(world, officer):
    world.sent(beds_csv(day="2026-03-01"))
    address = started(officer, world, beds_csv({"Sunderby sjukhus": 300}, day="2026-04-01"))
    answer = officer.post(f"{address}svar", data={"forklaring-HIS-002": "Patienten 811218-9876 flyttades."})
    page = read(answer, 409)
    assert "flyttades" in page.find("string(//textarea)")
    assert "flyttades" not in read(officer.get(address)).find("string(//textarea)")
    answer = officer.post(f"{address}svar", data={"forklaring-HIS-002": "Ny text.", "revision": "0"})
    assert "Ny text." in read(answer, 409).find("string(//textarea)")


def test_two_sheets_of_one_workbook_are_two_deliveries(world, officer):
    from openpyxl import Workbook

    book = Workbook()
    del book["Sheet"]
    for name, day, beds in (("Mars", "2026-03-01", 59), ("April", "2026-04-01", 60)):
        sheet = book.create_sheet(name)
        sheet.append(["Dag", "Sjukhus", "Fastställda vårdplatser"])
        sheet.append([day, "Kalix sjukhus", beds])
    out = io.BytesIO()
    book.save(out)
    for name in ("Mars", "April"):
        address = started(officer, world, out.getvalue(), name="platser.xlsx")
        identifier = address.rstrip("/").rpartition("/")[2]
        officer.post(f"/leveranser/{identifier}/blad", data={"sheet": name})
        world.disclose(identifier)
        world.send(identifier)
    assert "L-2026-0002" in read(officer.get("/leveranser/")).text
    address = started(officer, world, out.getvalue(), name="platser.xlsx")
    answer = officer.post(f"{address}blad", data={"sheet": "Mars"})
    assert answer.headers["Location"].endswith("/leveranser/L-2026-0001/")


def test_a_period_already_delivered_is_chosen_about_on_the_page(world, officer):
    world.sent()
    address = started(officer, world, beds_csv({"Kalix sjukhus": 60}))
    assert "L-2026-0001" in read(officer.get(address)).text
    identifier = address.rstrip("/").rpartition("/")[2]
    officer.post(f"/leveranser/{identifier}/svar", data={"rattelse": "replacement"})
    page = read(officer.get(address))
    assert "59" in page.text and "60" in page.text


def test_a_correction_begins_on_the_page_of_what_it_corrects(world, officer):
    world.sent()
    page = read(officer.get("/leveranser/L-2026-0001/"))
    (link,) = [one for one in page.links if "hur=correction" in one]
    read(officer.get(link))
    address = started(officer, world, one_row_csv("Kalix sjukhus", 61), rattar="L-2026-0001", kind="correction")
    page = read(officer.get(address))
    assert "61" in page.text


@pytest.mark.parametrize("kind", ["", "corection"])
def test_what_is_neither_correction_nor_replacement_is_asked_for_and_not_guessed(world, officer, kind):
    world.sent()
    answer = upload(officer, world, one_row_csv("Kalix sjukhus", 61), rattar="L-2026-0001", kind=kind)
    assert "Välj vad filen är." in read(answer, 422).text
    answer = upload(officer, world, one_row_csv("Kalix sjukhus", 61), rattar="L-2026-0001", kind="replacement")
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "given",
    [
        {"tom-faststallda": "clossed"},
        {"cell-faststallda-3": "zeroo"},
        {"cell-faststallda-x": "zero"},
        {"cell-faststallda-3": "day_first"},
        {"tom-vardplatser": "closed"},
        {"rattelse": "corection"},
    ],
    ids=lambda given: "=".join(*given.items()),
)
def test_an_answer_that_is_none_is_refused_with_what_was_written_beside_it(world, officer, given):
    address = started(officer, world, beds_csv({"Kalix sjukhus": ""}))
    identifier = address.rstrip("/").rpartition("/")[2]
    page = read(officer.post(f"{address}svar", data={"tom-faststallda": "closed", **given}), 409)
    assert "Inget har sparats" in page.text and next(iter(given.values())) in page.text
    assert world.delivery(identifier).answers == {}


def test_the_same_file_again_leads_to_its_receipt(world, officer):
    world.sent()
    assert started(officer, world).endswith("/leveranser/L-2026-0001/")


def test_an_identity_number_is_refused_with_the_place_and_nothing_of_the_number(world, officer, app):
    page = read(upload(officer, world, workbook_with_hidden_number(), "platser.xlsx"), 422)
    assert "Dold" in page.text and "A1" in page.text
    assert "9876" not in page.text


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "platser.csv"),
        (b"%PDF-1.4", "platser.csv"),
        (b"Dag;Sjukhus\n", "platser.xlsx"),
        (b"PK\x03\x04x", "a.xlsx"),
    ],
)
def test_files_that_cannot_be_kept_are_told_about_on_the_page(world, officer, data, name):
    read(upload(officer, world, data, name), 422)


def test_no_file_at_all_is_told(world, officer):
    page = read(officer.post(f"/leveranser/ny/{world.flow.slug}/", data={}), 422)
    assert "Välj en fil" in page.text


def test_another_file_takes_the_place_of_a_drafts(world, officer):
    address = started(officer, world, beds_csv({"Kalix sjukhus": "många"}))
    read(officer.get(f"{address}fil/"))
    answer = officer.post(f"{address}fil/", data={"file": (io.BytesIO(beds_csv()), "ny.csv")})
    assert "ny.csv" in read(officer.get(answer.headers["Location"])).text


def test_a_draft_is_taken_back_and_a_sent_one_needs_a_reason(world, officer):
    address = started(officer, world, beds_csv(day="2026-05-01"))
    read(officer.get(f"{address}aterta/"))
    assert officer.post(f"{address}aterta/", data={}).status_code == 302
    world.sent()
    assert "(valfritt)" not in read(officer.get("/leveranser/L-2026-0001/aterta/")).text, "the reason is required"
    read(officer.post("/leveranser/L-2026-0001/aterta/", data={}), 422)
    assert officer.post("/leveranser/L-2026-0001/aterta/", data={"reason": "Fel."}).status_code == 302
    assert "Fel." in read(officer.get("/leveranser/L-2026-0001/")).text


def test_another_regions_people_get_404_everywhere(world, officer, signed_in):
    address = started(officer, world)
    stranger = signed_in(world.other)
    for page in ("", "fil/", "utlamnande/", "skicka/", "aterta/", "kvittens/", "original", "kvittens.json"):
        assert stranger.get(address + page).status_code == 404, page
    for post in ("svar", "blad", "fil/", "utlamnande/", "skicka/", "aterta/"):
        assert stranger.post(address + post, data={}).status_code == 404, post
    assert stranger.get(f"/leveranser/ny/{world.flow.slug}/").status_code == 404
    assert world.flow.slug not in stranger.get("/leveranser/").text


def test_the_public_sees_the_receipt_of_a_released_delivery_and_never_a_draft(world, officer, client):
    address = started(officer, world)
    assert client.get(address).status_code == 404
    read(client.get("/leveranser/"))
    world.sent(beds_csv(day="2026-07-01"))
    page = read(client.get("/leveranser/L-2026-0001/"))
    assert "432" not in page.text
    assert client.get("/leveranser/L-2026-0001/kvittens.json").status_code == 200
    assert "L-2026-0001" in read(client.get("/leveranser/")).text


def test_a_reviewer_sees_a_delivery_once_it_is_sent(world, officer, signed_in):
    address = started(officer, world)
    reviewer = signed_in(world.flows.quality)
    assert reviewer.get(address).status_code == 404
    world.sent(beds_csv(day="2026-07-01"))
    read(reviewer.get("/leveranser/L-2026-0001/"))


def test_whoever_prepared_it_reads_that_somebody_else_decides(world, actor, signed_in):
    both = signed_in(actor("both", (Role.DATA_OFFICER, "25"), (Role.DISCLOSING_OFFICER, "25")))
    address = started(both, world)
    page = read(both.get(f"{address}utlamnande/"))
    assert not page.find("//input[@name='outcome']")


def test_tasks_wait_for_the_right_person(world, officer, discloser):
    started(officer, world)
    assert "Fastställda vårdplatser" in read(discloser.get("/uppgifter/")).text
    assert "Fastställda vårdplatser" in read(officer.get("/uppgifter/")).text


def test_the_list_shows_one_line_per_delivery_in_both_languages(world, officer):
    started(officer, world)
    world.sent(beds_csv(day="2026-07-01"))
    assert "L-2026-0001" in read(officer.get("/leveranser/")).text
    officer.get("/sprak/en")
    for address in ("/leveranser/", "/leveranser/L-2026-0001/", f"/leveranser/ny/{world.flow.slug}/"):
        read(officer.get(address))


def test_a_workbook_with_several_sheets_is_asked_about(world, officer):
    from openpyxl import Workbook

    book = Workbook()
    for name in ("Mars", "April"):
        sheet = book.create_sheet(name)
        sheet.append(["Dag", "Sjukhus", "Fastställda vårdplatser"])
        sheet.append(["2026-03-01", "Kalix sjukhus", 59])
    out = io.BytesIO()
    book.save(out)
    address = started(officer, world, out.getvalue(), name="platser.xlsx")
    assert "April" in read(officer.get(address)).text
    identifier = address.rstrip("/").rpartition("/")[2]
    officer.post(f"/leveranser/{identifier}/blad", data={"sheet": "April"})
    assert "April" in read(officer.get(address)).text
    assert world.delivery(identifier).row_count == 1


def test_an_encoding_that_nothing_tells_is_chosen_on_the_page(world, officer):
    lines = "Dag;Sjukhus;faststallda;Anmärkning\r\n2026-03-01;Kalix sjukhus;59;Övrigt\r\n"
    address = started(officer, world, lines.encode("cp850"))
    identifier = address.rstrip("/").rpartition("/")[2]
    page = read(officer.get(address))
    assert "Vilken teckenkodning är filen i?" in page.text and "Anmärkning; Övrigt" in page.text
    officer.post(f"/leveranser/{identifier}/teckenkodning", data={"encoding": "nonsense"})
    assert "FIL-037" in {finding.code for finding in world.delivery(identifier).reading.findings}
    officer.post(f"/leveranser/{identifier}/teckenkodning", data={"encoding": "cp850"})
    kept = world.delivery(identifier).reading
    assert (kept.preview.encoding, kept.preview.readings) == ("cp850", ())
    assert "Vilken teckenkodning" not in read(officer.get(address)).text


def test_an_upload_never_touches_the_disk_before_it_is_looked_through(world, app):
    from submission_portal.deliveries.drafts.uploads import InMemoryRequest

    assert app.request_class is InMemoryRequest
    with app.test_request_context(
        "/", method="POST", data={"file": (io.BytesIO(b"x" * 2_000_000), "a.csv")}
    ) as context:
        assert isinstance(context.request.files["file"].stream, io.BytesIO)


@pytest.mark.parametrize("row", ["9" * 5000, "٣", "191212121212"])
def test_an_answer_for_a_row_that_no_file_has_is_not_kept(world, officer, row):
    address = started(officer, world, beds_csv({"Kalix sjukhus": ""}))
    answer = officer.post(f"{address}svar", data={f"cell-faststallda-{row}": "closed", "revision": "9" * 5000})
    assert answer.status_code == 409 and "9" * 200 not in answer.text
    assert not any(db.session.scalars(select(Delivery)).one().answers.values())


def test_a_file_in_part_is_chosen_on_its_page_to_be_a_correction(world, officer):
    world.sent()
    address = started(officer, world, b"Dag;Sjukhus;Varav tekniska\r\n2026-03-01;Kalix sjukhus;4\r\n")
    text = read(officer.get(address)).text
    assert text.index("Perioden är redan levererad") < text.index("En kolumn saknas"), (
        "the choice that settles the rest comes first"
    )
    assert officer.post(f"{address}svar", data={"rattelse": "correction"}).status_code == 302
    page = read(officer.get(address))
    assert "En kolumn saknas" not in page.text and "Kolumner som inte rättas" in page.text


def test_a_choice_about_what_was_taken_back_meanwhile_is_no_page_that_is_missing(app, world, officer):
    first = world.sent()
    address = started(officer, world, beds_csv({"Kalix sjukhus": 60}))
    with transaction() as session:
        receiving.withdraw(session, world.officer, NOW, session.get_one(Delivery, first), reason="Fel månad.")
    assert officer.post(f"{address}svar", data={"rattelse": "replacement"}).status_code == 302
    assert "Perioden är redan levererad" not in read(officer.get(address)).text


def test_rows_that_say_the_same_twice_are_named_and_not_those_around_them(world, officer):
    data = beds_csv() + b"2026-03-01;Kalix sjukhus;59\r\n"
    page = read(officer.get(started(officer, world, data)))
    assert "Rad 3, 7" in page.text and "Rad 2, 3" not in page.text
