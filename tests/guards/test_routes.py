"""Guards over every route, whatever package it comes from."""

import pytest
from werkzeug.routing import IntegerConverter


def _rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_route_states_who_may_use_it(app):
    silent = [rule.rule for rule in _rules(app) if not hasattr(app.view_functions[rule.endpoint], "access")]
    assert silent == []


def test_only_signing_in_and_out_and_choosing_a_password_may_be_posted_by_the_public(app):
    open_to_all = {
        rule.endpoint
        for rule in _rules(app)
        if "POST" in rule.methods and app.view_functions[rule.endpoint].access == "public"
    }
    changing = {one for one in open_to_all if not getattr(app.view_functions[one], "only_asks", False)}
    assert changing - {"api-pages.token", "api-pages.revoke"} <= {
        "identity.sign_in",
        "identity.sign_out",
        "identity.choose_password",
    }
    assert open_to_all - changing == {"termbank.sparql"}


def test_the_public_is_sent_to_sign_in_or_told_that_there_is_nothing(app, client):
    for rule in _rules(app):
        if app.view_functions[rule.endpoint].access == "public":
            continue
        address = rule.rule
        for argument in rule.arguments:
            converter = rule._converters[argument]
            sample = "1" if isinstance(converter, IntegerConverter) else "none"
            address = __import__("re").sub(rf"<(?:[^<>:]+:)?{argument}>", sample, address)
        method = next(one for one in ("GET", "POST", "PUT", "PATCH", "DELETE") if one in rule.methods)
        answer = client.open(address, method=method)
        if app.view_functions[rule.endpoint].access.startswith("machines:"):
            assert answer.status_code == 401, f"{method} {address}: {answer.status_code}"
            assert answer.headers["WWW-Authenticate"].startswith("Bearer"), address
            continue
        assert answer.status_code == 302, f"{method} {address}: {answer.status_code}"
        assert answer.location.startswith("/logga-in"), address


@pytest.mark.parametrize("path", ["/", "/health", "/nowhere"])
def test_every_answer_is_hardened(client, path):
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
