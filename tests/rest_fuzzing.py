"""The interface for machines under Schemathesis: each operation of the document, with what fits it and what does not.

Known ids are put in the place of made-up ones in half of the requests, or nothing would ever be found. Calls must be made
outside any application context, so that each request has one of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup

DOCUMENT = "/api/v1/openapi.json"
Answers = dict[str, list[int]]
Known = Mapping[str, object] | Callable[[], Mapping[str, object]]
"""Values of parameters by name; made anew for each request where it is something that makes them."""


def fuzzed(
    app: Flask,
    headers: Mapping[str, str],
    known: Mapping[str, Known],
    examples: int,
    only: Collection[str] = (),
    also_answered: Collection[int] = (),
) -> tuple[Answers, list[str]]:
    """The statuses that each operation answered, and what Schemathesis found wrong. ``known``: parameters, in the path or
    headers, of something that is there, by the first part of the address. ``only``: the paths that are tried, all where there is none.
    ``also_answered``: statuses with which a request is refused that fits the schema, or does not: what a protocol of others has
    in its headers says more than a schema can."""
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, app)
    for check in (schema.config.checks.positive_data_acceptance, schema.config.checks.negative_data_rejection):
        check.expected_statuses = [*check.expected_statuses, *map(str, also_answered)]
    answers: Answers = defaultdict(list)
    faults: list[str] = []
    for operation in _operations(schema):
        if only and operation.path not in only:
            continue
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                strategy = operation.as_strategy(generation_mode=mode)
                values = known.get(operation.path.split("/")[1])
                _try(strategy, operation, headers, values, examples, answers, mode is GenerationMode.POSITIVE)
            except FailureGroup as group:
                faults += [f"{operation.label}: {one}" for one in group.exceptions]
            except Unsatisfiable as error:  # an operation without parameters: nothing can be made that does not fit
                if mode is GenerationMode.POSITIVE:
                    faults.append(f"{operation.label}: {error}")
    return answers, faults


def _operations(schema) -> Iterator:
    for found in schema.get_all_operations():
        yield found.ok()


def _try(
    strategy: st.SearchStrategy,
    operation,
    headers: Mapping[str, str],
    known: Known | None,
    examples: int,
    answers: Answers,
    is_to_fit: bool,
) -> None:
    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
    )  # fmt: skip
    @given(case=strategy, is_known=st.booleans())
    def ask(case, is_known) -> None:
        if known and is_known:
            values = known() if callable(known) else known
            if case.path_parameters:
                case.path_parameters |= {name: value for name, value in values.items() if name in case.path_parameters}
            for one in operation.headers:
                if is_to_fit and one.name in values:
                    case.headers[one.name] = values[one.name]
        answer = case.call(headers=dict(headers))
        answers[operation.label].append(answer.status_code)
        case.validate_response(answer, headers=dict(headers))

    run: Callable[[], None] = ask
    run()
