"""A flow file from the portal: the same bytes get the same findings with it as in the portal, and what is altered is refused."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.events import Event
from registry.findings import Finding
from registry.signing import services as signing
from registry.signing.keys import KeyRing
from registry.signing.queries import key_ring
from submission_portal.deliveries.assessment.before import days_wanted, year_before
from submission_portal.deliveries.checking.line_register import DatabaseRegister
from submission_portal.deliveries.flow_exports.gathering import gather
from submission_portal.deliveries.flow_files.checking import notes
from submission_portal.deliveries.flow_files.register import FileRegister
from submission_portal.deliveries.flow_files.sealing import opened, sealed
from submission_portal.deliveries.tables import Delivery
from submission_portal.units import services as units
from submission_portal.units.lines import kept_line
from submission_portal.units.unit import RegisteredUnit
from tests.conftest import NOW
from tests.factories import bad_files, flow_files
from tests.factories.deliveries import MONTHLY, DeliveryWorld, beds_csv
from tests.factories.flow_files import by_flow_file, by_portal, made, read, verdict
from tests.integration.deliveries.test_history import accept, deliver, one_month
from tests.integration.deliveries.test_parts import KALIX, PITEA, part_csv
from tests.pages import read as read_page


@pytest.fixture
def monthly(organisations, actor) -> DeliveryWorld:
    """A line with thirteen released months behind it."""
    from tests.snapshots import remembered

    def build() -> DeliveryWorld:
        world = DeliveryWorld.load(organisations, actor, MONTHLY)
        for number in range(13):
            deliver(world, number, (20, 21, 19, 20, 22, 20, 21)[number % 7])
        accept(world)
        return world

    return remembered("thirteen months for flow files", build)


def _codes(assessment) -> set[str]:
    return {one.code for one in assessment.findings}


MONTHS = {
    "the next month, as usual": (one_month(13, 20), set()),
    "far from what is usual": (one_month(13, 60), {"HIS-002", "HIS-006"}),
    "small numbers and another hospital": (
        one_month(13, 20).replace(b";1,0;1,0", b";2,0;1,0") + "Piteå sjukhus;feb 2025;Somatik;9;1,0;1,0\r\n".encode("cp1252"),
        {"HIS-003", "LEG-001"},
    ),
    "a month that stands already": (one_month(12, 20), {"DEL-002"}),
    "two months, one of them missing": (one_month(14, 20), set()),
    "another region's hospital": (one_month(13, 20).replace(b"Kalix sjukhus", b"Kalmar l\xe4nssjukhus"), None),
    "a line that sums": (one_month(13, 20) + b"Summa;feb 2025;Somatik;21;1,0;1,0\r\n", None),
    "not a number": (one_month(13, "många"), None),
    "no period": (one_month(13, 20).replace(b"feb 2025", b""), None),
}  # fmt: skip


def test_a_line_with_history_gives_the_same_verdicts_with_its_flow_file(monthly, tmp_path):
    file = read(made(monthly, tmp_path))
    for name, (data, expected) in MONTHS.items():
        mine, theirs = by_flow_file(file, "a.csv", data), by_portal(monthly, "a.csv", data)
        assert verdict(mine) == verdict(theirs), name
        assert expected is None or expected <= _codes(mine), (name, _codes(mine))


def test_files_of_all_kinds_give_the_same_verdicts_with_a_flow_file(world, tmp_path):
    world.sent(beds_csv(day="2026-02-01"))
    accept(world)
    line = kept_line(db.session, world.flow, world.approved)
    kalix = line.loaded.code_list(line.loaded.model.element("sjukhus")).resolve(KALIX).code
    with transaction() as session:
        units.add(session, world.officer, NOW, line, [RegisteredUnit({"sjukhus": kalix}, "Kalix", ("KX",))], 0)
    file = read(made(world, tmp_path))
    corpus = {
        name: told[:2] for name, told in {**bad_files.NOT_KEPT, **bad_files.KEPT}.items() if len(told[1]) < 400_000
    }
    corpus["a day after"] = ("a.csv", beds_csv(day="2026-03-01"))
    corpus["as JSON"] = (
        "a.json",
        b'[{"dag":"2026-03-01","sjukhus":"25014","faststallda":5.5},{"dag":"x","sjukhus":null}]',
    )
    assert len(corpus) > 30
    for name, (file_name, data) in corpus.items():
        assert verdict(by_flow_file(file, file_name, data)) == verdict(by_portal(world, file_name, data)), name


def test_a_confirmed_register_and_a_divided_line_are_in_the_flow_file(world, tmp_path):
    world.divide(KALIX, PITEA)
    for hospital, count in ((KALIX, 59), (PITEA, 172)):
        world.sent(part_csv((hospital, count), day="2026-02-01"))
    accept(world)
    kept = kept_line(db.session, world.flow, world.approved)
    hospitals = kept.loaded.code_list(kept.loaded.model.element("sjukhus"))
    named = [hospitals.resolve(name).code for name in (KALIX, PITEA)]
    with transaction() as session:
        register = units.add(
            session, world.officer, NOW, kept, [RegisteredUnit({"sjukhus": code}) for code in named], 0
        )
        units.confirm(session, world.officer, NOW, kept, register.revision)
    file = read(made(world, tmp_path))
    assert file.parts is not None and file.units is not None
    for name, data in {
        "a part": part_csv((KALIX, 60)),
        "both parts": part_csv((KALIX, 60), (PITEA, 171)),
        "no part of the line": part_csv(("Kiruna sjukhus", 33)),
        "a part that stands": part_csv((KALIX, 61), day="2026-02-01"),
    }.items():
        assert verdict(by_flow_file(file, "a.csv", data)) == verdict(by_portal(world, "a.csv", data)), name


def test_earlier_deliveries_are_chosen_as_the_database_chooses_them(monthly, tmp_path):
    file = read(made(monthly, tmp_path))
    mine = FileRegister.of(file)
    theirs = DatabaseRegister(db.session, file.loaded, monthly.item_id, monthly.flow.organisation_id)
    for first in (date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)):
        last = first + timedelta(days=27)
        days = days_wanted(first, last, year_before(first, last))
        assert mine.periods_before(first, None, most=3) == theirs.periods_before(first, None, most=3)
        assert mine.released_before(first, "", days) == theirs.released_before(first, "", days)
        assert mine.undescribed(last) == theirs.undescribed(last)


def test_the_same_line_makes_the_same_bytes_and_the_log_tells_who_fetched_them(world, tmp_path):
    first, second = made(world, tmp_path), made(world, tmp_path)
    assert first == second
    told = json.loads(first)
    assert told["format"] == "flow-file/1" and told["signature"]["kid"] in key_ring(db.session).by_kid
    events = db.session.query(Event).filter_by(type="FlowFileMade").all()
    assert [event.person_id for event in events] == [world.officer.person_id] * 2
    people = db.session.get_one(Delivery, world.sent()).prepared_by
    assert people.encode() not in made(world, tmp_path)


@pytest.mark.parametrize("where", ["a figure", "a blank", "the signature", "the end", "another name"])
def test_an_altered_byte_is_refused(world, tmp_path, where):
    data, ring = made(world, tmp_path), key_ring(db.session)
    altered = {
        "a figure": data.replace(b'"threshold":', b'"threshold":1', 1),
        "a blank": data.replace(b":", b": ", 1),
        "the signature": data.replace(b'"value":"', b'"value":"A', 1),
        "the end": data + b"\n",
        "another name": data.replace(b'"kid":', b'"kie":', 1),
    }[where]
    assert altered != data
    found = opened(altered, ring)
    assert isinstance(found, Finding) and found.code in ("FLF-003", "FLF-004")


def test_every_single_altered_byte_of_the_frame_is_refused(world, tmp_path):
    data, ring = made(world, tmp_path), key_ring(db.session)
    for at in [*range(40), *range(len(data) - 220, len(data))]:
        changed = bytearray(data)
        changed[at] ^= 1
        assert isinstance(opened(bytes(changed), ring), Finding), at


def test_an_unknown_key_a_newer_format_and_a_model_that_is_not_understood_are_refused(world, tmp_path):
    data, ring = made(world, tmp_path), key_ring(db.session)
    assert opened(data, KeyRing({})).code == "FLF-003"
    assert opened(data.replace(b"flow-file/1", b"flow-file/2"), ring).code == "FLF-002"
    assert opened(beds_csv(), ring).code == opened(b"{}", ring).code == "FLF-001"
    file = gather(db.session, world.approved, NOW, flow_files.ADDRESS)
    with transaction() as session:
        key = signing.signer(session, SYSTEM, NOW, tmp_path)
    newer = replace(file.loaded.model, slug="en-annan")
    spoilt = sealed(replace(file, loaded=replace(file.loaded, model=newer, content_hash="0" * 63)), key)
    assert opened(spoilt, ring).code == "FLF-005"


def test_a_flow_file_signed_before_a_rotation_is_still_read(world, tmp_path):
    data = made(world, tmp_path)
    with transaction() as session:
        signing.rotate(session, SYSTEM, NOW, tmp_path)
    assert read(data).slug == world.flow.slug


def test_its_age_its_end_and_days_that_it_does_not_know_are_told(world, tmp_path):
    file = read(made(world, tmp_path))
    today = flow_files.TODAY
    day = (today, today)
    assert notes(file, today, day) == ()
    assert notes(file, today + timedelta(days=40), day) == ()
    assert [one.code for one in notes(file, today + timedelta(days=41), day)] == ["FLF-006"]
    assert "FLF-007" in [one.code for one in notes(file, file.valid_to + timedelta(days=1), day)]
    assert [one.code for one in notes(file, today, (date(2020, 1, 1), date(2020, 1, 31)))] == ["FLF-008"]
    more = replace(file, checks=(*file.checks, "XXX-001"))
    assert [one.code for one in notes(more, today, day)] == ["FLF-009"]


def test_only_the_regions_own_officers_fetch_it(world, signed_in, tmp_path):
    address = f"/floden/{world.flow.slug}/flodesfil"
    officer = signed_in(world.officer)
    line = read_page(officer.get(f"/floden/{world.flow.slug}/"))
    assert line.find(f"//a[@href='{address}']")
    assert "flödesfil" in read_page(officer.get(address)).text.lower()
    answer = officer.post(address)
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].endswith('.flodesfil.json"')
    assert read(answer.data).slug == world.flow.slug
    for stranger in (world.other, world.flows.quality):
        assert signed_in(stranger).post(address).status_code in (403, 404)


def test_the_command_writes_it_for_those_who_may(app, world, tmp_path):
    runner, target = app.test_cli_runner(), tmp_path / "a.json"
    told = runner.invoke(args=["deliveries", "flow-file", world.flow.slug, "--as", "skane", "-o", str(target)])
    assert told.exit_code == 2 and not target.exists(), told.output
