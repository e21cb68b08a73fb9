"""The national REST API profile (1.2.0): what it demands (SKALL), held against the OpenAPI document and live answers.

What is looked at of each demand is what the profile's own tool looks at (github.com/diggsweden/rest-api-profil-lint-processor),
and where it can be seen in an answer, the answer too. docs/api/rest.md says what is not assessed.
"""

import json
import re
from datetime import datetime

import pytest
from jsonschema import Draft202012Validator

from registry.actors import Role
from registry.api.paging import MOST
from tests.factories import starter
from tests.factories.machine_clients import registered_client

METHODS = ("get", "post", "put", "patch", "delete")
UNSAFE = re.compile(r"[^a-z0-9.~/-]")


@pytest.fixture
def told(client, organisations):
    """The document as it is served."""
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json


def _operations(told):
    return [
        (method, path, one)
        for path, methods in told["paths"].items()
        for method, one in methods.items()
        if method in METHODS
    ]


def _schemas(value):
    """Each schema with properties, wherever it is."""
    if isinstance(value, dict):
        if isinstance(value.get("properties"), dict):
            yield value
        for inner in value.values():
            yield from _schemas(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _schemas(inner)


def test_dok_03_the_interface_is_described_as_a_whole(told):
    info = told["info"]
    assert told["openapi"].startswith("3.1")
    assert all(info[name].strip() for name in ("version", "title", "description"))
    assert all(info["contact"][name] for name in ("name", "url", "email"))
    assert all(info["license"][name] for name in ("name", "url"))


def test_dok_08_09_11_level_limits_and_purpose_are_said_in_both_languages(told, client):
    assert set(told["info"]["x-sla"]) == {"availability", "responseTime", "support"}
    assert "SLA" in told["externalDocs"]["description"]
    assert "egränsning" in told["info"]["description"] and "Limits" in told["info"]["description"]
    assert told["info"]["x-limitations"]
    page = client.get(told["externalDocs"]["url"])
    assert page.status_code == 200
    assert 'id="niva"' in page.text and told["info"]["termsOfService"].endswith("#niva")


def test_dok_15_19_20_each_operation_has_description_examples_and_every_status(told):
    for method, path, one in _operations(told):
        where = f"{method} {path}"
        assert one["description"].strip() and one["summary"].strip(), where
        assert any(status.startswith("2") for status in one["responses"]), where
        for status, answer in one["responses"].items():
            if "$ref" in answer:
                answer = told["components"]["responses"][answer["$ref"].rpartition("/")[2]]
            assert answer["description"], f"{where} {status}"
            for kind, content in answer.get("content", {}).items():
                assert content.get("examples"), f"{where} {status} {kind}"
        for kind, content in one.get("requestBody", {}).get("content", {}).items():
            if kind == "application/json":
                assert content.get("examples"), where
        wanted = {"400", "429", "500", "503"} | ({"401", "403"} if one["security"] else set())
        wanted |= {"404"} if "{" in path else set()
        assert wanted <= set(one["responses"]), where


def test_examples_are_what_the_schema_says(told):
    """An example that a developer copies is taken, and one that is shown is what is answered."""
    for method, path, one in _operations(told):
        contents = [one.get("requestBody", {}).get("content", {})]
        contents += [answer.get("content", {}) for answer in one["responses"].values()]
        contents += [answer["content"] for answer in told["components"]["responses"].values()]
        for content in contents:
            for kind, media in content.items():
                if "json" not in kind:
                    continue
                schema = {**media["schema"], "components": told["components"]}
                for example in media["examples"].values():
                    faults = [fault.message for fault in Draft202012Validator(schema).iter_errors(example["value"])]
                    assert faults == [], f"{method} {path} {kind}"


def test_every_field_and_parameter_is_described(told):
    for schema in _schemas(told):
        for name, one in schema["properties"].items():
            assert "$ref" in one or one.get("description") or one.get("allOf") or one.get("anyOf"), name
    for method, path, one in _operations(told):
        for parameter in one["parameters"]:
            assert parameter["in"] == "path" or parameter.get("description"), f"{method} {path} {parameter['name']}"


def test_dot_01_04_moments_and_days_say_their_format(told):
    for schema in _schemas(told):
        for name, one in schema["properties"].items():
            if name.endswith("_at"):
                assert one["format"] == "date-time", name
            if name.endswith(("_from", "_to", "_on")) or name == "sunset":
                assert one["format"] == "date", name


def test_res_06_ufn_05_07_08_09_addresses_are_lower_case_with_hyphens(told):
    for path in told["paths"]:
        fixed = re.sub(r"\{[a-z_]+\}", "", path)
        assert UNSAFE.search(fixed) is None, path
        assert len(path) < 2048
    assert re.fullmatch(r"https?://[^/]+/api/v[0-9]+", told["servers"][0]["url"])


def test_ame_05_07_fns_01_03_names_are_snake_case_everywhere(told):
    names = {name for schema in _schemas(told) for name in schema["properties"] if not name.startswith("x-")}
    names |= {one["name"] for _, _, each in _operations(told) for one in each["parameters"] if one["in"] != "header"}
    assert [name for name in names if re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) is None] == []


