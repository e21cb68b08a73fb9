"""``legal audit`` and ``legal protect`` on real files: output, JSON and exit status."""

import csv
import json

import pytest
from click.testing import CliRunner

from submission_portal.legal_desk.cli import legal_group

SPEC = {
    "value": "n",
    "dimensions": [
        {"column": "d1", "total": "T", "hierarchy": {"T": ["R01", "R02"], "R01": ["H1", "H2"], "R02": ["H3", "H4"]}},
        {"column": "d2", "total": "T"},
    ],
    "policy": {"threshold": 5, "zeros": "published"},
    "attacker": {"minimum": 0},
    "protection": {"kind": "ex"},
    "cost": "values",
    "publish": [{"cell": {"d1": "T", "d2": "T"}}],
}
INNER = "d1,d2,n\nH1,A,2\nH1,B,40\nH2,A,11\nH2,B,20\nH3,A,30\nH3,B,12\nH4,A,15\nH4,B,6\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "spec.json").write_text(json.dumps(SPEC), encoding="utf-8")
    (tmp_path / "table.csv").write_text(INNER, encoding="utf-8")
    return tmp_path


def run(folder, *arguments):
    names = [str(folder / one) if one.endswith((".csv", ".json")) else one for one in arguments]
    return CliRunner().invoke(legal_group, names)


def test_protect_writes_every_cell_and_says_no_kind(folder):
    done = run(folder, "protect", "table.csv", "--spec", "spec.json", "-o", "out.csv", "--json")

    assert done.exit_code == 0, done.output
    result = json.loads(done.stdout)
    assert result["exposed"] == []
    assert (result["cost"], result["bound"], result["gap"]) == (result["bound"], result["cost"], 0)
    assert {"cells", "primary", "secondary", "seconds"} <= set(result)
    with (folder / "out.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 7 * 3
    assert {row["status"] for row in rows} == {"shown", "hidden"}
    assert all((row["value"] == "") == (row["status"] == "hidden") for row in rows)
    assert list(rows[0]) == ["d1", "d2", "value", "status"]


def test_the_same_input_writes_the_same_bytes(folder):
    for name in ("one.csv", "two.csv"):
        run(folder, "protect", "table.csv", "--spec", "spec.json", "-o", name)
    assert (folder / "one.csv").read_bytes() == (folder / "two.csv").read_bytes()


def test_audit_passes_what_protect_wrote_and_names_what_was_damaged(folder):
    run(folder, "protect", "table.csv", "--spec", "spec.json", "-o", "out.csv")
    assert run(folder, "audit", "out.csv", "--spec", "spec.json").exit_code == 0
    assert run(folder, "audit", "out.csv", "--spec", "spec.json", "--original", "table.csv").exit_code == 0

    open_ = (folder / "out.csv").read_text(encoding="utf-8").replace("H2,A,,hidden", "H2,A,11,shown")
    (folder / "damaged.csv").write_text(open_, encoding="utf-8")
    done = run(folder, "audit", "damaged.csv", "--spec", "spec.json", "--json", "--language", "en")
    assert done.exit_code == 1
    (exposed,) = json.loads(done.stdout)["exposed"]
    assert (exposed["cell"], exposed["lowest"], exposed["highest"]) == ({"d1": "H1", "d2": "A"}, 2, 2)
    assert exposed["attack"]


def test_a_release_is_known_to_the_attacker(folder):
    run(folder, "protect", "table.csv", "--spec", "spec.json", "-o", "before.csv")
    more = INNER.replace("H1,A,2", "H1,A,3")
    (folder / "table.csv").write_text(more, encoding="utf-8")
    arguments = ("--spec", "spec.json", "--released", "before.csv")

    done = run(folder, "protect", "table.csv", *arguments, "-o", "after.csv", "--json")

    assert done.exit_code == 0
    assert [one["code"] for one in json.loads(done.stdout)["findings"]] == ["small-numbers-release-revised"]
    assert run(folder, "audit", "after.csv", *arguments).exit_code == 0


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("spec.json", "{", "small-numbers-spec-unreadable"),
        ("spec.json", "[]", "small-numbers-spec-unreadable"),
        ("spec.json", json.dumps({**SPEC, "pubish": []}), "small-numbers-spec-unreadable"),
        ("spec.json", json.dumps({**SPEC, "cost": "dear"}), "small-numbers-spec-unreadable"),
        ("table.csv", INNER + "H1,A,2\n", "small-numbers-doubled-cell"),
        ("table.csv", INNER.replace("40", "4.5"), "small-numbers-not-an-integer"),
        ("table.csv", INNER.replace("40", "-4"), "small-numbers-negative"),
        ("table.csv", INNER.replace("d2", "d3"), "small-numbers-columns"),
        ("table.csv", INNER + "H9,A,2\n", "small-numbers-unknown-code"),
        ("table.csv", "d1,d2,n\n", "small-numbers-empty-table"),
        ("table.csv", INNER + "H1\n", "small-numbers-ragged-row"),
        ("table.csv", INNER.replace("H4,B,6\n", ""), "small-numbers-missing-cell"),
        ("table.csv", INNER + "T,T,1\n", "small-numbers-totals-do-not-add-up"),
    ],
)
def test_bad_input_ends_with_two_and_writes_nothing(folder, name, content, code):
    (folder / name).write_text(content, encoding="utf-8")

    done = run(folder, "protect", "table.csv", "--spec", "spec.json", "-o", "out.csv", "--json")

    assert done.exit_code == 2
    assert code in [one["code"] for one in json.loads(done.stdout)["findings"]]
    assert not (folder / "out.csv").exists()


