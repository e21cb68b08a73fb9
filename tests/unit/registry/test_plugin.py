"""What the house does with what its plug-ins give: what there can be only one of is refused twice."""

import pytest

import wsgi
from registry.content.schemas import ContentSchema
from registry.content.shapes import record
from registry.finding_texts import FINDINGS
from registry.findings import Finding, Severity, Text
from registry.items.kinds import ItemKind
from registry.plugin import House, Plugin, merge
from registry.text_objections import objection_to_text

KIND = ItemKind(
    name="sample",
    schema=ContentSchema("sample/1", record({}), FINDINGS["MOD-001"]),
    label=Text("Prov", "Sample"),
    author_roles=(),
    requirements=(),
    parse=lambda content: (content, ()),
    title=lambda content: Text("Prov", "Sample"),
    url=lambda item: "/prov",
    outline=lambda content: (),
)


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("item kind 'sample'", {"item_kinds": (KIND,)}),
        ("job handler 'forward'", {"job_handlers": {"forward": lambda job: None}}),
        ("resolver 'delivery'", {"resolvers": {"delivery": lambda session, actor, ids: {}}}),
        ("listing 'delivery'", {"listings": {"delivery": object()}}),
        ("event text 'DeliverySent'", {"event_texts": {"DeliverySent": Text("Skickad", "Sent")}}),
        ("front page", {"front": lambda session: {}}),
    ],
)
def test_two_plug_ins_cannot_give_the_same(what, given):
    with pytest.raises(ValueError, match=f"{what}.* is given by two plug-ins: first and second"):
        House([Plugin("first", **given), Plugin("between"), Plugin("second", **given)])
    with pytest.raises(ValueError, match=f"{what}.* is given by two plug-ins: first and second"):
        merge("package", [Plugin("first", **given), Plugin("second", **given)])


def test_what_one_plug_in_gives_passes_through_a_merged_one():
    house = House([merge("package", [Plugin("part", item_kinds=(KIND,), job_handlers={"forward": print})])])
    assert house.item_kinds == {"sample": KIND}
    assert house.job_handlers == {"forward": print}


def _no_shouting(text: str) -> Finding | None:
    return Finding("LOUD", Severity.ERROR) if text.isupper() else None


def _no_questions(text: str) -> Finding | None:
    return Finding("ASKED", Severity.ERROR) if text.endswith("?") else None


def test_every_objection_to_a_text_counts_whichever_plug_in_comes_first(app, monkeypatch):
    parts = [Plugin("first", text_objections=(_no_shouting,)), Plugin("second", text_objections=(_no_questions,))]
    for plugins in (parts, parts[::-1], [merge("both", parts)]):
        monkeypatch.setitem(app.extensions, "registry", House(plugins))
        assert objection_to_text(["calm", "LOUD"]).code == "LOUD"
        assert objection_to_text(["calm", "asked?"]).code == "ASKED"
        assert objection_to_text(["calm"]) is None


def test_identity_numbers_are_objected_to_although_another_plug_in_objects_first(app, monkeypatch):
    plugins = [Plugin("first", text_objections=(_no_shouting,)), *wsgi.PLUGINS]
    monkeypatch.setitem(app.extensions, "registry", House(plugins))
    assert objection_to_text(["Patienten 19121212-1212 saknas"]) is not None
