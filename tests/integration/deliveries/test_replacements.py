"""What a replacement takes away is never taken away in silence: it is explained, listed to everybody, and read by a person."""

import pytest

from registry import jobs
from registry.db import db, transaction
from registry.errors import Refused
from registry.events import Event
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.assessment.remaining import findings_of
from submission_portal.deliveries.checking import kept_reading
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery
from tests.conftest import NOW
from tests.factories.deliveries import MONTHLY, MONTHLY_ROWS, DeliveryWorld, monthly_csv
from tests.pages import read

WHY = "Gällivare och Kalix lämnas av en annan huvudman."


@pytest.fixture
def world(organisations, actor) -> DeliveryWorld:
    return DeliveryWorld.load(organisations, actor, MONTHLY)


def found(delivery):
    return {finding.code: finding for _, finding in findings_of(delivery.assessment)}


def replacing(world, *rows):
    """A replacement of the standing delivery by a file of these rows; gives back both ids."""
    first = world.sent(monthly_csv())
    return first, world.start(monthly_csv(*rows), file_name="ny.csv", corrects=first, correction_kind="replacement")


def test_a_file_of_one_row_does_not_wipe_out_the_rest_in_silence(any_app, world):
    first, second = replacing(world, MONTHLY_ROWS[0])
    delivery = world.delivery(second)
    gone = found(delivery)["COR-005"]
    assert (delivery.state, gone.params["before"], len(gone.places)) == (DeliveryState.DRAFT, 6, 5)
    assert gone.params["units"].sv == "Kalix sjukhus, Somatisk sluten vård; Sunderby sjukhus, Somatisk sluten vård"
    assert (gone.params["periods"].sv, gone.params["periods"].en) == ("februari 2018", "February 2018")
    assert delivery.period == "2018-01", "what it would be released for is what it holds"
    world.save(second, explanations={"COR-005": WHY})
    world.disclose(second)
    world.send(second)
    assert world.delivery(second).state == DeliveryState.IN_REVIEW, "a person reads it"
    assert world.delivery(first).state == DeliveryState.RELEASED, "and until then nothing has gone"


def test_a_replacement_that_keeps_every_row_goes_straight_through(any_app, world):
    _first, second = replacing(world, MONTHLY_ROWS[0].replace("78,4", "80,4"), *MONTHLY_ROWS[1:])
    said = found(world.delivery(second))
    assert not {"COR-005", "COR-006", "COR-007"} & set(said)
    assert (said["COR-009"].params["kept"], len(said["COR-009"].places)) == (5, 1)
    world.disclose(second)
    world.send(second)
    assert world.delivery(second).state == DeliveryState.RELEASED


def test_a_value_that_disappears_has_to_be_explained_too(any_app, world):
    _first, second = replacing(world, MONTHLY_ROWS[0].replace("78,4", "stängd"), *MONTHLY_ROWS[1:])
    assert found(world.delivery(second))["COR-007"].places[0].value == "78.40 → stängd"


def test_rows_that_are_added_are_listed(any_app, world):
    added = "Piteå sjukhus;jan 2018;Somatik;95,9;6,4;5,7"
    _first, second = replacing(world, *MONTHLY_ROWS, added)
    (place,) = found(world.delivery(second))["COR-006"].places
    assert place.label.sv == "Piteå sjukhus, Somatisk sluten vård, januari 2018"


def test_everybody_who_decides_reads_which_rows_disappear(app, world, signed_in):
    _first, second = replacing(world, MONTHLY_ROWS[0])
    gone = "Sunderby sjukhus, Somatisk sluten vård, februari 2018"
    assert gone in read(signed_in(world.officer).get(f"/leveranser/{second}/")).text
    world.save(second, explanations={"COR-005": WHY})
    assert gone in read(signed_in(world.discloser).get(f"/leveranser/{second}/utlamnande/")).text
    world.disclose(second)
    page = read(signed_in(world.officer).get(f"/leveranser/{second}/skicka/"))
    assert gone in page.text and WHY in page.text
    number = world.send(second)
    browser = signed_in(world.flows.quality)
    page = read(browser.get(f"/granskning/leverans/{number}/"))
    assert gone in page.text and WHY in page.text and "Ersätter L-2026-0001" in page.text
    browser.set_cookie("language", "en")
    page = read(browser.get(f"/granskning/leverans/{number}/"))
    assert "Sunderby sjukhus, Somatic in-patient care, February 2018" in page.text