CELL = {"d1": "H2", "d2": "B"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"cost": []},
        {"cost": {}},
        {"policy": {"zeros": {"observed": []}}},
        {"policy": {"zeros": [{"d1": ["H1"], "d2": "A"}]}},
        {"policy": {"threshold": 4.7}},
        {"policy": {"threshold": True}},
        {"policy": {"hide_zeros": "no"}},
        {"attacker": {"integer": 0}},
        {"policy": {"threshold": 10**400}},
        {"protection": {"kind": "percent"}},
        {"protection": {"kind": "percent", "percent": "1e999999999"}},
        {"primary": [{"cell": CELL, "down": "1e-999999999"}]},
        {"primary": [{"cell": CELL, "down": 1}, {"cell": CELL, "down": 2}]},
        {"known": [{"cell": CELL, "value": 20, "highest": 30}]},
        {"known": [{"cell": CELL}]},
        {"rates": [{"numerator": CELL, "denominator": CELL, "value": 0.123456789}]},
        {"tables": []},
        {"value": "d1"},
    ],
)
def test_a_specification_that_cannot_be_meant_is_a_finding_in_both_languages(folder, wrong):
    (folder / "spec.json").write_text(json.dumps({**SPEC, **wrong}), encoding="utf-8")
    for language in ("sv", "en"):
        done = run(folder, "protect", "table.csv", "--spec", "spec.json", "-o", "out.csv", "--language", language)
        assert isinstance(done.exception, SystemExit)
        assert done.exit_code == 2
        field = next(iter(wrong)) if "value" not in wrong else "dimensions.column"
        assert field in done.stderr
    assert not (folder / "out.csv").exists()


@pytest.mark.parametrize("text", ['{"value": "n", "value": "m"}', '{"value": ' + "9" * 5000 + "}"])
def test_json_that_says_two_things_or_too_much_is_a_finding(folder, text):
    (folder / "spec.json").write_text(text, encoding="utf-8")
    assert run(folder, "audit", "table.csv", "--spec", "spec.json").exit_code == 2


