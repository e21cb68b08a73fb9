"""Importing on the command line: told first, then made into a change set that is decided and published like any other."""

import json

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from registry.db import db
from registry.items.change_sets import queries as change_sets
from registry.items.tables import ChangeSet, Item, Version
from tests.factories import change_sets as sets

pytestmark = pytest.mark.usefixtures("term_bank")
VOCABULARY = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <https://v.example/> . @prefix dct: <http://purl.org/dc/terms/> .
:s a skos:ConceptScheme ; dct:title "Möbler"@sv .
:hylla a skos:Concept ; skos:prefLabel "hylla"@sv, "shelf"@en ; skos:definition "plan skiva"@sv ; skos:broader :skap ; skos:inScheme :s ; dct:creator "Anna" .
:skap a skos:Concept ; skos:prefLabel "skåp"@sv, "cupboard"@en ; skos:definition "möbel med dörr"@sv ; skos:related :hylla0 ; skos:inScheme :s .
:hylla0 a skos:Concept ; skos:prefLabel "lådhylla"@sv, "drawer shelf"@en ; skos:inScheme :s .
:dubbel a skos:Concept ; skos:prefLabel "a"@sv, "b"@sv .
"""


@pytest.fixture
def command(app):
    runner = app.test_cli_runner()
    return lambda *arguments: runner.invoke(args=["termbank", *map(str, arguments)])


@pytest.fixture
def vocabulary(tmp_path):
    file = tmp_path / "mobler.ttl"
    file.write_text(VOCABULARY)
    return file


def counted(result) -> dict[str, int]:
    return json.loads(result.stdout)["counts"]


@pytest.mark.parametrize(
    "name",
    ["turtle", "rdfxml", "jsonld", "ntriples", "skosxl-turtle", "skosxl-rdfxml", "skosxl-jsonld", "tbx", "xlsx", "csv"],
)
def test_the_scheme_that_ships_comes_back_unchanged_in_each_format(command, tmp_path, name):
    endings = {
        "skosxl-turtle": "ttl",
        "turtle": "ttl",
        "rdfxml": "rdf",
        "skosxl-rdfxml": "rdf",
        "skosxl-jsonld": "jsonld",
        "ntriples": "nt",
    }
    file = tmp_path / f"scheme.{endings.get(name, name)}"
    assert command("export", "vardplatser", "--format", name, "-o", file).exit_code == 0
    result = command("import", file, "--scheme", "vardplatser", "--whole", "--json")
    told = json.loads(result.stdout)
    changed = {one["title"]: one["changes"] or one["findings"] for one in told["concepts"] if one["fate"] != "same"}
    assert told["unreadable"] is None
    assert told["counts"] == {"new": 0, "changed": 0, "same": 35, "gone": 0, "refused": 0}, changed
    assert told["account"]["adds_up"] and result.exit_code == 0


def test_nothing_is_written_unless_it_is_asked_for(command, vocabulary):
    before = db.session.query(Version).count()
    result = command("import", vocabulary, "--scheme", "vardplatser")
    assert result.exit_code == 1, "one concept is refused"
    assert "3 new, 0 changed, 0 gone, 1 refused, 0 unchanged" in result.stdout
    assert "IMPORT-020" in result.stdout and "Nothing is written" in result.stdout
    assert "22 triples read = 18 kept + 0 the registry's own + 4 lost" in result.stdout
    assert db.session.query(Version).count() == before and db.session.query(ChangeSet).count() == 0


def test_what_was_imported_is_published_as_a_set_and_every_triple_comes_out(
    command, vocabulary, terminologist, colleague, client
):
    result = command("import", vocabulary, "--scheme", "vardplatser", "--apply", "--by", "terminolog", "--json")
    set_id = json.loads(result.stdout)["change_set"]
    members = change_sets.members_of(db.session, db.session.get_one(ChangeSet, set_id))
    assert len(members) == 3 and {one.version.content["foreign"]["iri"] for one in members} == {
        "https://v.example/hylla", "https://v.example/skap", "https://v.example/hylla0",
    }  # fmt: skip
    sets.submit_set(terminologist, set_id)
    sets.decide_set(colleague, set_id)
    sets.publish_set(colleague, set_id, valid_from=None)
    out = Graph().parse(data=client.get("/termbank/vardplatser.ttl").data, format="turtle")
    ours = {
        URIRef(f"https://v.example/{name}"): node
        for name in ("hylla", "skap", "hylla0")
        for node in out.subjects(None, URIRef(f"https://v.example/{name}"))
    }
    scheme = next(out.subjects(RDF.type, SKOS.ConceptScheme))
    ours[URIRef("https://v.example/s")] = scheme
    read = Graph().parse(data=VOCABULARY, format="turtle")
    lost = {
        (one, what, value)
        for one, what, value in read
        if (ours.get(one, one), what, ours.get(value, value)) not in out and (one, what, value) not in out
    }
    refused = URIRef("https://v.example/dubbel")
    assert {(what, value) for one, what, value in lost if one != refused} == {
        (URIRef("http://purl.org/dc/terms/title"), Literal("Möbler", "sv"))
    }
    again = command("import", vocabulary, "--scheme", "vardplatser", "--json")
    assert counted(again) == {"new": 0, "changed": 0, "same": 3, "gone": 0, "refused": 1}
    vocabulary.write_text(VOCABULARY.replace("plan skiva", "plan skiva i ett skåp"))
    told = json.loads(command("import", vocabulary, "--scheme", "vardplatser", "--json").stdout)
    (changed,) = [one for one in told["concepts"] if one["fate"] == "changed"]
    wording, reading = [(one["before"], one["after"]) for one in changed["changes"]]
    assert changed["title"] == "shelf" and wording == ("plan skiva", "plan skiva i ett skåp")
    assert reading[0] == "" and reading[1].startswith("I filen mobler.ttl, inläst ")


def test_what_was_imported_and_is_not_published_is_not_imported_once_more(command, vocabulary, terminologist):
    assert command("import", vocabulary, "--scheme", "vardplatser", "--apply", "--by", "terminolog").exit_code == 1
    told = json.loads(command("import", vocabulary, "--scheme", "vardplatser", "--by", "terminolog", "--json").stdout)
    assert told["counts"]["refused"] == 4 and {one["findings"][0]["code"] for one in told["concepts"]} == {
        "IMPORT-020",
        "IMPORT-023",
    }


def test_an_edited_table_becomes_a_set_that_changes_adds_and_withdraws(command, tmp_path, terminologist):
    file = tmp_path / "tabell.csv"
    command("export", "vardplatser", "--format", "csv", "-o", file)
    heads, _, *rest = file.read_text("utf-8-sig").splitlines()
    cells = heads.split(";")
    new = ";".join({"Term (sv)": "provplats", "Term (en)": "trial bed"}.get(one, "") for one in cells)
    file.write_text("\n".join([heads, *rest, new]), "utf-8-sig")
    result = command(
        "import",
        file,
        "--scheme",
        "vardplatser",
        "--whole",
        "--apply",
        "--by",
        "terminolog",
        "--title",
        "Städning",
        "--json",
    )
    told = json.loads(result.stdout)
    assert (told["counts"]["new"], told["counts"]["gone"]) == (1, 1), [
        one for one in told["concepts"] if one["fate"] != "same"
    ]
    made = db.session.get_one(ChangeSet, told["change_set"])
    assert made.title == "Städning" and made.is_imported
    members = change_sets.members_of(db.session, made)
    assert sorted(one.act for one in members) == ["publish", "withdraw"] or len(members) == 2
    created = next(one.version for one in members if one.withdrawal is None)
    assert created.content["item"] == created.item_id and created.content["scheme"]["item"]
    assert db.session.get_one(Item, created.item_id).slug.isdigit()


def test_somebody_who_writes_no_concepts_imports_nothing(command, vocabulary, data_officer):
    result = command("import", vocabulary, "--scheme", "vardplatser", "--apply", "--by", "uppgiftslamnare")
    assert result.exit_code != 0 and db.session.query(ChangeSet).count() == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--scheme", "finns-inte"], "no concept scheme finns-inte"),
        (["--scheme", "vardplatser", "--apply"], "--by"),
        (["--scheme", "vardplatser", "--apply", "--by", "ingen"], "ingen"),
    ],
)
def test_what_is_missing_is_said(command, vocabulary, arguments, said):
    result = command("import", vocabulary, *arguments)
    assert result.exit_code == 2 and said in result.stderr


def test_files_schemes_and_versions_are_compared(command, tmp_path, vocabulary):
    other = tmp_path / "annan.ttl"
    other.write_text(VOCABULARY.replace("plan skiva", "skiva").replace(":hylla0 a", ":ny a"))
    told = json.loads(command("diff", vocabulary, other, "--json").stdout)
    assert [one["title"] for one in told["changed"]] == ["shelf"] and told["changed"][0]["changes"][0][
        "after"
    ] == "skiva"
    assert ([one["name"] for one in told["new"]], [one["name"] for one in told["gone"]]) == (
        ["https://v.example/ny"],
        ["https://v.example/hylla0"],
    )
    assert "1 new, 1 changed, 1 gone, 2 unchanged" in command("diff", vocabulary, other).stdout
    for name in ("csv", "tbx"):
        file = tmp_path / f"scheme.{name}"
        command("export", "vardplatser", "--format", name, "-o", file)
        assert json.loads(command("diff", file, "vardplatser", "--json").stdout) == {
            "same": 35,
            "new": [],
            "changed": [],
            "gone": [],
        }
    assert json.loads(command("diff", "vardplatser", "vardplatser", "--json").stdout)["same"] == 35
    one, two = (
        db.session.query(Version).join(Item).filter(Item.kind == "concept", Version.published_at.isnot(None)).limit(2)
    )
    assert command("diff", f"{one.item.slug}@{one.number}", two.content_hash).stdout.count("→") > 1
    assert command("diff", "finns-inte", "vardplatser").exit_code == 2
    other.write_text("@prefix")
    assert command("diff", other, vocabulary).exit_code == 2


def test_a_file_that_changes_nothing_makes_no_set(command, tmp_path, terminologist):
    file = tmp_path / "samma.ttl"
    command("export", "vardplatser", "-o", file)
    result = command("import", file, "--scheme", "vardplatser", "--apply", "--by", "terminolog")
    assert result.exit_code == 1 and "Nothing that can be imported from the file is new" in result.stderr
    assert db.session.query(ChangeSet).count() == 0


def test_a_written_file_says_how_much_of_it_is_content(command, tmp_path):
    result = command("export", "vardplatser", "-o", tmp_path / "a.ttl")
    (line,) = [line for line in result.stderr.splitlines() if "triples written" in line]
    read, kept, added = (int(word) for word in line.split() if word.isdecimal())
    assert read == kept + added == len(Graph().parse(tmp_path / "a.ttl")) and added > 100
