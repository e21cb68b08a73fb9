"""What closed compilations leave behind: an event for who asked, and the tag by which pages are kept."""

from datetime import timedelta

import pytest
import time_machine

from registry.actors import PUBLIC, Role
from registry.db import db
from submission_portal.followup.gateway import current_table
from tests.factories.compilations import (
    IVA,
    YEAR,
    decide,
    end,
    refusals,
    view,
)
from tests.factories.released_figures import NOW, REGIONS

RECIPIENT = "nationell-uppfoljning"


def test_whoever_asks_for_a_closed_view_leaves_an_event_once_a_day(app, iva, actor, signed_in):
    client, officer = app.test_client(), actor("kronoberg", (Role.DATA_OFFICER, "24"))
    with time_machine.travel(NOW, tick=False):
        for _ in range(3):
            client.get(f"/uppfoljning/{IVA}/siffra/25/{YEAR}")
            client.get(f"/uppfoljning/{IVA}/tabell.csv")
        theirs = signed_in(officer)
        for path in (f"/uppfoljning/{IVA}/region/25", f"/spar/{IVA}/25/{YEAR}", f"/uppfoljning/{IVA}/siffra/24/{YEAR}"):
            theirs.get(path)
    assert refusals() == [(None, "figure"), (officer.person_id, "region")]
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        client.get(f"/spar/figure:{current_table(db.session, IVA, PUBLIC).id}/25/{YEAR}")
    assert refusals()[2:] == [(None, "trace")]


@pytest.mark.parametrize(
    "road, path",
    [
        ("figure", "/uppfoljning/{slug}/siffra/25/2024"),
        ("region", "/uppfoljning/{slug}/region/25"),
        ("period", "/uppfoljning/{slug}?period=2024"),
        ("file", "/uppfoljning/{slug}/tabell.csv"),
        ("file", "/uppfoljning/{slug}/tabell.json?region=25"),
        ("trace", "/spar/{slug}/25/2024"),
    ],
)
def test_each_road_is_named(iva, client, road, path):
    client.get(path.format(slug=IVA), follow_redirects=True)
    assert refusals() == [(None, road)]


def test_a_command_is_a_road_too(app, iva):
    app.test_cli_runner().invoke(args=["followup", "figures", IVA, "--region", "25"])
    assert refusals() == [(None, "command")]


def test_a_page_that_names_no_closed_view_leaves_nothing(iva, client):
    for path in ("/uppfoljning/", f"/uppfoljning/{IVA}", f"/uppfoljning/{IVA}/siffra/00/{YEAR}", "/spar/?q=norrbotten"):
        assert client.get(path).status_code == 200
    assert refusals() == []


def test_the_public_tag_follows_what_is_opened_to_anybody_and_nothing_else(app, iva, reviewer):
    def tag() -> str | None:
        return app.test_client().get(f"/uppfoljning/{IVA}").headers.get("ETag")

    with time_machine.travel(NOW, tick=False):
        first = tag()
        app.test_client().get(f"/uppfoljning/{IVA}/siffra/25/{YEAR}")
        assert tag() == first, "that somebody was refused changes nothing for others"
        decide(reviewer, view(iva))
        assert tag() == first, "nothing was opened"
        decide(reviewer, view(iva, "recipient"), *REGIONS)
        to_recipient = tag()
        assert to_recipient != first, "what one audience may read may close a sum to others"
        decide(reviewer, view(iva), *REGIONS)
        opened = tag()
        end(reviewer, view(iva))
        assert len({first, to_recipient, opened, tag()}) == 4
