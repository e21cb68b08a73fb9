"""What a delivery is compared with: many periods before, the same weekday, and the same time last year."""

from datetime import date

import pytest

from registry.db import db
from submission_portal.deliveries.assessment.before import days_wanted, year_before
from submission_portal.deliveries.explanations.tables import KeptExplanation
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.tables import Delivery
from tests.factories.deliveries import MONTHLY, DeliveryWorld, beds_csv, one_row_csv
from tests.pages import read

EXAMPLE = (20, 21, 19, 20, 22, 20, 21, 20)
HEAD = "Sjukhus;Månad;Vårdform;Disponibla vårdplatser;Överbeläggningar;Utlokaliserade"


@pytest.fixture
def monthly(organisations, actor):
    return DeliveryWorld.load(organisations, actor, MONTHLY)


def one_month(number, beds):
    year, month = divmod(number, 12)
    name = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")[month]
    return f"{HEAD}\r\nKalix sjukhus;{name} {2024 + year};Somatik;{beds};1,0;1,0\r\n".encode("cp1252")


def deliver(world, number, beds):
    draft = world.start(one_month(number, beds), file_name=f"{number}.csv")
    asked = dict.fromkeys(world.delivery(draft).assessment.about, "Det stämmer.")
    if asked:
        world.save(draft, explanations=asked)
    world.disclose(draft)
    world.send(draft)


def accept(world):
    """Let the recipient's reviewer release what waits."""
    from registry.db import transaction
    from submission_portal.review import services as review
    from submission_portal.review.tables import DeliveryOutcome
    from tests.conftest import NOW

    for one in db.session.query(Delivery).filter_by(state="in_review").all():
        with transaction() as session:
            review.decide_delivery(
                session, world.flows.quality, NOW, session.get_one(Delivery, one.id),
                outcome=DeliveryOutcome.RELEASE, reason="Läst.",
            )  # fmt: skip


def test_the_ninth_month_is_judged_by_the_eight_before_and_the_eighth_is_told_that_it_is_not(monthly, signed_in):
    for number, beds in enumerate(EXAMPLE[:7]):
        deliver(monthly, number, beds)
    accept(monthly)
    officer = signed_in(monthly.officer)
    eighth = monthly.start(one_month(7, 20))
    assert "Ej körd: 7 av 8 perioder att jämföra med." in read(officer.get(f"/leveranser/{eighth}/")).text
    monthly.disclose(eighth)
    monthly.send(eighth)
    ninth = monthly.start(one_month(8, 27))
    page = read(officer.get(f"/leveranser/{ninth}/"))
    assert "Ett värde är ovanligt långt från det vanliga" in page.text
    [row] = ["".join(row.itertext()) for row in page.find("//article[@id='fynd-his-006']//tbody/tr")]
    for told in ("27", "20", "0,5", "9,4", "8"):
        assert told in row
    assert "HIS-006" in monthly.delivery(ninth).assessment.about


def test_the_same_month_last_year_is_told(monthly, signed_in):
    deliver(monthly, 0, 40)
    for number in range(9, 12):
        deliver(monthly, number, 20)
    accept(monthly)
    draft = monthly.start(one_month(12, 20))
    delivery = monthly.delivery(draft)
    [change] = delivery.assessment.year_changes
    assert (change.before, change.now) == ("40.00", "20.00")
    page = read(signed_in(monthly.officer).get(f"/leveranser/{draft}/"))
    assert "sedan samma tid förra året" in page.text


@pytest.mark.parametrize(("first", "last", "year", "weeks"), [
    ("2026-03-02", "2026-03-02", ("2025-03-03", "2025-03-03"), 12),
    ("2026-03-02", "2026-03-07", ("2025-03-03", "2025-03-08"), 12),
    ("2026-03-02", "2026-03-08", ("2025-03-03", "2025-03-09"), 0),
    ("2026-12-01", "2026-12-31", ("2025-12-01", "2025-12-31"), 0),
    ("2024-01-01", "2024-02-29", ("2023-01-01", "2023-02-28"), 0),
    ("2025-01-01", "2025-12-31", ("2024-01-01", "2024-12-31"), 0),
])  # fmt: skip
def test_a_delivery_of_days_is_compared_with_the_same_weekdays_and_all_with_the_year_before(first, last, year, weeks):
    days = [date.fromisoformat(one) for one in (first, last)]
    before = year_before(*days)
    assert before == tuple(map(date.fromisoformat, year))
    wanted = days_wanted(*days, before)
    assert wanted[0] == before and len(wanted) == 1 + weeks
    assert all(begins.weekday() == days[0].weekday() for begins, _ends in wanted[1:])


