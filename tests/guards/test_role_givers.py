"""Guards over roles: where in the code they are given, since the registry itself is asked no questions."""

import ast

from tests.guards.programs import modules

GIVERS = {
    "registry/identity/services.py": "gives them",
    "registry/identity/appointing.py": "what two central administrators have decided",
    "registry/identity/cli.py": "refuses the registry itself where the role is a region's",
    "registry/pages/administration.py": "as whoever is signed in",
    "submission_portal/demonstration/people.py": "accounts that are nobody's, in an instance that says so",
}


GIVING = {"give_role", "hold_role", "Membership"}


def test_roles_are_given_in_few_places_for_a_reason_each():
    found = {
        place
        for place, tree in modules().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in GIVING)
        or (isinstance(node, ast.Call) and _name(node) in GIVING)
    }
    assert found == set(GIVERS)


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""
