"""*Editorial* is no class for what is computed to break deliveries or to count something else, without a reason that overrules it."""

import pytest

from information_models import gravity
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.errors import Refused
from registry.events import Event
from registry.items import queries as items
from registry.items import services
from registry.items.change_sets import writing
from registry.items.lifecycle import Change, State
from registry.items.starter import publish_loaded
from registry.items.tables import Version
from tests.conftest import NOW
from tests.pages import read

DAILY = "dagliga-vardplatser-per-avdelning"
WHY = "Enheten skrevs fel i version 1; det som räknas är detsamma."


def drafted(modeller, kind, slug, change) -> str:
    """A draft of the item's next version, with its content changed in place by ``change``."""
    with transaction() as session:
        item = items.item_by_slug(session, kind, slug)
        content = items.current_by_slug(session, kind, slug).content
        change(content)
        return services.draft_successor(session, modeller, NOW, item=item, content=content, reason="Prov.").id


def sent(modeller, version_id, change=Change.EDITORIAL, overruling="") -> Version:
    with transaction() as session:
        services.submit(
            session, modeller, NOW, session.get_one(Version, version_id), change=change, overruling=overruling
        )
    db.session.expire_all()
    return db.session.get_one(Version, version_id)


def other_unit(content) -> None:
    value = next(one for one in content["elements"] if one["role"] == "value")
    value["unit"] = {"sv": "dygn", "en": "days"}


def moved_alias(content) -> None:
    one, other = content["codes"][:2]
    other["aliases"] = [*other.get("aliases", ()), one["label"]["sv"]]
    one["label"] = {"sv": "Något annat sjukhus", "en": "Some other hospital"}


def reworded(content) -> None:
    """Other marks and letters, and no other word."""
    content["description"] = {name: said.rstrip(".").upper() for name, said in content["description"].items()}


def told_otherwise(content) -> None:
    value = next(one for one in content["elements"] if one["role"] == "value")
    value["description"] = {"sv": "Vårdplatser som inte kan disponeras.", "en": "Beds that are not available."}


def other_place_of_measure(content) -> None:
    content["where"] = {**content["where"], content["period_element"]: None}


@pytest.mark.parametrize(
    ("kind", "slug", "change", "said"),
    [
        (MODEL, DAILY, other_unit, "har en annan enhet"),
        (MODEL, DAILY, told_otherwise, "är omskrivet"),
        (CODE_LIST, "sjukhus", moved_alias, "läses annorlunda"),
        (MEASURE, "faststallda-vardplatser", other_place_of_measure, "räknar andra rader"),
    ],
)
def test_a_change_of_meaning_is_no_editorial_one_without_a_reason(modeller, kind, slug, change, said):
    version_id = drafted(modeller, kind, slug, change)
    for overruling in ("", " . "):
        with pytest.raises(Refused) as refused:
            sent(modeller, version_id, overruling=overruling)
        assert refused.value.finding.code == "ITEM-024"
        assert said in refused.value.finding.params["what"].sv
    found = sent(modeller, version_id, overruling=WHY)
    assert (found.state, found.change, found.overruling) == (State.IN_REVIEW, Change.EDITORIAL, WHY)
    event = db.session.query(Event).filter_by(type="VersionSubmitted", subject=found.ref).one()
    assert event.data["overruling"] == WHY


@pytest.mark.parametrize(("change", "classed"), [(reworded, Change.EDITORIAL), (other_unit, Change.DIFFERENT)])
def test_what_is_reworded_or_classed_by_what_it_means_needs_none_and_keeps_none(modeller, change, classed):
    assert sent(modeller, drafted(modeller, MODEL, DAILY, change), classed, overruling=WHY).overruling == ""


def test_the_page_asks_for_the_reason_and_shows_it_to_who_decides(signed_in, modeller, colleague):
    author, version_id = signed_in(modeller), drafted(modeller, MODEL, DAILY, other_unit)
    address = f"/granskning/version/{version_id}"
    page = read(author.get(address))
    assert "Registret räknar fram mer än en ändrad ordalydelse" in page.text and "har en annan enhet" in page.text
    page = read(author.post(f"{address}/skicka", data={"change": "editorial"}), status=409)
    assert "skriv varför den är redaktionell ändå" in page.text
    page = read(
        author.post(f"{address}/skicka", data={"change": "editorial", "overruling": WHY}, follow_redirects=True)
    )
    assert WHY in page.text
    assert WHY in read(signed_in(colleague).get(address)).text


def lower_bound(content) -> None:
    value = next(one for one in content["elements"] if one["name"] == "disponibla")
    value["maximum"] = "100"


