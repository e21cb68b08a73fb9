"""Figures and traces on the command line: words for people, JSON for machines, exit statuses for both."""

import json

import pytest

from registry.actors import PUBLIC
from registry.db import db
from submission_portal.followup.gateway import current_table

MODEL, MEASURE = "faststallda-vardplatser-per-sjukhus", "faststallda-vardplatser"


@pytest.fixture
def run(app, world, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    world.norrbotten()
    runner = app.test_cli_runner()
    return lambda *arguments: runner.invoke(args=arguments)


def test_figures_are_listed_with_their_breaks(run):
    result = run("followup", "figures", MEASURE, "--region", "25")
    assert result.exit_code == 0
    assert "799" in result.output
    assert "break 2018-03-01  Changed application" in result.output
    assert "reproduced from a published source" in result.output


@pytest.mark.parametrize("name", ["Norrbotten", "region norrbotten", "NORRBOTTEN", "norrbo", "25"])
def test_a_region_is_asked_for_by_code_or_by_name(run, name):
    result = run("followup", "figures", MEASURE, "--region", name)
    assert result.exit_code == 0, result.output
    assert "799" in result.output


def test_a_region_that_cannot_be_told_is_answered_with_the_codes(run):
    unknown = run("followup", "figures", MEASURE, "--region", "Lappland")
    assert unknown.exit_code == 2
    assert "No region is called Lappland" in unknown.stderr
    assert "25 Region Norrbotten" in unknown.stderr
    several = run("followup", "figures", MEASURE, "--region", "Väst")
    assert several.exit_code == 2
    assert "14 Västra Götalandsregionen" in several.stderr
    assert "22 Region Västernorrland" in several.stderr


def test_figures_for_machines_are_exact(run):
    found = json.loads(run("followup", "figures", MEASURE, "--json").output)
    values = {one["key"]: one["value"] for one in found["figures"]}
    assert values["25/2018-03-01"] == "746"
    assert found["breaks"][0]["cause"] == "application"


def test_figures_are_listed_of_one_period(run):
    found = json.loads(run("followup", "figures", MEASURE, "--period", "2018-03-01", "--json").output)
    assert {one["period"] for one in found["figures"]} == {"2018-03-01"}
    missing = run("followup", "figures", MEASURE, "--period", "1999")
    assert missing.exit_code == 1
    assert "no period 1999. These are there: 2018-02-28, 2018-03-01." in missing.stderr


@pytest.mark.parametrize("name", ["csv", "json"])
def test_a_table_comes_out_the_same_from_the_web_and_the_command_line(run, client, name, tmp_path):
    target = tmp_path / "table"
    address = f"/uppfoljning/{MEASURE}/tabell.{name}?region=25&period=2018-03-01"
    client.get("/sprak/en")
    web = client.get(address)
    language = ("--language", "en") if name == "csv" else ()
    asked = ("--format", name, "--region", "Norrbotten", "--period", "2018-03-01", *language, "-o", str(target))
    result = run("followup", "export", MEASURE, *asked)
    assert result.exit_code == 0, result.stderr
    assert target.read_bytes() == web.data
    whole = run("followup", "export", MEASURE, "--format", name).stdout_bytes
    assert len(whole) > len(web.data) > 0


def test_what_a_table_in_a_format_cannot_carry_is_told_beside_it(run, client):
    result = run("followup", "export", MEASURE, "--version", "1")
    assert result.exit_code == 0
    assert "Breaks in the series" in result.stderr
    client.get("/sprak/en")
    page = client.get(f"/uppfoljning/{MEASURE}").text
    assert "Breaks in the series" in page
    assert "The names of codes" in page


def test_a_table_that_is_not_there_is_not_found(run, client):
    for query in ("tabell.docx", "tabell.csv?region=99", "tabell.csv?period=1999", "tabell.csv?version=99"):
        assert client.get(f"/uppfoljning/{MEASURE}/{query}").status_code == 404
    answer = run("followup", "export", MEASURE, "--version", "99")
    assert answer.exit_code == 2
    assert "has no published version 99" in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("followup", "figures", "finns-inte"), 2),
        (("followup", "figures", "disponibla-vardplatser"), 1),
        (("followup", "figures", MEASURE, "--region", "01"), 1),
        (("trace", "faststallda-vardplatser/25/1999"), 2),
        (("trace", "L-1999-0001"), 2),
        (("trace", "0123456789abcdef"), 2),
    ],
)
def test_what_is_not_there_is_said_and_has_a_status(run, arguments, status):
    result = run(*arguments)
    assert result.exit_code == status
    assert result.output.strip()


def test_a_figure_a_delivery_and_a_hash_are_traced(run):
    table = current_table(db.session, MEASURE, PUBLIC)
    figure = run("trace", f"{MEASURE}/25/2018-03-01")
    assert figure.exit_code == 0
    for knot in ("figure", "decision", "delivery", "delivery line", "information model", "application", "concept"):
        assert f"● {knot}" in figure.output
    assert "L-2026-0002" in figure.output
    assert "from 1 March 2018" in figure.output
    assert table.content_hash in run("trace", "L-2026-0001").output
    assert "L-2026-0001" in run("trace", table.content_hash).output
    machine = json.loads(run("trace", f"{MEASURE}/25/2018-03-01", "--json").output)
    assert machine["rests_on"][0]["knot"] == "figure"
    assert machine["rests_on"][-1]["knot"] == "concept"


def test_a_swedish_terminal_reads_a_trace_and_its_figures_in_swedish(run, monkeypatch):
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    told = run("trace", f"{MEASURE}/25/2018-03-01").output
    for words in (
        "vilar på",
        "● siffra",
        "● beslut",
        "● leverans",
        "● leveranslinje",
        "● informationsmodell",
        "● begrepp",
    ):
        assert words in told
    assert "återgivna ur en publicerad källa" in told
    figures = run("followup", "figures", MEASURE).output
    assert "tabellversion" in figures and "brott 2018-03-01  Ändrad tillämpning" in figures and "5 av 5" in figures
