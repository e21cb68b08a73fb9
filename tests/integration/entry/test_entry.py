"""Entering figures in a page: kept row by row, and delivered by the same road as a file."""

import hashlib
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from registry import storage
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.items.tables import Item
from submission_portal.deliveries.tables import Delivery
from submission_portal.entry import queries, services
from submission_portal.entry.services import RowChange
from submission_portal.entry.tables import Entry, EntryRow
from submission_portal.flows import suspending
from submission_portal.flows.channels import Channel
from submission_portal.units import services as units
from submission_portal.units.lines import kept_line, line_of
from submission_portal.units.unit import RegisteredUnit, key_text
from tests.conftest import NOW
from tests.factories.deliveries import beds_csv
from tests.pages import read

DAY = "2026-03-01"
SUNDERBYN = "65016"


def kept(world, session=None):
    session = session or db.session
    return kept_line(session, *line_of(session, world.flow.slug))


def register(world, *values):
    with transaction() as session:
        units.add(session, world.officer, NOW, kept(world, session), [RegisteredUnit(one) for one in values])
    with transaction() as session:
        units.confirm(session, world.officer, NOW, kept(world, session))


def wards_of(*names):
    return [{"sjukhus": SUNDERBYN, "avdelning": name} for name in names]


def begin(world, period=DAY, by=None):
    with transaction() as session:
        return services.begin(session, by or world.officer, NOW, kept(world, session), period).id


def save(world, entry_id, unit, *, revision=0, period=DAY, **cells):
    with transaction() as session:
        entry = session.get_one(Entry, entry_id)
        line = kept(world, session)
        wanted = {one.key for one in queries.units_for(session, line, NOW.date(), NOW.date())}
        change = RowChange(unit, period, revision, cells)
        (saved,) = services.save(session, world.officer, NOW, line, entry, [change], wanted)
        return saved


def code_of(refused) -> str:
    return refused.value.finding.code


@pytest.fixture
def two(wards):
    """A line of wards, K1 and K2 in its register, and a day begun."""
    register(wards, *wards_of("K1", "K2"))
    return wards, begin(wards), wards_of("K1")[0], wards_of("K2")[0]


def test_a_row_is_kept_by_its_revision_and_who_comes_late_is_told_what_is_there(any_app, organisations, actor):
    from tests.factories.deliveries import DAILY, DeliveryWorld

    world = DeliveryWorld.load(organisations, actor, DAILY)
    register(world, *wards_of("K1"))
    entry, unit = begin(world), wards_of("K1")[0]
    assert begin(world) == entry
    first = save(world, entry, unit, disponibla="22")
    assert (first.revision, first.cells, first.is_conflict) == (1, {"disponibla": "22"}, False)
    assert save(world, entry, unit, revision=1, belagda="e").cells == {"disponibla": "22", "belagda": "ej rapporterat"}
    late = save(world, entry, unit, revision=1, disponibla="20")
    assert (late.is_conflict, late.revision, late.cells["disponibla"]) == (True, 2, "22")
    assert db.session.scalars(select(EntryRow.revision)).all() == [2]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"disponibla": "19811218-9876"}, "DEL-009"),
        ({"disponibla": "8112189876"}, "DEL-009"),
        ({"disponibla": "1" * 61}, "ENT-002"),
        ({"disponibla": "1\u00072"}, "ENT-002"),
        ({"avdelning": "K9"}, "ENT-004"),
    ],
)
def test_what_must_not_be_kept_is_not_kept(two, cells, code):
    world, entry, unit, _other = two
    with pytest.raises(Refused) as refused:
        save(world, entry, unit, **cells)
    assert code_of(refused) == code
    assert db.session.scalars(select(EntryRow)).all() == []


@pytest.mark.parametrize(
    ("unit", "period"), [({"sjukhus": SUNDERBYN, "avdelning": "X"}, DAY), (wards_of("K1")[0], "2026-03-02")]
)
def test_a_row_that_nobody_wants_is_refused(two, unit, period):
    with pytest.raises(Refused) as refused:
        save(two[0], two[1], unit, period=period, disponibla="1")
    assert code_of(refused) == "ENT-004"


@pytest.mark.parametrize("period", ["", "mars", "2026", "2026-13", "2026-W10/natt"])
def test_a_period_that_rows_cannot_fill_is_not_begun(two, period):
    with pytest.raises(Refused) as refused:
        begin(two[0], period)
    assert code_of(refused) == "ENT-001"


def test_nobody_else_enters(two):
    with pytest.raises(NotFound):
        begin(two[0], by=two[0].other)


def test_a_line_that_takes_no_forms_lets_nothing_be_entered(world):
    world.divide(channels=["file"])
    with pytest.raises(Refused) as refused:
        begin(world)
    assert code_of(refused) == "FLOW-117"


def deliver(client, world, entry):
    answer = client.post(f"/inmatning/{world.flow.slug}/{entry}/leverans")
    assert answer.status_code == 302, answer.text
    db.session.expire_all()
    return db.session.get_one(Delivery, db.session.get_one(Entry, entry).delivery_id)


