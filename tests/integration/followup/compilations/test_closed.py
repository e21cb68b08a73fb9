"""A compilation that a rule closes is closed on every road, and what is open does not give it back."""

import html
import json
import re
from collections.abc import Iterable

import pytest
from sqlalchemy import select

from registry.actors import PUBLIC, Role
from registry.db import db
from registry.errors import Refused
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.audiences import Audience
from submission_portal.followup.compilations.closing import Opening
from submission_portal.followup.compilations.queries import Openings
from submission_portal.followup.gateway import current_table
from submission_portal.followup.queries import figure_of, figures_of
from tests.factories.compilations import (
    BEDS,
    DAY,
    FINE,
    IVA,
    WARDS,
    YEAR,
    YEARLY,
    decide,
    intensive_care,
    open_regions,
    view,
    wards_of_two,
)
from tests.factories.released_figures import REGIONS, available, run_worker
from tests.pages import read
from tests.shown import as_shown

RECIPIENT = "nationell-uppfoljning"
FEW = ("24", "25")
"""Whose addresses are walked every day; those of all regions in the soak."""
FEW_AND_ALL = (pytest.param(FEW, id="few"), pytest.param(REGIONS, id="all", marks=pytest.mark.soak))


def addresses(
    app, slug: str, keys: Iterable[str], periods: Iterable[str], regions: Iterable[str] = REGIONS
) -> list[str]:
    """Every public address of a measure's figures, with each question that its pages take."""
    found = set()
    table = current_table(db.session, slug, PUBLIC)
    numbers = list(db.session.scalars(select(Delivery.number)))
    fills = {
        "slug": [slug], "number": ["1"], "key": list(keys), "code": [*regions, "00"], "extension": ["csv", "json", "xlsx", "parquet"],
        "ref": [*(f"{slug}/{key}" for key in keys), table.ref, table.content_hash, *numbers, *(f"figure:{table.id}/{key}" for key in keys)],
    }  # fmt: skip
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith(("followup.", "start.", "pages.")) or "GET" not in rule.methods:
            continue
        filled = [rule.rule]
        for argument in rule.arguments:
            filled = [
                re.sub(rf"<(?:[^<>:]+:)?{argument}>", value, one)
                for one in filled
                for value in fills.get(argument, ["25"])
            ]
        found |= set(filled)
    asked = {
        *(f"/uppfoljning/{slug}?period={one}" for one in periods),
        *(f"/uppfoljning/{slug}?sida={number}" for number in (1, 2)),
        *(f"/uppfoljning/{slug}/tabell.{ext}?{question}" for ext in ("csv", "json")
          for question in ("version=1", *(f"region={one}" for one in regions), *(f"period={one}" for one in periods))),
        *(f"/uppfoljning/{slug}/siffra/{key}?version=1" for key in keys),
        *(f"/spar/?q={word}" for word in ("norrbotten", "sjukhus", "intensivvård", "kiruna", slug)),
    }  # fmt: skip
    return sorted(found | asked | {one + ("&" if "?" in one else "?") + "krets=alla" for one in asked})


NUMBERS = re.compile(r"(?<![0-9a-f])(?:\d{1,3}(?:[\u00a0\u202f]\d{3})+|\d+)(?![0-9a-f])")
"""Numbers as pages and files write them; what stands in the middle of a hash is none."""


def numbers_in(client, wanted: Iterable[str]) -> set[int]:
    """Every number that some reader finds by walking addresses."""
    found: set[int] = set()
    for address in wanted:
        answer = client.get(address)
        assert answer.status_code < 500, address
        if answer.status_code == 200:
            text = html.unescape(answer.get_data(as_text=True))
            found |= {int(re.sub(r"\D", "", one)) for one in NUMBERS.findall(text) if len(one) < 12}
    return found


def searched(client, values: Iterable[int]) -> set[int]:
    """The values that a search for figures by their value finds, in what the reader has or in what everybody has."""

    def finds(value: int, more: str) -> bool:
        return "/siffra/" in client.get(f"/spar/?q={value}{more}").text.split("<main", 1)[-1]

    return {one for one in values if finds(one, "") or finds(one, "&krets=alla")}


def walk(app, regions: Iterable[str]) -> list[str]:
    """Every address of the figures of some regions and of the country."""
    return addresses(app, IVA, [f"{code}/{YEAR}" for code in (*regions, "00")], [YEAR], regions)


READERS = {"public": (), "recipient": ((Role.RECIPIENT, RECIPIENT),), "another region": ((Role.DATA_OFFICER, "24"),)}


