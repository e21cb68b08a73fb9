"""The calendar: both sides agree on pages, everybody reads who has delivered, other calendars subscribe, tasks remind."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar

from registry.db import db, transaction
from registry.hands import Side
from registry.identity.tables import Organisation
from registry.items.tables import Item
from registry.period import PeriodKind
from submission_portal.calendar.panels import tasks
from submission_portal.calendar.queries import entries, lines_of
from submission_portal.flows.timetables import agreeing, joining
from submission_portal.flows.timetables.due_days import Formula, Unit
from submission_portal.flows.timetables.participation import Step
from tests.conftest import NOW
from tests.factories.deliveries import DeliveryWorld, beds_csv
from tests.factories.flows import MONTHLY
from tests.pages import read

IN_TIME, TOO_LATE = datetime(2027, 1, 18, 22, 59, 59, tzinfo=UTC), datetime(2027, 1, 18, 23, 0, tzinfo=UTC)
RULE = {"since": "2026-12-01", "per": "month", "delay": "10", "unit": "working_days", "reason": "Som avtalat."}


@pytest.fixture
def world(organisations, actor) -> DeliveryWorld:
    with time_machine.travel(NOW, tick=False):
        yield DeliveryWorld.load(organisations, actor)


@pytest.fixture
def agreed(world) -> DeliveryWorld:
    """A line with ten working days from October 2026 on, one day of each month being enough."""
    formula = Formula(PeriodKind.MONTH, 10, Unit.WORKING_DAYS, is_once=True)
    with transaction() as session:
        item = session.get_one(Item, world.item_id)
        agreeing.propose_rule(
            session, world.officer, NOW, item, first=date(2026, 10, 1), formula=formula, reason="Som avtalat."
        )
    with transaction() as session:
        agreeing.agree(session, world.flows.quality, NOW, session.get_one(Item, world.item_id))
    return world


@pytest.fixture
def within_request(app):
    with app.test_request_context():
        yield


def address(world, rest=""):
    return f"/kalender/linjer/{world.flow.slug}/{rest}"


def states(world, moment):
    lines = lines_of(db.session, world.flow.organisation_id)
    found = entries(db.session, lines, date(2027, 1, 1), date(2027, 1, 31), moment)
    return [(str(one.expected.period), one.due.isoformat(), one.state.value) for one in found]


def paused(world, first=date(2026, 12, 1), item=True):
    with transaction() as session:
        region = session.get_one(Organisation, world.flow.organisation_id)
        line = session.get_one(Item, world.item_id) if item else None
        joining.take_step(
            session, world.discloser, NOW, region, Step.PAUSE, first=first, reason="Nytt journalsystem.", item=line
        )


def test_both_sides_agree_on_the_page_of_the_line(world, signed_in):
    officer, reviewer = signed_in(world.officer), signed_in(world.flows.quality)
    assert "Ingen sista dag är överenskommen" in read(officer.get(address(world))).text
    page = read(officer.post(address(world, "regel"), data=RULE, follow_redirects=True))
    assert "Förslaget väntar på den andra sidan" in page.text and "Ta tillbaka förslaget" in page.text
    assert "Svara på förslaget" in read(reviewer.get(address(world))).text
    page = read(reviewer.post(address(world, "svar"), data={"outcome": "agree"}, follow_redirects=True))
    assert "10 arbetsdagar efter periodens sista dag" in page.text
    assert "18 januari 2027" in page.text
    page = read(
        reviewer.post(
            address(world, "undantag"),
            data={"period": "2026-12-01/2026-12-31", "due_day": "2027-01-25", "reason": "Helgerna."},
            follow_redirects=True,
        )
    )
    page = read(officer.post(address(world, "svar"), data={"outcome": "agree"}, follow_redirects=True))
    assert "25 januari 2027" in page.text and "Överenskommet för bara den här perioden" in page.text


@pytest.mark.parametrize(
    ("rest", "data", "status", "said"),
    [
        ("regel", RULE | {"delay": "tio"}, 422, "heltal"),
        ("regel", RULE | {"delay": "9" * 40}, 422, "heltal"),
        ("regel", RULE | {"delay": "0"}, 409, "Fristen går inte att använda"),
        ("regel", RULE | {"since": "2026-13-01"}, 422, "Inte ett giltigt"),
        ("regel", RULE | {"since": "0001-01-01"}, 409, "Regeln skulle gälla bakåt"),
        ("regel", RULE | {"since": "9999-12-31"}, 409, "Dagen är för långt bort"),
        ("regel", RULE | {"per": "day"}, 422, "Räknas per"),
        ("regel", RULE | {"reason": "811218-9876"}, 409, "personnummer"),
        ("undantag", {"period": "x/y", "due_day": "2027-01-25", "reason": "a"}, 422, "Period"),
        ("svar", {}, 422, "Inget förslag väntar"),
        ("svar", {"outcome": "agree"}, 409, "Inget förslag väntar"),
        ("ta-tillbaka", {}, 409, "Inget förslag väntar"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(world, signed_in, rest, data, status, said):
    page = read(signed_in(world.officer).post(address(world, rest), data=data), status)
    assert said in page.text
    assert "Inget i linjen kan vara sent" in page.text


def test_december_is_in_time_until_the_eighteenth_of_january_ends_in_sweden(agreed):
    assert states(agreed, IN_TIME) == [("2026-12", "2027-01-18", "due")]
    assert states(agreed, TOO_LATE) == [("2026-12", "2027-01-18", "missing")]


def test_everybody_reads_who_has_delivered_and_nothing_of_what(agreed, client, organisations):
    assert "Att leverera" in read(client.get("/kalender/")).text
    agreed.sent(beds_csv(day="2026-10-01"))
    with time_machine.travel(TOO_LATE, tick=False):
        page = read(client.get("/kalender/?manad=2026-11"))
        assert "Levererad i tid" in page.text and "1 av 1 levererade, 0 saknas" in page.text
        assert "Saknas" in read(client.get("/kalender/?manad=2027-01")).text
        assert "L-2026-" not in page.text
        region = read(client.get("/kalender/region/25/"))
        assert "Levererad i tid" in region.text
        assert "Fastställda vårdplatser" in read(client.get("/kalender/mottagare/nationell-uppfoljning/")).text
        assert "Inget ska levereras den här månaden" in read(client.get("/kalender/?manad=2026-09")).text
    assert read(client.get("/kalender/region/12/")).text.count("Ingen godkänd linje") == 1


@pytest.mark.parametrize("asked", ["", "2027", "2027-W01", "x", "9999-12", "0001-01"])
def test_a_month_that_cannot_be_read_is_the_present_one(agreed, client, asked):
    assert "Sista dag i november 2026" in read(client.get(f"/kalender/?manad={asked}")).text


@pytest.mark.parametrize("path", ["/kalender/region/99/", "/kalender/land/25/", "/kalender/linjer/ingen/"])
def test_a_calendar_that_is_not_there_is_not_found(agreed, client, path):
    assert client.get(path).status_code == 404


def test_another_calendar_subscribes_to_the_last_days(agreed, client):
    answer = client.get("/kalender/region/25/kalender.ics")
    assert answer.mimetype == "text/calendar" and "DTSTART;VALUE=DATE:20270118" in answer.text
    event = Calendar.from_ical(answer.data).walk("VEVENT")[2]
    assert "december 2026" in event["summary"] and "Norrbotten" in event["description"]
    assert "Last day" in client.get("/kalender/kalender.ics?lang=en").text
    assert client.get("/kalender/region/12/kalender.ics").text.count("VEVENT") == 0
    paused(agreed)
    assert client.get("/kalender/region/25/kalender.ics").text.count("BEGIN:VEVENT") == 2, (
        "what is not expected has no day"
    )


def test_a_region_that_pauses_is_not_missing_and_the_calendar_says_why(agreed, client, signed_in):
    officer = signed_in(agreed.discloser)
    page = read(
        officer.post(
            "/kalender/region/25/deltagande",
            data={"line": agreed.item_id, "step": "pause", "since": "2026-12-01", "reason": "Nytt journalsystem."},
            follow_redirects=True,
        )
    )
    assert "Gör uppehåll från och med 1 december 2026" in page.text
    with time_machine.travel(TOO_LATE, tick=False):
        region = read(client.get("/kalender/region/25/"))
        assert "Väntas inte" in region.text and region.text.count("Saknas") == 3
    assert "Nytt journalsystem." in read(client.get("/kalender/region/25/deltagande")).text


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({}, 422, "Välj ett steg"),
        ({"line": "pilot", "step": "resume", "since": "2026-12-01", "reason": "a"}, 409, "följer inte på det förra"),
        ({"line": "pilot", "step": "pause", "since": "2026-11-01", "reason": "a"}, 409, "ligger för tidigt"),
        ({"line": "okänd", "step": "pause", "since": "2026-12-01", "reason": "a"}, 422, "Vad det gäller"),
    ],
)
def test_a_step_that_cannot_be_taken_is_said(agreed, signed_in, data, status, said):
    page = read(signed_in(agreed.discloser).post("/kalender/region/25/deltagande", data=data), status)
    assert said in page.text and "Inget är antecknat" in page.text


def test_another_region_takes_no_step_and_agrees_to_nothing(agreed, signed_in):
    other = signed_in(agreed.other)
    data = {"line": "pilot", "step": "leave", "since": "2026-12-01", "reason": "a"}
    assert other.post("/kalender/region/25/deltagande", data=data).status_code == 403
    assert other.post(address(agreed, "regel"), data=RULE).status_code == 403
    assert "Föreslå sista dagar" not in read(other.get(address(agreed))).text


def test_tasks_remind_before_the_last_day_and_after_it(agreed, within_request):
    def told(actor, moment):
        return [(one.group, one.status[0]) for one in tasks(db.session, actor, moment) if one.knot == "delivery"]

    last_second = datetime(2026, 11, 13, 22, 59, 59, tzinfo=UTC)
    assert told(agreed.officer, datetime(2026, 10, 30, 22, tzinfo=UTC)) == []
    assert told(agreed.officer, NOW) == [("mine", "info")]
    assert told(agreed.officer, last_second) == [("mine", "info")]
    assert told(agreed.flows.quality, last_second) == []
    assert told(agreed.officer, last_second + timedelta(seconds=1)) == [("mine", "stop")]
    assert told(agreed.flows.quality, TOO_LATE) == [("others", "warn")]
    assert told(agreed.other, TOO_LATE) == []
    assert len(told(agreed.officer, TOO_LATE)) == 3
    paused(agreed)
    assert len(told(agreed.officer, TOO_LATE)) == 2, "December is not expected"


def test_a_proposal_is_a_task_of_the_other_side_alone(world, within_request):
    with transaction() as session:
        agreeing.propose_rule(
            session, world.flows.quality, NOW, session.get_one(Item, world.item_id),
            first=date(2026, 12, 1), formula=Formula(PeriodKind.MONTH, 5, Unit.WORKING_DAYS), reason="Önskemål.",
        )  # fmt: skip
    assert [one.group for one in tasks(db.session, world.officer, NOW)] == ["mine"]
    assert tasks(db.session, world.flows.quality, NOW) == []
    assert Side.DISCLOSER in agreeing.sides_of(db.session, world.discloser, world.flow)


def test_periods_in_a_pause_are_not_expected_in_the_index_of_periods_either(organisations, actor, signed_in):
    world = DeliveryWorld.load(organisations, actor, MONTHLY)
    with time_machine.travel(datetime(2027, 1, 5, 8, tzinfo=UTC), tick=False):
        officer, path = signed_in(world.officer), f"/floden/{world.flow.slug}/perioder/"
        assert "december 2026" in read(officer.get(path)).text
        paused(world)
        assert "december 2026" not in read(officer.get(path)).text


def test_the_command_line_lists_agrees_and_says_what_is_missing(app, world):
    run = app.test_cli_runner().invoke
    slug, propose = world.flow.slug, ["--delay", "10", "--from", "2026-12-01", "--once", "--reason", "Avtal"]
    assert run(args=["calendar", "propose", slug, *propose, "--as", "norrbotten"]).exit_code == 0
    assert run(args=["calendar", "answer", slug, "--as", "quality"]).exit_code == 0
    listed = run(args=["calendar", "list", "--region", "25", "--json"])
    assert listed.exit_code == 0 and json.loads(listed.output)[0]["due"] == "2027-01-18"
    with time_machine.travel(TOO_LATE, tick=False):
        late = run(args=["calendar", "list"])
        assert late.exit_code == 1 and "Missing" in late.output
    step = ["calendar", "participation", "25", "leave", "--from", "2026-12-01", "--reason", "Slut", "--as", "utlamnare"]
    assert run(args=step).exit_code == 0
    assert run(args=step).exit_code == 1
    assert run(args=["calendar", "list", "--region", "99"]).exit_code == 2
    assert run(args=["calendar", "answer", "ingen", "--as", "quality"]).exit_code == 2