def test_what_was_chosen_as_a_replacement_may_be_chosen_as_a_correction_instead(app, world, signed_in):
    _first, second = replacing(world, MONTHLY_ROWS[0].replace("78,4", "79,4"))
    signed_in(world.officer).post(f"/leveranser/{second}/svar", data={"rattelse": "correction"})
    delivery = world.delivery(second)
    assert (delivery.correction_kind, delivery.state) == ("correction", DeliveryState.CHECKED)
    assert "COR-005" not in found(delivery)


def test_the_question_names_what_stands_with_its_corrections(any_app, world):
    first = world.sent(monthly_csv())
    row = MONTHLY_ROWS[0].replace("78,4", "79,4")
    world.sent(monthly_csv(row), file_name="rattelse.csv", corrects=first, correction_kind="correction")
    third = world.start(monthly_csv(row, *MONTHLY_ROWS[2:]), file_name="igen.csv")
    asked = found(world.delivery(third))["DEL-002"]
    assert asked.params["standing"].sv == "L-2026-0001 (januari–februari 2018), rättad genom L-2026-0002"
    assert asked.params["standing"].en == "L-2026-0001 (January–February 2018), corrected by L-2026-0002"


def test_a_replacement_is_compared_with_the_rows_as_they_were_corrected(any_app, world):
    first = world.sent(monthly_csv())
    row = MONTHLY_ROWS[0].replace("78,4", "79,4")
    world.sent(monthly_csv(row), file_name="rattelse.csv", corrects=first, correction_kind="correction")
    third = world.start(monthly_csv(), file_name="x.csv")
    assert third == first, "the very same file leads to its receipt"
    fourth = world.start(monthly_csv(*MONTHLY_ROWS, ""), corrects=first, correction_kind="replacement")
    (place,) = found(world.delivery(fourth))["COR-009"].places
    assert place.value == "79.40 → 78.40"


def ready_replacement(world):
    """A replacement of a row that takes the rest away, explained and disclosed; gives back both ids."""
    first, second = replacing(world, MONTHLY_ROWS[0])
    world.save(second, explanations={"COR-005": WHY})
    world.disclose(second)
    return first, second


def test_a_correction_that_comes_before_a_replacement_is_sent_has_the_two_compared_again(app, world, signed_in):
    """The correction adds a row, which the replacement would now take away too: nobody has explained or decided on that."""
    first, second = ready_replacement(world)
    added = "Piteå sjukhus;jan 2018;Somatik;95,9;6,4;5,7"
    third = world.start(monthly_csv(added), file_name="r.csv", corrects=first, correction_kind="correction")
    world.save(third, explanations={"COR-002": "Glömd."})
    world.disclose(third)
    world.send(third)
    browser = signed_in(world.officer)
    revision = world.delivery(second).revision
    answer = browser.post(f"/leveranser/{second}/skicka/", data={"revision": revision})
    page = read(answer, status=409)
    assert "Leveransen jämförs på nytt" in page.text
    assert "Piteå sjukhus, Somatisk sluten vård, januari 2018" in page.text
    delivery = world.delivery(second)
    assert (delivery.state, delivery.number, delivery.explanations) == (DeliveryState.DRAFT, None, {})
    assert len(found(delivery)["COR-005"].places) == 6
    world.save(second, explanations={"COR-005": WHY})
    world.disclose(second)
    world.send(second)
    assert world.delivery(second).state == DeliveryState.IN_REVIEW


def test_a_correction_that_changes_nothing_of_the_comparison_stops_no_replacement(app, world, signed_in):
    first, second = ready_replacement(world)
    same = MONTHLY_ROWS[-1].replace("7,7", "7,9")
    world.sent(monthly_csv(same), file_name="r.csv", corrects=first, correction_kind="correction")
    revision = world.delivery(second).revision
    assert (
        signed_in(world.officer).post(f"/leveranser/{second}/skicka/", data={"revision": revision}).status_code == 302
    )
    assert world.delivery(second).state == DeliveryState.IN_REVIEW


