"""From monthly files to rates per hospital and region, on figures that are made up.

That tables are composed alike on both databases is in `test_norrbotten.py` and `test_small_numbers.py`.
"""

import json
from decimal import Decimal

import polars as pl
import pytest

from information_models.starter.loading import measure_contents
from registry.actors import PUBLIC, Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.items.lifecycle import State
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.deciding import publish_table
from submission_portal.followup.gateway import current_table
from submission_portal.followup.queries import figures_of
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.versions import latest_version
from tests.by_hand import by_hand
from tests.conftest import PASSWORD
from tests.factories.legal_answers import example_answers
from tests.factories.released_figures import HOSPITALS, NOW, hospital_codes, publish, run_worker
from tests.pages import read
from tests.shown import as_shown

MODEL = "manadsuppgifter-per-sjukhus"
RATE, BEDS = "overbelaggningar-per-100-sjukhus", "disponibla-vardplatser-manad"
MADE_UP = ((90, 9), (50, 6), (30, 6), (160, 8), (420, 21))
"""Available beds and overcrowding by hospital: made up."""


def monthly(month: str, rows: tuple[tuple[float, float], ...]) -> pl.DataFrame:
    codes = hospital_codes()
    count = len(rows)
    columns: dict[str, object] = {
        "manad": [month] * count,
        "sjukhus": [codes[name] for name in HOSPITALS],
        "vardform": ["somatisk"] * count,
    }
    for name, values in (
        ("disponibla", [beds for beds, _ in rows]),
        ("overbelaggningar", [over for _, over in rows]),
        ("utlokaliserade", [over for _, over in rows]),
    ):
        columns |= {name: [Decimal(str(value)) for value in values], f"{name}__status": ["observed"] * count}
    decimals = {name: pl.Decimal(12, 2) for name in ("disponibla", "overbelaggningar", "utlokaliserade")}
    return pl.DataFrame(columns, schema_overrides=decimals)


def test_a_months_file_becomes_beds_and_rates_of_the_region_and_its_hospitals(world):
    world.release("25", MODEL, monthly("2026-10", MADE_UP), "2026-10", provenance="made_up")
    run_worker()
    codes = hospital_codes()
    beds = {figure.key: figure.value for figure in figures_of(as_shown(current_table(db.session, BEDS, PUBLIC)))}
    assert beds["25/2026-10"] == 750
    table = current_table(db.session, RATE, PUBLIC)
    found = {figure.key: figure for figure in figures_of(as_shown(table))}
    assert table.provenance == "made_up"
    assert found["25/2026-10"].value == Decimal("6.7")  # 50 / 750; the mean of the hospitals would be 10.4
    assert found[f"25/2026-10/sjukhus/{codes['Kiruna sjukhus']}"].value == 20
    country = found["00/2026-10"]
    assert (country.value, country.status.value, country.delivered) == (None, "incomplete", 1)


def test_a_hospital_with_few_patients_waits_for_the_legal_reviewer(world):
    world.release("25", MODEL, monthly("2026-10", ((90, 9), (50, 6), (30, 2), (160, 8), (420, 21))), "2026-10")
    run_worker()
    assert current_table(db.session, RATE, PUBLIC) is None
    waiting = latest_version(db.session, RATE)
    assert waiting.state == "awaiting_review" and waiting.hidden >= 2


def test_of_beds_per_patient_the_patients_are_protected_though_beds_are_no_secret(world):
    """A hospital's 30 beds and 2 patients are 1,500 beds per 100 patients: whoever knows the beds knows the patients."""
    turned = {"slug": "platser-per-100", "element": "disponibla", "denominator": "overbelaggningar"}
    with by_hand() as session:
        publish(session, "measure", "platser-per-100", measure_contents()[RATE] | turned, world.steward)
    world.release("25", MODEL, monthly("2026-10", ((90, 9), (50, 6), (30, 2), (160, 8), (420, 21))), "2026-10")
    run_worker()
    waiting = latest_version(db.session, "platser-per-100")
    shown = {figure.key: figure.value for figure in figures_of(as_shown(waiting))}
    assert shown[f"25/2026-10/sjukhus/{hospital_codes()['Kiruna sjukhus']}"] is None
    assert waiting.hidden >= 2