@pytest.mark.parametrize(
    ("kind", "slug", "change", "said"),
    [
        (MODEL, DAILY, lower_bound, ["har snävare gränser", "disponibla «500»", "Disponibla vårdplatser ligger utanför gränserna"]),
        (CODE_LIST, "sjukhus", moved_alias, ["läses annorlunda", "I filen", "Kod finns inte i kodlistan"]),
        (MEASURE, "faststallda-vardplatser", other_place_of_measure, ["räknar andra rader", "ändrad betydelse"]),
    ],
)  # fmt: skip
def test_who_proposes_and_who_decides_see_what_it_does_and_rows_that_show_it(
    signed_in, modeller, colleague, kind, slug, change, said
):
    version_id = drafted(modeller, kind, slug, change)
    address = f"/granskning/version/{version_id}"
    proposed = read(signed_in(modeller).get(address)).find("//section[@aria-labelledby='vad-andringen-gor']")
    sent(modeller, version_id, Change.DIFFERENT)
    decided = read(signed_in(colleague).get(address)).find("//section[@aria-labelledby='vad-andringen-gor']")
    for section in (*proposed, *decided):
        text = " ".join("".join(section.itertext()).split())
        assert all(words.lower() in text.lower() for words in said), text
    assert len(proposed) == len(decided) == 1


def test_in_a_change_set_nothing_overrules_it(signed_in, modeller):
    author, version_id = signed_in(modeller), drafted(modeller, MODEL, DAILY, other_unit)
    with transaction() as session:
        version = session.get_one(Version, version_id)
        made = writing.create(session, modeller, NOW, organisation_id=version.organisation_id, title="Paket")
        writing.put_in(session, modeller, NOW, made, version)
        set_id = made.id
    answer = author.post(f"/andringspaket/{set_id}/skicka", data={f"klass-{version_id}": "editorial"})
    assert "är klassad som redaktionell, och registret räknar fram mer" in read(answer, status=409).text
    db.session.expire_all()
    assert db.session.get_one(Version, version_id).state == State.DRAFT
    answer = author.post(f"/andringspaket/{set_id}/skicka", data={f"klass-{version_id}": "different"})
    assert answer.status_code == 302


def test_each_wording_between_two_counts_and_not_only_the_last(modeller):
    hashes = []
    for change in (None, Change.MEANING, Change.EDITORIAL):
        with transaction() as session:
            item = items.item_by_slug(session, CODE_LIST, "sjukhus")
            current = items.current_by_slug(session, CODE_LIST, "sjukhus")
            if change is not None:
                content = {**current.content, "title": {"sv": f"Sjukhus {change}", "en": f"Hospitals {change}"}}
                draft = services.draft_successor(session, SYSTEM, NOW, item=item, content=content)
                publish_loaded(session, NOW, draft, change=change, valid_from=None)
            hashes.append(items.current_by_slug(session, CODE_LIST, "sjukhus").content_hash)
    first, meaning, last = hashes
    wordings = gravity.Wordings(db.session, hashes)
    assert wordings.among({meaning}, {last}) == {last}
    assert wordings.among({first}, {last}) == frozenset()
    assert wordings.among({last}, {first}) == frozenset()


def broken_rule(content) -> None:
    content["rules"][0].update(expression="finns_inte > (", severity="error")


def broken_pattern(content) -> None:
    next(one for one in content["elements"] if one["type"] == "text")["pattern"] = "(a+)+["


def unbound_list(content) -> None:
    next(one for one in content["elements"] if one["type"] == "code")["code_list_version"] = None


def emptied(content) -> None:
    content.update(key=["finns_inte"], period_element="finns_inte", region_element="finns_inte")
    content["elements"] = content["elements"][:1]


def endless(content) -> None:
    content["codes"][0].update(valid_from="0001-01-01", valid_to="9999-12-31")
    content["codes"][1].update(valid_from="2020-01-01", valid_to="2019-01-01")


@pytest.mark.parametrize(
    ("kind", "slug", "change"),
    [(MODEL, DAILY, one) for one in (broken_rule, broken_pattern, unbound_list, emptied)]
    + [(CODE_LIST, "sjukhus", endless)],
)
def test_a_draft_with_faults_has_its_pages_all_the_same(signed_in, modeller, kind, slug, change):
    author, version_id = signed_in(modeller), drafted(modeller, kind, slug, change)
    assert "Vad ändringen gör" in read(author.get(f"/granskning/version/{version_id}")).text
    path = "" if kind == MODEL else "kodlistor/"
    assert read(author.get(f"/modeller/{path}{slug}/")).text