@pytest.mark.parametrize("regions", FEW_AND_ALL)
@pytest.mark.parametrize("who", READERS)
def test_nobody_can_collect_what_is_closed(app, iva, actor, signed_in, who, regions):
    """Every page, file, trace and search is walked; of the regions' numbers a reader finds those of their own region at most."""
    client = signed_in(actor("lasare", *READERS[who])) if READERS[who] else app.test_client()
    found = numbers_in(client, walk(app, regions)) & set(BEDS.values())
    own = {BEDS["24"]} if who == "another region" else set()
    assert found == own
    assert searched(client, (BEDS[one] for one in regions)) == own
    total = sum(BEDS.values())
    assert searched(client, [total]) == {total}, "the country stays open"


@pytest.mark.parametrize("regions", FEW_AND_ALL)
def test_the_collecting_finds_what_is_open(app, iva, reviewer, regions):
    """The walk would see the numbers if they were there."""
    decide(reviewer, view(iva), *REGIONS)
    client = app.test_client()
    theirs = {BEDS[one] for one in regions}
    assert numbers_in(client, walk(app, regions)) >= theirs
    assert searched(client, theirs) == theirs


@pytest.mark.parametrize(
    ("left", "walked"),
    [(1, FEW), (2, FEW), (3, FEW), pytest.param(2, REGIONS, id="2, all", marks=pytest.mark.soak)],
)
def test_a_partly_opened_set_leaves_nothing_that_can_be_worked_out(app, iva, reviewer, left, walked):
    """Whoever takes the opened regions from the country gets the sum of the others: no country where they are few."""
    opened = REGIONS[left:]
    decide(reviewer, view(iva), *opened)
    shown = as_shown(current_table(db.session, IVA, PUBLIC), PUBLIC)
    country, parts = figure_of(shown, f"00/{YEAR}"), figures_of(shown, but="00")
    assert {one.region for one in parts if one.value is not None} == set(opened)
    assert (country.value is None) is (left <= 2)
    found = numbers_in(app.test_client(), walk(app, {*REGIONS[:left], *walked}))
    assert found & {BEDS[one] for one in REGIONS[:left]} == set()
    assert (sum(BEDS.values()) in found) is (left > 2)


def test_a_region_reads_its_own_figures_always(iva, actor, signed_in):
    officer = actor("norrbotten", (Role.DATA_OFFICER, "25"))
    page = read(signed_in(officer).get(f"/uppfoljning/{IVA}/siffra/25/{YEAR}"))
    assert str(BEDS["25"]) in re.sub(r"\D", "", page.text)
    shown = as_shown(current_table(db.session, IVA, officer), officer)
    assert {one.region for one in figures_of(shown, but="00") if one.value is not None} == {"25"}


def test_a_closed_cell_says_which_rule_closes_it_and_what_would_open_it(iva, client):
    for path in (f"/uppfoljning/{IVA}", f"/uppfoljning/{IVA}/region/25", f"/uppfoljning/{IVA}/siffra/25/{YEAR}"):
        page = read(client.get(path))
        for words in (
            "kräver beslut",
            "OSL 18:13",
            "Kapacitet i intensivvården",
            "mottagarens rättsgranskare beslutar",
        ):
            assert words in page.text, (path, words)
        assert "dold" not in page.text
    page = read(client.get(f"/uppfoljning/{IVA}"))
    assert "21 av 21" in page.text or "Alla 21" in page.text, "what is closed is not missing"
    client.get("/sprak/en")
    english = read(client.get(f"/uppfoljning/{IVA}/siffra/25/{YEAR}"))
    assert "needs a decision" in english.text and "Intensive-care capacity" in english.text


def test_files_say_what_is_closed(iva, client):
    body = json.loads(client.get(f"/uppfoljning/{IVA}/tabell.json").data)
    assert [(one["rule"], one["figures"]) for one in body["closed"]] == [("intensive-care-capacity", 21)]
    (one,) = [figure for figure in body["figures"] if figure["key"] == f"25/{YEAR}"]
    assert (one["value"], one["status"]) == (None, "needs_decision")
    rows = client.get(f"/uppfoljning/{IVA}/tabell.csv").get_data(as_text=True)
    assert rows.count("kräver beslut") == 21


def test_another_measure_of_the_same_rows_is_closed_with_it(iva, client):
    """The figures are the same, whatever they are called."""
    body = json.loads(client.get("/uppfoljning/disponibla-vardplatser/tabell.json").data)
    assert [one["rule"] for one in body["closed"]] == ["intensive-care-capacity"]


def test_files_are_as_before_where_nothing_is_closed(client, norrbotten):
    body = json.loads(client.get("/uppfoljning/faststallda-vardplatser/tabell.json").data)
    assert "closed" not in body and {one["status"] for one in body["figures"]} == {"observed"}


