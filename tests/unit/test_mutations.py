"""What `make mutants` changes: every bound, condition and statement once, and neither texts nor types."""

import ast

import pytest

from tests.tools.mutations import mutations


def mutated(source):
    """The source after each of its mutations."""
    changed = []
    for number in range(len(mutations(ast.parse(source)))):
        tree = ast.parse(source)
        mutations(tree)[number].apply()
        changed.append(ast.unparse(ast.fix_missing_locations(tree)))
    return changed


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a >= least", ["a > least"]),
        ("SHARE = 0.2", ["SHARE = 0.25"]),
        ("x = a and b", ["x = a or b", "x = b", "x = a"]),
        ("x = max(a, b)", ["x = min(a, b)"]),
        ("if a.additive != b.additive:\n    f()", ["pass", "if a.additive == b.additive:\n    f()",
                                                    "if a.additive != b.additive:\n    pass"]),
        ("x = [a for a in b if a.parent]", ["x = [a for a in b if True]"]),
        ("x = not a", ["x = a"]),
        ("def f(a: int = 1) -> 'X':\n    '''Text.'''\n    raise ValueError(a + 1)",
         ["def f(a: int=2) -> 'X':\n    \"\"\"Text.\"\"\"\n    raise ValueError(a + 1)"]),
        ("Show = Mapping[str, 3]\nEither = int | str\ny = isinstance(a, B | C)\nx = 'a' + b\nz = zip(a, b, strict=True)", []),
    ],
)  # fmt: skip
def test_each_place_is_changed_once(source, expected):
    assert mutated(source) == expected


def test_a_mutation_says_where_it_is_and_what_it_changes():
    [one] = mutations(ast.parse("class A:\n    def f(self, a):\n        return a < 3 if a else a"))[1:2]
    assert (one.line, one.function, one.change) == (3, "A.f", "a < 3 → a <= 3")