@pytest.fixture
def every_file_is_long(monkeypatch):
    """From here on: what was read in before was read in at once."""
    return lambda: monkeypatch.setattr(kept_reading, "AT_ONCE_ROWS", 0)


ADDED = "Piteå sjukhus;jan 2018;Somatik;95,9;6,4;5,7"


@pytest.mark.parametrize(
    ("correction", "gone"),
    [(ADDED, 6), (MONTHLY_ROWS[-1].replace("7,7", "7,9"), 5)],
    ids=["takes-more-away", "takes-the-same-away"],
)
def test_of_a_long_file_the_worker_compares_again_and_the_region_always_decides_again(
    app, world, signed_in, every_file_is_long, correction, gone
):
    first, second = ready_replacement(world)
    third = world.start(monthly_csv(correction), file_name="r.csv", corrects=first, correction_kind="correction")
    world.save(third, explanations={"COR-002": "Glömd."})
    world.disclose(third)
    world.send(third)
    every_file_is_long()
    browser, revision = signed_in(world.officer), world.delivery(second).revision
    answer = browser.post(f"/leveranser/{second}/skicka/", data={"revision": revision})
    assert "Leveransen jämförs på nytt" in read(answer, status=409).text
    delivery = world.delivery(second)
    assert (delivery.state, delivery.number, delivery.content_hash) == (DeliveryState.CHECKING, None, None)
    with pytest.raises(Refused):
        world.send(second)
    jobs.drain()
    delivery = world.delivery(second)
    assert (delivery.state, delivery.explanations) == (DeliveryState.DRAFT, {})
    assert len(found(delivery)["COR-005"].places) == gone
    world.save(second, explanations={"COR-005": WHY})
    with pytest.raises(Refused):
        world.send(second)
    assert world.delivery(second).state == DeliveryState.CHECKED, "the decision was on another comparison"
    world.disclose(second)
    assert (
        browser.post(f"/leveranser/{second}/skicka/", data={"revision": world.delivery(second).revision}).status_code
        == 302
    )
    assert world.delivery(second).state == DeliveryState.IN_REVIEW
    assert db.session.query(Event).filter_by(type="DeliveryComparedAgain", subject=f"delivery:{second}").count() == 1


def test_whoever_sends_without_comparing_again_is_refused(any_app, world):
    first, second = ready_replacement(world)
    world.sent(monthly_csv(MONTHLY_ROWS[0].replace("78,4", "79,4")), corrects=first, correction_kind="correction")
    with pytest.raises(Refused) as refusal:
        world.send(second)
    assert refusal.value.finding.code == "DEL-012"
    assert world.delivery(second).state == DeliveryState.DISCLOSED


def test_a_correction_prepared_beside_another_is_compared_with_it_and_stands_on_it(any_app, world):
    first = world.sent(monthly_csv())
    mine = world.start(
        monthly_csv(MONTHLY_ROWS[0].replace("78,4", "79,4")), corrects=first, correction_kind="correction"
    )
    world.disclose(mine)
    theirs = world.sent(
        monthly_csv(MONTHLY_ROWS[0].replace("78,4", "77,4")),
        file_name="b.csv",
        corrects=first,
        correction_kind="correction",
    )
    with transaction() as session:
        assert services.compare_again(session, world.officer, NOW, session.get_one(Delivery, mine))
    delivery = world.delivery(mine)
    assert (delivery.corrects_delivery_id, delivery.state) == (theirs, DeliveryState.CHECKED)
    assert found(delivery)["COR-001"].places[0].value == "77.40 → 79.40"
    world.disclose(mine)
    world.send(mine)
    assert world.delivery(mine).state == DeliveryState.RELEASED