def test_a_sum_that_is_hidden_is_not_told_beside_a_published_total(world):
    """A correction makes a region's figure small. The sum that is then hidden with it must stand in no finding either."""
    slug = "overbelaggningar-lan"
    total = {
        "period": "2026-10",
        "region": "00",
        "value": "2000",
        "explanation": {"sv": "Påhittad.", "en": "Made up."},
        "source": {"title": "Ingen (påhittad)"},
    }
    body = counted("overbelaggningar", slug, dimensions=[], decimals=0, known_totals=[total])
    with by_hand() as session:
        publish(session, "measure", slug, body, world.steward)
    regions = [code for code in world.organisations if code.isdigit()]
    first = {region: world.release(region, MODEL, one_place(region, 90), "2026-10") for region in regions}
    run_worker()
    before = latest_version(db.session, slug)
    assert before.state == "published" and "1\u00a0890" in json.dumps(
        [one.as_dict() for one in before.findings], ensure_ascii=False
    )
    world.release("25", MODEL, one_place("25", 3), "2026-10", corrects=first["25"], kind="replacement")
    run_worker()
    after = latest_version(db.session, slug)
    shown = {figure.key: figure.value for figure in figures_of(as_shown(after))}
    assert shown["25/2026-10"] is None and shown["00/2026-10"] is None
    assert "1\u00a0803" not in json.dumps([one.as_dict() for one in after.findings], ensure_ascii=False)


def counted(element: str, slug: str, **changes: object) -> dict[str, object]:
    """The starter's rate of overcrowding as a count measure of one of its elements (made up)."""
    body = {name: value for name, value in measure_contents()[RATE].items() if name not in ("denominator", "per")}
    return body | {"slug": slug, "element": element, "aggregation": "sum", **changes}


FEW_IN_KIRUNA = ((90, 9), (50, 6), (30, 2), (160, 8), (420, 21))


def hidden_in(slug: str) -> set[str]:
    return {one.key for one in figures_of(as_shown(latest_version(db.session, slug))) if one.status == "hidden"}


def decide_on(slug: str, actor) -> None:
    legal = actor("legal", (Role.LEGAL_REVIEWER, "nationell-uppfoljning"))
    with transaction() as session:
        version = session.get_one(TableVersion, latest_version(session, slug).id)
        answers = example_answers(counts_persons=True)
        publish_table(session, legal, NOW, version, reason="Made up.", answers=answers, replies={})


@pytest.mark.parametrize("is_withdrawn", [False, True], ids=["in-force", "withdrawn"])
def test_a_count_measure_that_comes_later_hides_what_the_rate_of_the_same_patients_hid(world, actor, is_withdrawn):
    """The number is no longer small when the count is first composed, but the rate still hides it: beds × rate is it."""
    first = world.release("25", MODEL, monthly("2026-10", FEW_IN_KIRUNA), "2026-10")
    run_worker()
    decide_on(RATE, actor)
    hidden = hidden_in(RATE)
    assert len(hidden) >= 2
    slug = "overbelaggningar-antal"
    with by_hand() as session:
        publish(session, "measure", slug, counted("overbelaggningar", slug), world.steward)
        if is_withdrawn:
            session.merge(world.measures[RATE]).state = State.WITHDRAWN
    corrected = monthly("2026-10", ((90, 9), (50, 6), (30, 20), (160, 8), (420, 21)))
    world.release("25", MODEL, corrected, "2026-10", corrects=first, kind="replacement")
    run_worker()
    assert hidden_in(slug) == hidden
    assert latest_version(db.session, slug).state == "awaiting_review"


def test_a_measure_of_other_rows_of_the_same_patients_cannot_be_published_where_the_rate_hides_some(world, actor):
    slug = "overbelaggningar-alla-vardformer"
    with by_hand() as session:
        publish(session, "measure", slug, counted("overbelaggningar", slug, where={}), world.steward)
    somatic = monthly("2026-10", FEW_IN_KIRUNA)
    other = somatic.with_columns(pl.lit("psykiatrisk").alias("vardform"), pl.lit(Decimal(9)).alias("overbelaggningar"))
    world.release("25", MODEL, pl.concat([other, somatic], how="vertical_relaxed"), "2026-10")
    run_worker()
    first, second = latest_version(db.session, slug), latest_version(db.session, RATE)
    assert first.state == "published", "composed first, with nothing to hide in it"
    assert second.state == "awaiting_review" and not second.protection.is_safe
    assert [one.code for one in second.protection.findings] == ["FOL-016"]
    with pytest.raises(Refused) as refusal:
        decide_on(RATE, actor)
    assert refusal.value.finding.code == "FOL-011"