def test_res_02_no_parameter_is_a_personal_number(told):
    taken = {"pnr", "personalidentitynumber", "personnummer", "personnr", "ssn", "socialsecuritynumber"}
    assert not taken & {one["name"].lower() for _, _, each in _operations(told) for one in each["parameters"]}


def test_fns_07_08_lists_have_page_from_1_and_limit(told):
    lists = 0
    for method, path, one in _operations(told):
        schema = one["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
        if schema.get("$ref", "").endswith("Page"):
            lists += 1
            parameters = {each["name"]: each["schema"] for each in one["parameters"]}
            assert (parameters["page"]["minimum"], parameters["page"]["default"]) == (1, 1), f"{method} {path}"
            assert parameters["limit"]["maximum"] == MOST
    assert lists >= 4


def test_fel_01_02_errors_are_problems(told, client):
    for answer in told["components"]["responses"].values():
        assert set(answer["content"]) == {"application/problem+json"}
    problem = told["components"]["schemas"]["Problem"]
    assert {"type", "title", "status", "detail", "instance"} <= set(problem["required"])
    for address in ("/api/v1/nothing", "/api/v1/lines", "/api/v1/concepts?page=0", "/api/v1/models/none"):
        answer = client.get(address)
        assert answer.content_type == "application/problem+json"
        faults = Draft202012Validator({**problem, "components": told["components"]}).iter_errors(answer.json)
        assert [fault.message for fault in faults] == []


def test_ver_05_06_what_the_interface_is_says_itself(client):
    answer = client.get("/api/v1/api-info")
    assert set(answer.json) == {"api_name", "api_version", "api_released", "api_documentation", "api_status"}
    assert client.get(answer.json["api_documentation"]).status_code == 200


def test_dok_17_arq_03_05_answers_have_tags_and_say_what_they_vary_by(client, organisations):
    answer = client.get("/api/v1/api-info", headers={"Accept": "application/json"})
    assert {"ETag", "Cache-Control", "Vary", "Content-Type"} <= set(answer.headers.keys())
    assert answer.headers["Content-Type"].startswith("application/json")


def test_answers_are_what_the_document_says(told, client, actor, organisations):
    """Each operation that is read without a body, asked for something that is there, answers by its own schema."""
    starter.models()
    administrator = actor("kalmar", (Role.REGION_ADMINISTRATOR, "08"))
    headers = registered_client(administrator, organisations["08"]).headers(client)
    some = {
        path: client.get(f"/api/v1{path}", headers=headers).json["items"][0]
        for path in ("/concepts", "/models", "/code-lists")
    }
    seen = 0
    for method, path, one in _operations(told):
        if method != "get" or path.startswith("/lines/"):
            continue
        root = "/" + path.split("/")[1]
        if "{" in path and root not in some:
            continue
        known = some.get(root, {"id": "", "number": 1})
        address = path.replace("{slug}", known["id"]).replace("{number}", str(known["number"]))
        answer = client.get(f"/api/v1{address}", headers=headers)
        assert answer.status_code == 200, f"{address}: {answer.text}"
        kind = answer.content_type.partition(";")[0]
        schema = one["responses"]["200"]["content"][kind]["schema"]
        faults = Draft202012Validator({**schema, "components": told["components"]}).iter_errors(json.loads(answer.data))
        assert [fault.message for fault in faults] == [], address
        seen += 1
    assert seen >= 10
    told_at = client.get("/api/v1/client", headers=headers).json["token_expires_at"]
    assert datetime.fromisoformat(told_at).utcoffset().total_seconds() == 0