def test_a_date_in_two_orders_is_asked_about_and_read_as_answered(any_app, world):
    delivery_id = world.start(monthly_csv("Kalix sjukhus;01/02/2018;Somatik;49,2;5,6;6,1"))
    assert found(world.delivery(delivery_id))["STR-015"].severity == "question"
    world.save(delivery_id, answers={"manad": {"*": "day_first"}})
    delivery = world.delivery(delivery_id)
    assert (delivery.period, delivery.state) == ("2018-02", DeliveryState.CHECKED)
    assert found(delivery)["STR-009"].severity == "info"
    with transaction() as session:
        services.save(
            session, world.officer, NOW, session.get_one(Delivery, delivery_id), answers={"manad": {"*": "month_first"}}
        )
    assert "STR-030" in found(world.delivery(delivery_id)), "the second of January is no month"


def test_the_order_of_dates_is_answered_on_the_page(app, world, signed_in):
    delivery_id = world.start(monthly_csv("Kalix sjukhus;01/02/2018;Somatik;49,2;5,6;6,1"))
    browser = signed_in(world.officer)
    assert "Hur är datumen skrivna?" in read(browser.get(f"/leveranser/{delivery_id}/")).text
    browser.post(f"/leveranser/{delivery_id}/svar", data={"datum-manad": "day_first"})
    page = read(browser.get(f"/leveranser/{delivery_id}/"))
    assert "dag, månad, år" in page.text and "februari 2018" in page.heading


def test_a_month_that_has_not_come_is_an_error_and_one_that_goes_on_is_explained(any_app, world):
    row = "Kalix sjukhus;{};Somatik;49,2;5,6;6,1"
    assert found(world.delivery(world.start(monthly_csv(row.format("april 2027")))))["TIM-001"].severity == "error"
    assert found(world.delivery(world.start(monthly_csv(row.format("nov 2026")))))["TIM-002"].severity == "warning"
    assert not {"TIM-001", "TIM-002"} & set(found(world.delivery(world.start(monthly_csv(row.format("okt 2026"))))))


def test_cells_are_shown_as_they_stand_in_the_file(app, world, signed_in):
    delivery_id = world.start(monthly_csv(*MONTHLY_ROWS[:-1], MONTHLY_ROWS[-1].replace("7,7", "")))
    page = read(signed_in(world.officer).get(f"/leveranser/{delivery_id}/"))
    assert page.find("//table[@class='sheet']//td[text()='298,7']") and page.find("//td[text()='feb 2018']")
    assert "298.7" not in page.text and "2018-02" not in page.text


def test_the_reviewer_reads_what_was_said_about_empty_cells(app, world, signed_in):
    world.sent(
        monthly_csv(*(row.replace("jan", "nov").replace("feb", "dec").replace("2018", "2017") for row in MONTHLY_ROWS))
    )
    rows = [row.replace("298,7", "200,1") for row in MONTHLY_ROWS]
    rows[4] = rows[4].replace("7,7", "")
    rows[5] = rows[5].replace("7,7", "0")
    delivery_id = world.start(monthly_csv(*rows), file_name="fem.csv")
    world.save(delivery_id, answers={"utlokaliserade": {"*": "not_reported"}})
    keys = [key for key, one in findings_of(world.delivery(delivery_id).assessment) if one.severity == "warning"]
    world.save(delivery_id, explanations=dict.fromkeys(keys, "En avdelning är stängd."))
    world.disclose(delivery_id)
    number = world.send(delivery_id)
    page = read(signed_in(world.flows.quality).get(f"/granskning/leverans/{number}/"))
    assert "F6: ej rapporterat" in page.text
    assert page.find("//table[@class='sheet']//em[text()='ej rapporterat']")
    assert (
        queries.rows_of(db.session, world.delivery(delivery_id))["utlokaliserade__status"]
        .to_list()
        .count("not_reported")
        == 1
    )


def test_drafts_are_told_apart_and_taken_back_together(app, world, signed_in):
    drafts = [world.start(monthly_csv(row), file_name=f"fil{index}.csv") for index, row in enumerate(MONTHLY_ROWS[:3])]
    browser = signed_in(world.officer)
    page = read(browser.get("/leveranser/"))
    assert "fil0.csv" in page.text and "fil2.csv" in page.text
    browser.post("/leveranser/utkast/aterta", data={"utkast": drafts[:2]})
    states = [world.delivery(one).state for one in drafts]
    assert states == [DeliveryState.WITHDRAWN, DeliveryState.WITHDRAWN, DeliveryState.CHECKED]
    assert signed_in(world.other).post("/leveranser/utkast/aterta", data={"utkast": drafts[2:]}).status_code == 404
    assert world.delivery(drafts[2]).state == DeliveryState.CHECKED