def test_commands_close_it_too_and_say_so(app, iva):
    runner = app.test_cli_runner()
    result = runner.invoke(args=["followup", "figures", IVA, "--region", "25"])
    assert result.exit_code == 1 and str(BEDS["25"]) not in result.output
    assert "OSL 18:13" in result.stderr
    for args in (["figures", IVA, "--json"], ["figures", IVA], ["export", IVA], ["export", IVA, "--format", "json"]):
        result = runner.invoke(args=["followup", *args])
        assert result.exit_code == 0, result.output
        assert not [one for one in BEDS.values() if str(one) in result.stdout], args
    traced = runner.invoke(args=["trace", f"{IVA}/25/{YEAR}"])
    assert "OSL 18:13" in traced.output and str(BEDS["25"]) not in traced.output


def test_wards_by_day_are_closed_level_by_level(app, world, reviewer):
    wards_of_two(world)
    table = current_table(db.session, WARDS, PUBLIC)
    everywhere = [one.key for one in figures_of(as_shown(table))]
    below = {int(one.value) for one in figures_of(as_shown(table)) if one.place}
    client = app.test_client()
    found = numbers_in(client, addresses(app, WARDS, everywhere, [DAY], FEW))
    assert found & below == set()
    assert {int(one.value) for one in figures_of(as_shown(table), are_whole=True)} <= found, "regions stay open"
    wards = view(world, measure=WARDS, rule=FINE, level=2, kind="day")
    with pytest.raises(Refused) as refused:
        decide(reviewer, wards, "24", "25")
    assert refused.value.finding.code == "VIEW-004"
    decide(reviewer, view(world, measure=WARDS, rule=FINE, level=1, kind="day"), "24", "25")
    shown = as_shown(current_table(db.session, WARDS, PUBLIC), PUBLIC)
    assert {len(one.place) for one in figures_of(shown) if one.value is not None} == {0, 1}
    decide(reviewer, wards, "25")
    shown = as_shown(current_table(db.session, WARDS, PUBLIC), PUBLIC)
    assert {one.region for one in figures_of(shown, depth=2) if one.value is not None} == {"25"}


def test_what_was_open_while_one_region_had_delivered_is_closed_in_its_old_version_too(app, world):
    intensive_care(world, ("25",))
    assert open_regions(IVA, PUBLIC) == {"25"}, "one region is no compilation"
    world.release("24", YEARLY, available("24", 2024, BEDS["24"]), YEAR)
    run_worker()
    client = app.test_client()
    for number in (1, 2):
        body = json.loads(client.get(f"/uppfoljning/{IVA}/tabell.json?version={number}").data)
        assert {one["status"] for one in body["figures"] if one["region"] != "00" and one["period"] == YEAR} <= {
            "needs_decision"
        }


def test_no_hash_lets_anybody_try_a_regions_number(app, iva, actor, signed_in):
    """A delivery with one number has few possible contents: its hashes are for the parties alone while it is part of a compilation."""
    delivery = db.session.scalars(select(Delivery).order_by(Delivery.number)).first()
    owner = signed_in(actor("stockholm", (Role.DATA_OFFICER, "01")))
    walked = (
        f"/leveranser/{delivery.number}/",
        f"/spar/{delivery.number}",
        f"/spar/delivery:{delivery.id}",
        f"/spar/{IVA}/01/{YEAR}",
    )
    for path in walked:
        text = app.test_client().get(path, follow_redirects=True).get_data(as_text=True).replace(" ", "")
        assert delivery.file_sha256 not in text and delivery.content_hash not in text, path
    assert app.test_client().get(f"/spar/{delivery.file_sha256}").status_code == 404
    assert owner.get(f"/spar/{delivery.file_sha256}").status_code == 200


def test_what_two_recipients_open_is_put_together_when_a_sum_is_judged(iva, reviewer, world):
    """The country less what one has opened is what the other has not: whoever reads both has the last region."""
    other = world.organisations["forvaltare"].id
    openings = openings_from(
        (view(iva).organisation_id, "public", REGIONS[3:]),
        (other, "public", REGIONS[:2]),
        (other, "recipient", REGIONS[2:3]),
    )
    public, theirs = openings.known
    named = {frozenset(region for one in each for region in one.regions) for each in (public, theirs)}
    assert named == {frozenset(REGIONS) - {REGIONS[2]}, frozenset(REGIONS)}
    assert openings.to(Audience.PUBLIC, other, IVA) == {
        Opening("intensive-care-capacity", 0, "year", 0, frozenset(REGIONS[:2]))
    }


def openings_from(*named: tuple[str, str, tuple[str, ...]]) -> Openings:
    return Openings(
        tuple(
            (whose, IVA, Audience(audience), Opening("intensive-care-capacity", 0, "year", 0, frozenset(regions)))
            for whose, audience, regions in named
        )
    )