def test_what_is_entered_is_a_delivery_as_a_file_of_the_same_content_is(two, signed_in):
    world, entry, first, second = two
    save(world, entry, first, disponibla="22", belagda="21", overbelaggningar="0", utlokaliserade="")
    save(world, entry, second, disponibla="s", belagda="s", overbelaggningar="s", utlokaliserade="s")
    made = deliver(signed_in(world.officer), world, entry)
    data = storage.read(db.session, made.file_key)
    assert (made.channel, made.file_sha256) == (Channel.FORM, hashlib.sha256(data).hexdigest())
    assert b"K1;22;21;0;" in data and "stängd".encode() in data
    of_form = [(one.code, [place.row for place in one.places]) for one in made.assessment.findings]
    assert "ROW-004" in dict(of_form)
    by_file = world.delivery(world.start(data + b"\r\n"))  # an empty line more: another file
    assert [(one.code, [place.row for place in one.places]) for one in by_file.assessment.findings] == of_form
    for one in (made.id, by_file.id):
        world.save(one, answers={"utlokaliserade": {"*": "closed"}})
    assert world.delivery(made.id).content_hash == world.delivery(by_file.id).content_hash is not None


def test_what_is_entered_later_takes_the_place_of_the_drafts_file(two, signed_in):
    world, entry, first, _second = two
    client = signed_in(world.officer)
    save(world, entry, first, disponibla="22")
    made = deliver(client, world, entry)
    before = made.id, made.file_sha256
    assert deliver(client, world, entry).file_sha256 == before[1]
    save(world, entry, first, revision=1, disponibla="23")
    again = deliver(client, world, entry)
    assert again.id == before[0] and again.file_sha256 != before[1] and again.channel == Channel.FORM


def test_that_the_line_is_suspended_is_told_before_anything_is_entered(world, signed_in):
    client, address = signed_in(world.officer), f"/inmatning/{world.flow.slug}/"
    assert "Linjen är stoppad tills vidare" not in read(client.get(address)).text
    with transaction() as session:
        suspending.suspend(session, world.discloser, NOW, session.get_one(Item, world.item_id), reason="Kalix är fel.")
    assert "Linjen är stoppad tills vidare" in read(client.get(address)).text


def test_what_was_sent_is_not_changed_any_more(world, signed_in):
    register(world, {"sjukhus": SUNDERBYN})
    entry = begin(world)
    save(world, entry, {"sjukhus": SUNDERBYN}, faststallda="432", varav_tekniska="10")
    made = deliver(signed_in(world.officer), world, entry)
    world.disclose(made.id)
    world.send(made.id)
    with pytest.raises(Refused) as refused:
        save(world, entry, {"sjukhus": SUNDERBYN}, revision=1, faststallda="431")
    assert code_of(refused) == "ENT-003"
    page = read(signed_in(world.officer).get(f"/inmatning/{world.flow.slug}/{entry}/"))
    assert "Perioden är redan skickad" in page.text and world.delivery(made.id).number in page.text


def test_an_empty_entry_is_no_delivery(two, signed_in):
    world, entry, *_units = two
    answer = signed_in(world.officer).post(f"/inmatning/{world.flow.slug}/{entry}/leverans")
    assert "Ingenting är ifyllt" in read(answer, 409).text


def test_without_a_script_a_whole_step_is_saved_at_once(two, signed_in):
    world, entry, first, _second = two
    client, address = signed_in(world.officer), f"/inmatning/{world.flow.slug}/{entry}/"
    page = read(client.get(address))
    fields = {
        one.get("name"): one.get("value") or "" for one in page.tree.xpath("//form[contains(@class,'entry')]//input")
    }
    assert fields["unit-0"] == key_text(first) and fields["rev-1"] == "0"
    fields |= {"cell-0-disponibla": "18", "cell-0-belagda": "17", "cell-1-belagda": "16"}
    saved = read(client.post(address, data=fields, follow_redirects=True))
    states = [" ".join(one.itertext()) for one in saved.tree.xpath("//td[@data-kind='waits']//*[@class='says']")]
    assert len(states) == 5 and all("väntar på svar" in one for one in states)
    late = read(client.post(address, data={**fields, "cell-0-disponibla": "20"}), 409)
    assert "Någon annan har ändrat de här raderna" in late.text and "någon annan skrev: 18" in late.text
    assert late.tree.xpath("//*[@name='cell-0-disponibla']/@value") == ["20"]
    seen = {
        one.get("name"): one.get("value") or "" for one in late.tree.xpath("//form[contains(@class,'entry')]//input")
    }
    assert client.post(address, data=seen).status_code == 302
    number = client.post(address, data={**seen, "rev-0": "2", "cell-0-disponibla": "811218-9876"})
    assert number.status_code == 409 and "9876" not in db.session.scalars(select(EntryRow.cells)).all()[0]["disponibla"]


