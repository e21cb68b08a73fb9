"""All cells of findings: paged, narrowed, compared with the attempt before, and taken along in four kinds of files."""

import csv
import io
import json

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import update

from registry import jobs
from registry.db import db
from registry.storage import StoredObject
from submission_portal.deliveries.tables import Delivery
from tests.by_hand import by_hand
from tests.factories.deliveries import BED_HOSPITALS, beds_csv
from tests.integration.deliveries.test_stored_objects import faults, withdraw
from tests.pages import read

EMPTY = {"Kalix sjukhus": "", "Kiruna sjukhus": ""}


@pytest.fixture
def officer(world, signed_in):
    return signed_in(world.officer)


def many_days(count, value=""):
    """A file of many days of one hospital, each without its figure."""
    days = [f"2026-{month:02d}-{day:02d};Kalix sjukhus;{value}" for month in range(1, 13) for day in range(1, 29)]
    return "\r\n".join(["Dag;Sjukhus;Fastställda vårdplatser", *days[:count], ""]).encode()


def workbook(*rows, sheet="Mars"):
    book, out = Workbook(), io.BytesIO()
    book.active.title = sheet
    for row in (("Dag", "Sjukhus", "Fastställda vårdplatser"), *rows):
        book.active.append(row)
    book.create_sheet("Anteckningar")["A1"] = "=1+1"
    book.save(out)
    return out.getvalue()


def csv_rows(answer):
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_every_cell_is_reached_page_by_page_and_in_the_files(world, officer):
    draft = world.start(many_days(330))
    page = read(officer.get(f"/leveranser/{draft}/fynd/?regel=ROW-004.faststallda"))
    assert "1–50 av 330" in page.text
    last = read(officer.get(f"/leveranser/{draft}/fynd/?regel=ROW-004.faststallda&sida=7"))
    assert "C331" in last.text and "301–330 av 330" in last.text
    rows = csv_rows(officer.get(f"/leveranser/{draft}/fynd.csv?regel=ROW-004.faststallda"))
    assert len(rows) == 331 and rows[-1][4:6] == ["331", "C"]
    told = json.loads(officer.get(f"/leveranser/{draft}/fynd.json?regel=ROW-004.faststallda").text)
    assert len(told["cells"]) == 330
    assert told["cells"][0] | {"unit_label": ""} == {
        "finding": "ROW-004.faststallda", "change": None, "sheet": None, "row": 2, "column": "C", "element": "faststallda",
        "value": None, "unit": "65014", "unit_label": "", "period": "2026-01-01",
    }  # fmt: skip


def test_the_list_is_narrowed_by_unit_and_what_nobody_can_choose_narrows_nothing(world, officer):
    draft = world.start(beds_csv(EMPTY))
    page = read(officer.get(f"/leveranser/{draft}/fynd/?enhet=65014"))
    assert [row.text for row in page.find("//tbody/tr/td[4]")] == ["Kalix sjukhus"]
    assert len(read(officer.get(f"/leveranser/{draft}/fynd/?enhet=1%27--")).find("//tbody/tr")) == 2


def test_the_next_attempt_is_compared_with_the_one_before(world, officer):
    draft = world.start(beds_csv(EMPTY))
    assert "Sedan förra försöket" not in read(officer.get(f"/leveranser/{draft}/")).text
    world.read_again(draft, beds_csv({"Kalix sjukhus": "", "Piteå sjukhus": ""}))
    told = "Sedan förra försöket: en cell rättad, en är kvar, en är ny."
    assert told in read(officer.get(f"/leveranser/{draft}/")).text
    page = read(officer.get(f"/leveranser/{draft}/fynd/?sedan=mended"))
    assert [row.text for row in page.find("//tbody/tr/td[4]")] == ["Kiruna sjukhus"]
    world.read_again(draft, beds_csv())
    gone = read(officer.get(f"/leveranser/{draft}/fynd/"))
    assert {one.text.split("regel")[0].strip() for one in gone.find("//tbody/tr/td[1]")} >= {"Tom cell är förklarad"}
    said = read(officer.get(f"/leveranser/{draft}/")).text
    assert "2 celler rättade, 0 är kvar, 0 är nya" in said, said[-1500:]


