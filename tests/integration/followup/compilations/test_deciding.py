"""A decision opens exactly the view that it names, by page, by command and on both databases."""

import json
import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import func, select

from registry.actors import PUBLIC, Role
from registry.db import db
from registry.errors import Forbidden, Invalid, Refused
from registry.events import Event
from registry.hands import Act
from submission_portal.followup.compilations.tables import CompilationDecision
from tests.factories.compilations import (
    BEDS,
    FINE,
    IVA,
    YEAR,
    decide,
    end,
    open_regions,
    refusals,
    view,
)
from tests.factories.legal_answers import example_answers
from tests.factories.released_figures import NOW, REGIONS

RECIPIENT = "nationell-uppfoljning"


def test_a_decision_opens_exactly_the_view_that_it_names(iva, reviewer, actor):
    follower = actor("mottagare", (Role.RECIPIENT, RECIPIENT))
    three = ("01", "03", "04")
    decide(reviewer, view(iva, "recipient"), *three)
    assert open_regions(IVA, follower) == set(three)
    assert open_regions(IVA, PUBLIC) == set(), "for the recipient is not for everybody"
    decide(reviewer, view(iva, "recipient"), *three, "05")
    assert open_regions(IVA, follower) == {*three, "05"}
    assert db.session.scalar(select(func.count()).where(CompilationDecision.ended_at.is_(None))) == 1
    decide(reviewer, view(iva, "public"), *three)
    assert open_regions(IVA, PUBLIC) == set(three)


def test_another_year_of_the_same_regions_is_in_the_view_and_another_age_is_not(iva, reviewer, world):
    age = (date(2026, 11, 30) - date(2024, 12, 31)).days
    with time_machine.travel(datetime(2026, 11, 30, 12, tzinfo=UTC), tick=False):
        decide(reviewer, view(iva), *REGIONS, age=age)
        assert open_regions(IVA, PUBLIC) == set(REGIONS)
        decide(reviewer, view(iva), *REGIONS, age=age + 1)
        assert open_regions(IVA, PUBLIC) == set()


def test_two_decisions_never_make_a_view_that_neither_names(iva, reviewer):
    """What everybody reads the recipient reads too, so that the public's regions must be among the recipient's."""
    decide(reviewer, view(iva, "recipient"), "01", "03")
    with pytest.raises(Refused) as refused:
        decide(reviewer, view(iva, "public"), "04", "05")
    assert refused.value.finding.code == "VIEW-005"
    decide(reviewer, view(iva, "public"), "03")
    with pytest.raises(Refused):
        decide(reviewer, view(iva, "recipient"), "01")


def test_a_decision_runs_out_after_its_last_day(iva, reviewer):
    last = date(2026, 12, 1)
    decide(reviewer, view(iva), *REGIONS, until=last)
    with time_machine.travel(datetime(2026, 12, 1, 22, 59, tzinfo=UTC), tick=False):
        assert open_regions(IVA, PUBLIC) == set(REGIONS)
    with time_machine.travel(datetime(2026, 12, 1, 23, 1, tzinfo=UTC), tick=False):  # midnight in Sweden
        assert open_regions(IVA, PUBLIC) == set()


def test_ending_a_decision_closes_the_view_at_once_and_can_be_done_once(iva, reviewer):
    decide(reviewer, view(iva), *REGIONS)
    end(reviewer, view(iva))
    assert open_regions(IVA, PUBLIC) == set()
    with pytest.raises(Refused) as refused:
        end(reviewer, view(iva))
    assert refused.value.finding.code == "VIEW-007"
    types = list(
        db.session.scalars(select(Event.type).where(Event.subject.startswith("compilation:")).order_by(Event.number))
    )
    assert types == ["CompilationDecided", "CompilationEnded"]
    acts = select(Act.type).where(Act.object == f"series:{IVA}", Act.person_id == reviewer.person_id)
    assert list(db.session.scalars(acts)) == types


def test_bad_decisions_are_refused_with_what_is_wrong(iva, reviewer, actor):
    cases = [
        (view(iva, rule=FINE), {"01"}, {}, "VIEW-002"),
        (view(iva, kind="month"), {"01"}, {}, "VIEW-002"),
        (view(iva, level=1), {"01"}, {}, "VIEW-002"),
        (view(iva, rule="nothing"), {"01"}, {}, "VIEW-002"),
        (view(iva), {"77"}, {}, "VIEW-003"),
        (view(iva), {"01"}, {"reason": " "}, "VIEW-009"),
        (view(iva), {"01"}, {"until": date(2026, 11, 1)}, "VIEW-006"),
        (view(iva), {"01"}, {"age": -1}, "VIEW-010"),
    ]
    for what, regions, given, code in cases:
        with pytest.raises(Refused) as refused:
            decide(reviewer, what, *regions, **given)
        assert refused.value.finding.code == code
    with pytest.raises(Invalid):
        decide(reviewer, view(iva), "01", answers={})
    for person in (actor("m", (Role.RECIPIENT, RECIPIENT)), actor("q", (Role.QUALITY_REVIEWER, RECIPIENT))):
        with pytest.raises(Forbidden):
            decide(person, view(iva), "01")
    assert open_regions(IVA, PUBLIC) == set()
    assert decide(reviewer, view(iva)).outcome == "keep_closed"