def test_periods_are_in_words_where_a_delivery_is_followed(app, world, client):
    world.sent(monthly_csv())
    page = read(client.get("/spar/L-2026-0001"))
    assert "januari–februari 2018" in page.text and "2018-01-01/2018-02-28" not in page.text
    told = app.test_cli_runner().invoke(args=["deliveries", "show", "L-2026-0001"], env={"LANG": "sv_SE.UTF-8"}).output
    assert "januari–februari 2018" in told and "2018-01-01/2018-02-28" not in told


def test_what_is_said_of_a_released_delivery_is_true(app, world, signed_in):
    world.sent(monthly_csv())
    page = read(signed_in(world.flows.quality).get("/granskning/leverans/L-2026-0001/"))
    assert "Frisläpps när båda sidor har beslutat" not in page.text
    assert "Frisläppt: regionen har beslutat" in page.text
    assert (
        "räknas i den nationella uppföljningen"
        not in read(signed_in(world.officer).get("/leveranser/L-2026-0001/")).text
    )


@pytest.mark.parametrize(("language", "shown"), [("sv", ("78,4", "stängd")), ("en", ("78.4", "closed"))])
def test_what_changes_is_written_in_the_readers_language_without_empty_decimals(app, world, signed_in, language, shown):
    _first, second = replacing(world, MONTHLY_ROWS[0].replace("78,4", "stängd"), *MONTHLY_ROWS[1:])
    browser = signed_in(world.officer)
    browser.set_cookie("language", language)
    (row,) = read(browser.get(f"/leveranser/{second}/")).find(
        "//table[caption[contains(@class, 'hidden')]]/tbody/tr[td]"
    )
    assert tuple(cell.text.strip() for cell in row.findall("td")) == shown


def two_months(world):
    """The ids of January and February of 2018 as two deliveries."""
    made = []
    months = [[row for row in MONTHLY_ROWS if month in row] for month in ("jan 2018", "feb 2018")]
    for rows in months:
        delivery_id = world.start(monthly_csv(*rows))
        world.save(delivery_id, gap_answers={"*": "closed"}, explanations={"HIS-004": WHY, "HIS-002": WHY})
        world.disclose(delivery_id)
        world.send(delivery_id)
        made.append(delivery_id)
    return made


def test_a_file_about_several_deliveries_is_told_how_to_go_on_and_nothing_can_be_chosen(app, world, signed_in):
    two_months(world)
    delivery_id = world.start(monthly_csv())
    told = found(world.delivery(delivery_id))["DEL-016"]
    assert "januari 2018" in told.params["standing"].sv and "februari 2018" in told.params["standing"].sv
    page = read(signed_in(world.officer).get(f"/leveranser/{delivery_id}/"))
    assert "Dela filen efter leveranserna" in page.text and 'name="rattelse"' not in page.text


def test_a_wrong_choice_of_what_is_replaced_is_taken_back_on_the_page(app, world, signed_in):
    january, _february = two_months(world)
    february = [row.replace("78,4", "79,4") for row in MONTHLY_ROWS if "feb 2018" in row]
    delivery_id = world.start(monthly_csv(*february), corrects=january, correction_kind="replacement")
    assert "COR-004" in found(world.delivery(delivery_id))
    browser = signed_in(world.officer)
    assert "Valdes fel leverans?" in read(browser.get(f"/leveranser/{delivery_id}/")).text
    browser.post(f"/leveranser/{delivery_id}/svar", data={"valj-om": "ja"})
    delivery = world.delivery(delivery_id)
    assert delivery.corrects_delivery_id is None and "DEL-002" in found(delivery)
    assert "februari 2018" in found(delivery)["DEL-002"].params["standing"].sv
