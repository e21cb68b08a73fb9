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


def fuzzed(
    app: Flask,
    headers: Mapping[str, str],
    known: Mapping[str, Mapping[str, object]],
    examples: int,
    only: Collection[str] = (),
) -> tuple[Answers, list[str]]:
    """The statuses that each operation answered, and what Schemathesis found wrong. ``known``: path parameters of something
    that is there, by the first part of the address. ``only``: the paths that are tried, all where there is none."""
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, app)
    answers: Answers = defaultdict(list)
    faults: list[str] = []
    for operation in _operations(schema):
        if only and operation.path not in only:
            continue
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                strategy = operation.as_strategy(generation_mode=mode)
                _try(strategy, operation.label, headers, known.get(operation.path.split("/")[1]), examples, answers)
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
    label: str,
    headers: Mapping[str, str],
    known: Mapping[str, object] | None,
    examples: int,
    answers: Answers,
) -> None:
    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
    )  # fmt: skip
    @given(case=strategy, is_known=st.booleans())
    def ask(case, is_known) -> None:
        if known and is_known and case.path_parameters:
            case.path_parameters |= {name: value for name, value in known.items() if name in case.path_parameters}
        answer = case.call(headers=dict(headers))
        answers[label].append(answer.status_code)
        case.validate_response(answer, headers=dict(headers))

    run: Callable[[], None] = ask
    run()