def test_a_row_is_patched_by_its_revision(two, signed_in):
    world, entry, first, _second = two
    client, address = signed_in(world.officer), f"/inmatning/{world.flow.slug}/{entry}/rad"
    body = {"unit": first, "period": DAY, "revision": 0, "cells": {"disponibla": "18"}}
    saved = client.patch(address, json=body)
    assert (saved.status_code, saved.json["revision"], saved.json["cells"]["belagda"]["kind"]) == (200, 1, "waits")
    late = client.patch(address, json={**body, "cells": {"disponibla": "20"}})
    assert (late.status_code, late.json["cells"]["disponibla"]["text"]) == (409, "18")
    number = client.patch(address, json={**body, "revision": 1, "cells": {"disponibla": "811218-9876"}})
    assert number.status_code == 422 and "9876" not in number.text
    for wrong in (
        None,
        [],
        {**body, "revision": True},
        {**body, "cells": {"disponibla": 18}},
        {**body, "unit": "K1"},
        {**body, "cells": {"x": "\ud800"}},
        {**body, "revision": 1, "cells": {"disponibla": "1\ud800"}},
        {**body, "revision": 1, "cells": {"disponibla": "1\x00"}},
    ):
        assert client.patch(address, json=wrong).status_code == 422
    assert signed_in(world.other).patch(address, json=body).status_code in (403, 404)


def test_the_last_value_of_each_unit_stands_beneath_its_cell(world, signed_in):
    world.sent(beds_csv(day="2026-02-28"))
    entry = begin(world)
    page = read(signed_in(world.officer).get(f"/inmatning/{world.flow.slug}/{entry}/"))
    assert "förra: 432" in page.text and len(page.tree.xpath("//tbody/tr")) == 5


def test_a_month_is_entered_day_by_day(two, signed_in):
    world, *_rest = two
    entry = begin(world, "2026-04")
    client, address = signed_in(world.officer), f"/inmatning/{world.flow.slug}/{entry}/"
    save(world, entry, wards_of("K1")[0], period="2026-04-01", disponibla="22")
    page = read(client.get(f"{address}?steg=2026-04-02"))
    assert "2 av 30" in page.text and "förra: 22" in page.text
    assert f"{address}?steg=2026-04-03" in page.links
    assert read(client.get(f"{address}?steg=nej")).heading == page.heading


def test_the_template_has_a_row_for_each_unit_and_period(two, signed_in):
    world, *_rest = two
    client = signed_in(world.officer)
    answer = client.get(f"/inmatning/{world.flow.slug}/mall.xlsx?period=2026-04")
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    rows = [row[:3] for row in sheet.iter_rows(min_row=2, values_only=True) if row[2]]
    assert len(rows) == 60 and {row[2] for row in rows} == {"K1", "K2"}
    assert client.get(f"/inmatning/{world.flow.slug}/mall.xlsx?period=nej").status_code == 409
    filled = world.delivery(world.start(answer.data, "mall.xlsx"))
    assert "GAP-003" not in {one.code for one in filled.assessment.findings} and filled.row_count == 60


def test_the_line_leads_to_what_is_entered(two, signed_in):
    world, entry, *_units = two
    client = signed_in(world.officer)
    page = read(client.get(f"/inmatning/{world.flow.slug}/"))
    assert f"/inmatning/{world.flow.slug}/{entry}/" in page.links
    assert f"/inmatning/{world.flow.slug}/" in read(client.get(f"/leveranser/ny/{world.flow.slug}/")).links
    assert (
        "går inte att mata in" in read(client.post(f"/inmatning/{world.flow.slug}/", data={"period": "nej"}), 409).text
    )


def test_words_in_cells_are_in_the_language_of_the_page_and_kept_in_one(two, signed_in):
    world, entry, first, _second = two
    save(world, entry, first, disponibla="s", belagda="12", overbelaggningar="e")
    web = signed_in(world.officer)
    address = f"/inmatning/{world.flow.slug}/{entry}/"
    values = "//tr[1]/td//input/@value"
    assert read(web.get(address)).find(values)[:3] == ["stängd", "12", "ej rapporterat"]
    web.get("/sprak/en")
    page = read(web.get(address))
    assert page.find(values)[:3] == ["closed", "12", "not reported"]
    assert page.find("//form/@data-s") == ["closed"]
    change = {"unit": first, "period": DAY, "revision": 1, "cells": {"utlokaliserade": "Closed"}}
    told = web.patch(f"{address}rad", json=change).json["cells"]
    assert (told["utlokaliserade"]["text"], told["disponibla"]["text"]) == ("closed", "closed")
    kept_row = db.session.scalar(select(EntryRow))
    assert kept_row.cells["utlokaliserade"] == "stängd"


def test_the_address_above_the_lines_leads_to_what_may_be_entered(wards, signed_in):
    answer = signed_in(wards.officer).get("/inmatning/")
    assert answer.headers["Location"] == f"/inmatning/{wards.flow.slug}/"
    assert signed_in(wards.discloser).get("/inmatning/").status_code == 403