def test_nobody_who_stands_for_a_region_decides(iva, actor):
    both = actor("bada", (Role.LEGAL_REVIEWER, RECIPIENT), (Role.DATA_OFFICER, "25"))
    with pytest.raises(Refused) as refused:
        decide(both, view(iva), "01")
    assert refused.value.finding.code == "VIEW-008"


def invoke(app, *args: str):
    return app.test_cli_runner().invoke(args=["followup", "compilations", *args])


def test_commands_list_decide_and_end_as_the_pages_do(app, iva, reviewer, tmp_path):
    given = {
        key: {"choice": answer.choice, "reason": answer.reason}
        for key, answer in example_answers(counts_persons=False).items()
    }
    (tmp_path / "answers.json").write_text(json.dumps(given))
    named = (IVA, "intensive-care-capacity/public/0/year", "--as", "rattsgranskare")
    listed = invoke(app, "list", "--as", "rattsgranskare")
    assert listed.exit_code == 0 and "intensive-care-capacity/public/0/year" in listed.output
    assert "waits for a decision" in listed.output
    opening = ("--outcome", "open", "--reason", "Gammalt.", "--region", "01", "--region", "03")
    asked = invoke(app, "decide", *named, *opening, "--json")
    assert asked.exit_code == 1 and not json.loads(asked.stdout)["decided"]
    done = invoke(app, "decide", *named, *opening, "--answers", str(tmp_path / "answers.json"), "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["decision"]["regions"] == ["01", "03"]
    assert open_regions(IVA, PUBLIC) == {"01", "03"}
    ended = invoke(app, "end", *named, "--reason", "Läget är ett annat.")
    assert ended.exit_code == 0 and "waits for a decision" in ended.output
    assert invoke(app, "end", *named, "--reason", "Igen.").exit_code == 1
    rows = json.loads(invoke(app, "list", "--as", "rattsgranskare", "--json").stdout)
    assert {row["view"] for row in rows if row["measure"] == IVA} == {
        f"intensive-care-capacity/{audience}/0/year" for audience in ("public", "recipient")
    }


@pytest.mark.parametrize(
    "args, status, words",
    [
        (("decide", IVA, "nothing", "--outcome", "open", "--reason", "Prövat."), 2, "These are there: intensive-care"),
        (("decide", IVA, "intensive-care-capacity/public/0/year", "--outcome", "open", "--reason", "Prövat.", "--until", "x"), 2, "is no day"),
        (("decide", IVA, "intensive-care-capacity/public/0/year", "--outcome", "open", "--reason", "Prövat."), 1, "VIEW-003"),
        (("decide", IVA, "intensive-care-capacity/public/0/year", "--outcome", "keep_closed", "--reason", " "), 1, "VIEW-009"),
    ],
)  # fmt: skip
def test_commands_say_what_is_wrong(app, iva, reviewer, args, status, words):
    result = invoke(app, *args, "--as", "rattsgranskare")
    assert result.exit_code == status and words in result.stderr


def test_commands_decide_for_nobody_else(app, iva, actor):
    actor("mottagare", (Role.RECIPIENT, RECIPIENT))
    assert invoke(app, "list", "--as", "mottagare").exit_code == 2
    assert invoke(app, "list", "--as", "nobody").exit_code == 2


def test_decisions_refusals_and_tags_are_the_same_on_both_databases(iva_anywhere, reviewer):
    app, world = iva_anywhere

    def asked() -> tuple[str | None, bool]:
        answer = app.test_client().get(f"/uppfoljning/{IVA}/siffra/25/{YEAR}")
        return answer.headers.get("ETag"), str(BEDS["25"]) in re.sub(r"[\s\u00a0\u202f]", "", answer.text)

    with time_machine.travel(NOW, tick=False):
        closed = [asked(), asked()]
        decide(reviewer, view(world), *REGIONS)
        decide(reviewer, view(world), *REGIONS)
        opened = asked()
        end(reviewer, view(world))
        again = asked()
    assert [seen for _, seen in (*closed, opened, again)] == [False, False, True, False]
    assert closed[0] == closed[1] and len({closed[0][0], opened[0], again[0]}) == 3
    assert refusals() == [(None, "figure")]
    assert db.session.scalar(select(func.count()).select_from(CompilationDecision)) == 2