def one_place(region: str, over: int) -> pl.DataFrame:
    """A region's month in which one of its hospitals has everything and the others nothing (made up)."""
    hospitals = sorted(hospital_codes(region).values()) or [f"{region}-x"]
    count = len(hospitals)
    columns: dict[str, object] = {"manad": ["2026-10"] * count, "sjukhus": hospitals, "vardform": ["somatisk"] * count}
    for name, value in (("disponibla", 500), ("overbelaggningar", over), ("utlokaliserade", over)):
        columns |= {name: [Decimal(value), *[Decimal(0)] * (count - 1)], f"{name}__status": ["observed"] * count}
    decimals = {name: pl.Decimal(12, 2) for name in ("disponibla", "overbelaggningar", "utlokaliserade")}
    return pl.DataFrame(columns, schema_overrides=decimals)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_spreadsheet_of_delivered_counts_names_the_deliveries_not_the_source_of_the_measure(world, app, language):
    release = world.release("25", MODEL, monthly("2026-10", MADE_UP), "2026-10")
    run_worker()
    client = app.test_client()
    client.set_cookie("language", language)
    rows = client.get(f"/uppfoljning/{BEDS}/tabell.csv").data.decode("utf-8-sig").splitlines()
    number = db.session.get_one(Delivery, release.delivery_id).number
    assert all(number in row and "Socialstyrelsen" not in row for row in rows[1:])
    assert client.get(f"/uppfoljning/{BEDS}/tabell.json").json["source"] is None


def test_a_file_sent_by_hand_in_a_demonstration_makes_its_table_made_up(world):
    release = world.release("25", MODEL, monthly("2026-10", MADE_UP), "2026-10", provenance="own")
    with by_hand() as session:
        session.get_one(Delivery, release.delivery_id).provenance = "made_up"
    run_worker()
    assert current_table(db.session, BEDS, PUBLIC).provenance == "made_up"


FEW = {
    "sv": ("9,7", "9,3 / 96", "täljarna", "Båda antalen summerade"),
    "en": ("9.7", "9.3 / 96", "numerators", "Both counts summed"),
}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_of_a_ratio_speak_of_counts_and_quotients_not_of_sums(world, app, actor, language):
    """9.3 of 96 beds are 9.6875 per 100; one hospital's two patients are fewer than the threshold."""
    world.release("25", MODEL, monthly("2026-10", ((96, 9.3), (50, 6), (30, 2), (160, 8), (420, 21))), "2026-10")
    run_worker()
    waiting = latest_version(db.session, RATE)
    legal = actor("legal", (Role.LEGAL_REVIEWER, "nationell-uppfoljning"))
    client = app.test_client()
    client.post("/logga-in", data={"login": "legal", "password": PASSWORD})
    client.set_cookie("language", language)
    value, beds, numerators, summed = FEW[language]
    page = read(client.get(f"/granskning/tabell/{waiting.id}/"))
    before, after = (
        [" ".join("".join(cell.itertext()).split()) for cell in page.find(f"//table[starts-with(@id, '{which}')]//td")]
        for which in ("fore-", "efter-")
    )
    assert f"{value} {beds}" in before
    assert [cell for cell in before if "2 / 30" in cell], "the numerator that is too small, and what it is divided by"
    assert not [cell for cell in after if "/" in cell], "what is published has the ratio alone"
    assert numerators in page.text
    with transaction() as session:
        version = session.get_one(TableVersion, waiting.id)
        answers = example_answers(counts_persons=True)
        publish_table(session, legal, NOW, version, reason="Made up.", answers=answers, replies={})
    page = read(client.get(f"/uppfoljning/{RATE}/siffra/25/2026-10"))
    assert summed in page.text
    country = read(client.get(f"/uppfoljning/{RATE}"))
    assert {"sv": "Kvoten för riket visas inte", "en": "The ratio for the country is not shown"}[
        language
    ] in country.text
