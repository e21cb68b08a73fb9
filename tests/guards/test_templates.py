"""Templates show what pages made: no line is longer than code may be, and none works out a list or a choice of its own.

Components (the macros of ``ui``, the layout) are the exception: they are the language that templates are written in.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("registry", "termbank", "information_models", "submission_portal")
TEMPLATES = sorted(path for package in PACKAGES for path in (ROOT / package).glob("**/templates/**/*.html"))
LONGEST_LINE = 120
LONGEST_MACRO = 45
OF_THE_PAGE = {"title", "title_class", "knot", "knot_links", "provenance"}
"""What a page says about itself to the layout."""
PLAIN = (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Const, nodes.Keyword)
"""What a name in a page may be set to: something that there is, by a path or a call; no list, choice or text made here."""
CHANGING = ("append", "extend", "insert", "add", "update", "pop", "remove", "setdefault", "clear")
PICKING = {
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "map",
    "groupby",
    "sort",
    "unique",
    "min",
    "max",
    "batch",
    "slice",
}
"""Filters that choose among rows, or make others of them."""
PARSER = Environment(trim_blocks=True, lstrip_blocks=True)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def is_component(path: Path) -> bool:
    return path.parent.name == "components" or path.name == "layout.html"


def long_lines(source: str) -> Iterator[str]:
    """
    >>> list(long_lines("short" + chr(10) + "x" * 121))
    ['line 2 has 121 characters']
    """
    for number, line in enumerate(source.splitlines(), 1):
        if len(line) > LONGEST_LINE:
            yield f"line {number} has {len(line)} characters"


def changes_of_values(source: str) -> Iterator[str]:
    """
    >>> list(changes_of_values('{{ rows.append(1) or "" }}{% set ns = namespace(n=0) %}'))
    ['line 1 calls append', 'line 1 calls namespace']
    """
    for call in PARSER.parse(source).find_all(nodes.Call):
        called = call.node
        if isinstance(called, nodes.Getattr) and called.attr in CHANGING:
            yield f"line {call.lineno} calls {called.attr}"
        elif isinstance(called, nodes.Name) and called.name == "namespace":
            yield f"line {call.lineno} calls namespace"


def made_here(source: str) -> Iterator[str]:
    """
    >>> list(made_here("{% set title = a if b else c %}{% set one = row.first %}{% set rows = all | list %}"))
    ['line 1 makes rows']
    """
    for assigned in PARSER.parse(source).find_all((nodes.Assign, nodes.AssignBlock)):
        names = {
            name.name for name in [assigned.target, *assigned.target.find_all(nodes.Name)] if hasattr(name, "name")
        }
        if names <= OF_THE_PAGE:
            continue
        value = getattr(assigned, "node", None)
        if value is None or not all(isinstance(part, PLAIN) for part in [value, *value.find_all(nodes.Node)]):
            yield f"line {assigned.lineno} makes {', '.join(sorted(names))}"


def picked_here(source: str) -> Iterator[str]:
    """
    >>> list(picked_here("{{ rows | selectattr('is_open') | list }}{{ names | join(', ') }}"))
    ['line 1 uses selectattr']
    """
    for used in PARSER.parse(source).find_all(nodes.Filter):
        if used.name in PICKING:
            yield f"line {used.lineno} uses {used.name}"


def long_macros(source: str) -> Iterator[str]:
    for macro in re.finditer(r"\{%-? macro (\w+).*?endmacro", source, re.DOTALL):
        if (length := macro[0].count("\n") + 1) > LONGEST_MACRO:
            yield f"{macro[1]} has {length} lines"


def spaced_addresses(source: str) -> Iterator[str]:
    """Macros that write an address must write nothing else.

    >>> list(spaced_addresses("{% macro page_url(n) %}" + chr(10) + "  {{ n }}{% endmacro %}"))
    ['page_url begins with spaces']
    """
    for macro in re.finditer(r"\{%-? macro (\w*url\w*)\([^)]*\) %\}\s", source):
        yield f"{macro[1]} begins with spaces"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_shows_and_does_not_compute(path):
    source = path.read_text()
    found = [*long_lines(source), *changes_of_values(source), *long_macros(source), *spaced_addresses(source)]
    if not is_component(path):
        found += [*made_here(source), *picked_here(source)]
    assert not found, f"{name_of(path)}: " + "; ".join(found) + ". Make the value in the package's pages, and show it."


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 80
