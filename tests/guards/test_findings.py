"""Guards over findings: a code names, its catalogue entry decides, and the list of all of them is current."""

import ast
import re
from collections.abc import Iterator

import pytest

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity
from tests.guards import programs
from tests.guards.programs import PACKAGES, ROOT
from tests.tools import findings as tool

CATALOGUE = tool.whole_catalogue()
CODES = frozenset(entry.code for entry in CATALOGUE)
SERIES = frozenset(code.rpartition("-")[0] for code in CODES)
NAMES = CODES | SERIES
MAKERS = ("registry/findings.py", "registry/finding_catalogue.py", "submission_portal/deliveries/reading/messages.py")
"""Where a finding is made from its parts: the catalogue does for checks, the others read one back."""
QUESTIONS_OF_TEXT = ("startswith", "endswith", "removeprefix", "index", "count", "find", "get")


@pytest.fixture(scope="module")
def modules() -> dict[str, ast.Module]:
    """The packages' modules by their place, without the catalogues themselves."""
    return {place: tree for place, tree in programs.modules().items() if "finding_texts" not in place}


def test_the_list_of_findings_is_current():
    assert tool.PAGE.read_text("utf-8") == tool.page(CATALOGUE), "run python tests/tools/findings.py"


def test_no_template_names_a_finding():
    series = "|".join(sorted(map(re.escape, SERIES)))
    named = re.compile(rf"\b(?:{series})-(?:[0-9]+|[A-Z][A-Z0-9]*)\b")
    templates = [path for package in PACKAGES for path in (ROOT / package).rglob("templates/**/*.html")]
    assert len(templates) > 50
    assert [
        f"{path.relative_to(ROOT)}: {found}" for path in templates for found in named.findall(path.read_text())
    ] == []


def test_no_program_asks_which_code_a_finding_has(modules):
    assert len(modules) > 300
    assert [f"{name}:{asked}" for name, tree in modules.items() for asked in _asked(tree)] == []


def test_a_code_that_is_compared_is_noticed():
    for text in (
        'finding.code == "ROW-004"',
        'finding.code in ("COR-001", "COR-009")',
        'key.startswith("COR")',
        'FIELDS = {"USER-004": "name"}',
        'KEPT = frozenset({"HIS-001"})',
        'WORST = "FOL-011"\nfinding.code == WORST',
        'WORST = ("FOL-011", "FOL-012")\nfinding.code in WORST',
        'finding.code.startswith("HIS-")',
        'finding.code[:4] == "HIS-"',
        'match code:\n    case "PER-001":\n        pass',
        'texts["ROW-004"]',
        'f"STR-015.{element}"',
    ):
        assert list(_asked(ast.parse(text))) != [], text


def test_checks_make_findings_through_their_catalogue(modules):
    made = [
        f"{name}:{node.lineno}"
        for name, tree in modules.items()
        if name not in MAKERS
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding"
    ]
    assert made == []


def test_what_is_asked_fits_how_grave_a_finding_is():
    assert [entry.code for entry in CATALOGUE if not _asks_what_fits(entry)] == []


def _asks_what_fits(entry: FindingEntry) -> bool:
    fits = {
        Severity.INFO: entry.answer is AnswerKind.NONE,
        Severity.QUESTION: entry.answer is not AnswerKind.NONE,
    }.get(entry.severity, True)
    if entry.answer.is_explanation:
        fits &= entry.severity is Severity.WARNING
    if entry.stage in (Stage.FILE, Stage.STRUCTURE, Stage.ROWS, Stage.CONSISTENCY, Stage.HISTORY, Stage.CORRECTION):
        fits &= entry.scope not in (Scope.INSTANCE, Scope.PERSON, Scope.ITEM, Scope.SCHEME, Scope.TABLE)
        fits &= entry.severity is not Severity.WARNING or entry.answer.is_explanation
    return fits


def _asked(tree: ast.Module) -> Iterator[str]:
    """Places where a code, or the series of one, is compared with, looked up or used as a key; an entry may be named."""
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    constants = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        and any(
            isinstance(part, ast.Constant) and part.value in CODES
            for part in (node.value.elts if isinstance(node.value, ast.Tuple | ast.List) else (node.value,))
        )
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        is_code = isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.rstrip("-") in NAMES
        is_name = isinstance(node, ast.Name) and node.id in constants and isinstance(node.ctx, ast.Load)
        is_key = isinstance(node, ast.JoinedStr) and any(
            isinstance(part, ast.Constant) and str(part.value).split(".")[0] in CODES for part in node.values
        )
        if is_key:
            yield f"{node.lineno}: {ast.unparse(node)}"
        if (is_code or is_name) and _asks(node, above):
            yield f"{node.lineno}: {ast.unparse(node)}"


def _is_local(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    """Whether it is within a function: a check may count by code there, while a table of a module is for looking up."""
    while node in above:
        node = above[node]
        if isinstance(node, ast.FunctionDef):
            return True
    return False


def _asks(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    inner = node
    while (outer := above.get(inner)) is not None and isinstance(outer, ast.expr | ast.pattern | ast.slice):
        if isinstance(outer, ast.Compare | ast.Set | ast.MatchValue):
            return True
        if isinstance(outer, ast.Dict) and inner in outer.keys and not _is_local(outer, above):
            return True
        if isinstance(outer, ast.Subscript) and inner is outer.slice:
            return not (isinstance(outer.value, ast.Name) and outer.value.id.endswith("FINDINGS"))
        if isinstance(outer, ast.Call):
            is_asked = isinstance(outer.func, ast.Attribute) and outer.func.attr in QUESTIONS_OF_TEXT
            return is_asked and inner in outer.args[:1]
        inner = outer
    return isinstance(outer, ast.match_case)