def test_a_workbook_comes_back_with_its_cells_marked_and_its_other_sheets(world, officer):
    data = workbook(*(("2026-03-01", name, None if name.startswith("K") else 50) for name in BED_HOSPITALS))
    draft = world.start(data, file_name="platser.xlsx")
    book = load_workbook(io.BytesIO(officer.get(f"/leveranser/{draft}/fynd.xlsx").data))
    assert book.sheetnames == ["Mars", "Anteckningar", "Fynd"]
    assert book["Anteckningar"]["A1"].value == "=1+1"
    marked = [cell.coordinate for row in book["Mars"] for cell in row if cell.comment]
    assert marked == ["C3", "C4"] and "ROW-004" in book["Mars"]["C3"].comment.text
    listed = [row[0] for row in book["Fynd"].iter_rows(values_only=True) if row[0]]
    assert "Bilder, diagram och makron" in listed[1] and listed[-2:] == ["ROW-004", "ROW-004"]


def test_a_part_of_the_file_beside_its_cells_has_its_name(world, officer):
    draft = world.start(workbook(("2026-03-01", BED_HOSPITALS[0], 50)), file_name="platser.xlsx")
    text = read(officer.get(f"/leveranser/{draft}/fynd/")).text
    assert "dokumentets egenskaper" in text and "properties" not in text


def test_a_text_file_comes_as_a_workbook_of_its_rows(world, officer):
    draft = world.start(beds_csv(EMPTY))
    book = load_workbook(io.BytesIO(officer.get(f"/leveranser/{draft}/fynd.xlsx").data))
    rows = book["Rad"]
    marked = {cell.coordinate: cell.comment.text for row in rows for cell in row if cell.comment}
    assert len(marked) == 2
    assert {rows[f"A{at[1:]}"].value for at in marked} == {"3", "4"}


def test_a_cell_that_would_be_a_formula_is_text_in_each_file(world, officer):
    draft = world.start(beds_csv({"Kalix sjukhus": "=HYPERLINK(1)"}))
    rows = csv_rows(officer.get(f"/leveranser/{draft}/fynd.csv"))
    assert "'=HYPERLINK(1)" in rows[1]
    book = load_workbook(io.BytesIO(officer.get(f"/leveranser/{draft}/fynd.xlsx").data))
    assert {cell.data_type for sheet in book for row in sheet for cell in row if cell.value} == {"s"}


def test_what_was_found_is_kept_with_what_is_sent_and_the_reviewer_reads_it(world, officer, signed_in):
    world.sent(beds_csv({"Kalix sjukhus": 30}))
    late = world.start(beds_csv({"Kalix sjukhus": 59}, day="2026-04-01"))
    world.save(late, explanations={"HIS-002": "Ny avdelning."})
    world.disclose(late)
    world.send(late)
    jobs.drain()
    delivery = world.delivery(late)
    assert db.session.get_one(StoredObject, delivery.cells_key).retention == "record"
    reviewer = signed_in(world.flows.quality)
    page = read(reviewer.get(f"/leveranser/{delivery.number}/fynd/?regel=HIS-002"))
    assert "Kalix sjukhus" in page.text
    assert reviewer.get(f"/leveranser/{delivery.number}/fynd.xlsx").data.startswith(b"PK")


def test_no_other_region_and_nobody_else_reads_them(world, signed_in, client):
    draft = world.start(beds_csv(EMPTY))
    other = signed_in(world.other)
    for ending in ("fynd/", "fynd.csv", "fynd.json", "fynd.xlsx"):
        assert other.get(f"/leveranser/{draft}/{ending}").status_code == 404


def test_a_draft_of_an_earlier_release_shows_the_first_cells_of_each_finding(world, officer):
    draft = world.start(beds_csv(EMPTY))
    with by_hand() as session:
        session.execute(update(Delivery).values(cells_key=None))
    page = read(officer.get(f"/leveranser/{draft}/fynd/"))
    assert "tidigare version" in page.text and page.text.count("C3") >= 1


def test_what_is_taken_back_leaves_no_cells_behind(any_app, world):
    draft = world.start(beds_csv(EMPTY))
    world.read_again(draft, beds_csv())
    withdraw(world, draft)
    jobs.drain()
    assert db.session.query(StoredObject).count() == 0
    assert faults() == []