@pytest.mark.parametrize("weight", ["1/0", "1e999999999", "-1", "nan", ""])
def test_a_weight_that_is_no_number_is_a_finding(folder, weight):
    (folder / "spec.json").write_text(json.dumps({**SPEC, "cost": {"column": "weight"}}), encoding="utf-8")
    lines = INNER.splitlines()
    weighed = [lines[0] + ",weight", *(f"{line},{weight}" for line in lines[1:])]
    (folder / "table.csv").write_text("\n".join(weighed), encoding="utf-8")
    done = run(folder, "protect", "table.csv", "--spec", "spec.json", "-o", "out.csv", "--json")
    assert done.exit_code == 2
    assert [one["code"] for one in json.loads(done.stdout)["findings"]] == ["small-numbers-weight"]


def test_decimal_weights_of_which_some_are_zero_are_proven_cheapest(folder):
    (folder / "spec.json").write_text(json.dumps({**SPEC, "cost": {"column": "weight"}}), encoding="utf-8")
    lines = INNER.splitlines()
    weights = ["0", "0.1", "7.75", "0", "0.1", "2.5", "0", "0.3"]
    weighed = [lines[0] + ",weight", *(f"{line},{one}" for line, one in zip(lines[1:], weights, strict=True))]
    (folder / "table.csv").write_text("\n".join(weighed), encoding="utf-8")
    done = run(folder, "protect", "table.csv", "--spec", "spec.json", "-o", "out.csv", "--json")
    result = json.loads(done.stdout)
    assert (result["findings"], result["gap"]) == ([], 0)
    assert result["bound"] == pytest.approx(result["cost"])


def test_a_file_that_is_not_there_is_a_finding(folder):
    assert run(folder, "audit", "nowhere.csv", "--spec", "spec.json").exit_code == 2


def test_semicolons_and_a_byte_order_mark_are_read(folder):
    (folder / "table.csv").write_text("\ufeff" + INNER.replace(",", ";"), encoding="utf-8")
    assert run(folder, "protect", "table.csv", "--spec", "spec.json", "-o", "out.csv").exit_code == 0


def test_weights_come_from_their_column(folder):
    (folder / "spec.json").write_text(json.dumps({**SPEC, "cost": {"column": "weight"}}), encoding="utf-8")
    lines = INNER.splitlines()
    weighed = [lines[0] + ",weight", *(f"{line},{1 if 'H2,A' in line else 2.5}" for line in lines[1:])]
    (folder / "table.csv").write_text("\n".join(weighed), encoding="utf-8")
    done = run(folder, "protect", "table.csv", "--spec", "spec.json", "-o", "out.csv", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["cost"] == 6.0


@pytest.mark.parametrize(("locale", "said"), [("sv_SE.UTF-8", "Det finns ingen fil"), ("C.UTF-8", "There is no file")])
def test_every_file_that_is_missing_is_named_in_the_language_of_the_terminal(folder, monkeypatch, locale, said):
    monkeypatch.setenv("LC_ALL", locale)

    done = run(folder, "audit", "nope.csv", "--spec", "nope.json")

    assert done.exit_code == 2
    assert f"{said} {folder / 'nope.csv'}" in done.stderr
    assert f"{said} {folder / 'nope.json'}" in done.stderr
    assert "No such file" not in done.stderr
    assert "CSV" not in done.stderr


def test_the_language_can_be_chosen(folder, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "Kontrollera namnet" in run(folder, "audit", "nope.csv", "--spec", "spec.json", "--language", "sv").stderr


def test_what_is_wrong_with_a_file_has_its_own_advice(folder, monkeypatch):
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    (folder / "table.csv").write_bytes("d1,d2,n\nÅ,A,2\n".encode("cp1252"))
    assert "UTF-8" in run(folder, "audit", "table.csv", "--spec", "spec.json").stderr
    (folder / "spec.json").write_text(json.dumps({**SPEC, "pubish": []}), encoding="utf-8")
    said = run(folder, "audit", "out.csv", "--spec", "spec.json").stderr
    assert "pubish: fältet finns inte i beskrivningen av en tabell." in said
    (folder / "spec.json").write_text("{,", encoding="utf-8")
    assert "rad 1 är inte giltig JSON" in run(folder, "audit", "out.csv", "--spec", "spec.json").stderr