def test_an_explanation_is_kept_offered_and_used_only_when_somebody_chooses_it(monthly, signed_in):
    for number, beds in enumerate((40, 20)):
        draft = monthly.start(one_month(number, beds), file_name=f"{number}.csv")
        if number == 0:
            monthly.disclose(draft)
            monthly.send(draft)
    officer = signed_in(monthly.officer)
    assert "HIS-002" in monthly.delivery(draft).assessment.about
    officer.post(
        f"/leveranser/{draft}/svar", data={"forklaring-HIS-002": "Ombyggnad till hösten.", "spara-HIS-002": "ja"}
    )
    [kept] = db.session.query(KeptExplanation).all()
    assert (kept.rule, kept.element, kept.period) == ("HIS-002", "disponibla", "2024-02") and kept.unit.startswith(
        "65014"
    )
    monthly.disclose(draft)
    monthly.send(draft)
    accept(monthly)
    third = monthly.start(one_month(2, 40))
    page = read(officer.get(f"/leveranser/{third}/"))
    assert "Ombyggnad till hösten." in page.text and "Förklarat förut" in page.text
    assert monthly.delivery(third).explanations == {}, "nothing is explained in silence"
    answer = officer.post(f"/leveranser/{third}/svar", data={"forklaring-HIS-002": "", "anvand-HIS-002": kept.id})
    assert answer.status_code == 302
    delivery = monthly.delivery(third)
    assert (delivery.explanations["HIS-002"], delivery.cited) == ("Ombyggnad till hösten.", {"HIS-002": [kept.id]})
    monthly.disclose(third)
    monthly.send(third)
    reviewer = signed_in(monthly.flows.quality)
    assert "Har använts förut" in read(reviewer.get(f"/granskning/leverans/{monthly.delivery(third).number}/")).text


def test_what_was_changed_is_ones_own_and_what_has_ended_or_is_anothers_cannot_be_cited(monthly, signed_in):
    deliver(monthly, 0, 40)
    draft = monthly.start(one_month(1, 20))
    officer = signed_in(monthly.officer)
    officer.post(f"/leveranser/{draft}/svar", data={"forklaring-HIS-002": "Ombyggnad.", "spara-HIS-002": "ja"})
    [kept] = db.session.query(KeptExplanation).all()
    officer.post(f"/leveranser/{draft}/svar", data={"forklaring-HIS-002": "Något annat.", "anvand-HIS-002": kept.id})
    assert (monthly.delivery(draft).explanations["HIS-002"], monthly.delivery(draft).cited) == ("Något annat.", {})
    page = read(officer.get("/leveranser/forklaringar/"))
    assert "Kalix sjukhus" in page.text and "Ombyggnad." in page.text
    assert signed_in(monthly.other).post(f"/leveranser/forklaringar/{kept.id}/avsluta").status_code == 404
    officer = signed_in(monthly.officer)
    assert officer.post(f"/leveranser/forklaringar/{kept.id}/avsluta").status_code == 302
    refused = officer.post(f"/leveranser/{draft}/svar", data={"forklaring-HIS-002": "", "anvand-HIS-002": kept.id})
    assert refused.status_code == 409 and "kan inte användas här" in refused.text
    assert "Ingenting är sparat" in read(officer.get("/leveranser/forklaringar/")).text


def test_a_receipt_names_what_it_corrects_and_the_corrected_ones_page_its_successor(world, signed_in):
    first = world.sent(beds_csv())
    number = world.delivery(first).number
    correction = world.start(
        one_row_csv("Kalix sjukhus", 60), corrects=first, correction_kind=CorrectionKind.CORRECTION
    )
    officer = signed_in(world.officer)
    world.disclose(correction)
    page = read(officer.get(f"/leveranser/{correction}/skicka/"))
    assert "Vad som ändras i publicerade siffror" in page.text
    assert officer.post(f"/leveranser/{correction}/skicka/", data={"sett": "0" * 64}).status_code == 409
    assert world.delivery(correction).number is None
    assert officer.post(f"/leveranser/{correction}/skicka/", data={}).status_code == 302
    sent = world.delivery(correction)
    assert sent.receipt.body["corrects"] == number and "corrects" not in world.delivery(first).receipt.body
    assert number in read(officer.get(f"/leveranser/{sent.number}/kvittens/")).text
    assert sent.number in read(officer.get(f"/leveranser/{number}/kvittens/")).text
