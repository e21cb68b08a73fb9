"""No identity number may stand in what people write with a decision, or in a file of concepts: it is read by many and kept for long."""

from collections import Counter
from collections.abc import Mapping, Sequence

from legal_checks.number_columns import Certainty, judge_column, judge_name
from legal_checks.number_forms import NumberKind
from legal_checks.number_headings import LONGEST_HEADING
from legal_checks.personal_data import has_number
from registry.directions import misdirection_in
from registry.errors import Refused
from registry.findings import Finding, Text
from submission_portal.legal_questions.finding_texts import FINDINGS


def refuse_unfit_texts(*texts: str | None) -> None:
    """Raise `Refused` where a text holds an identity number (which one is not said) or turns the direction of writing. Nothing
    is kept."""
    found = (identity_number_in(text) or misdirection_in(text) for text in texts if text)
    if (finding := next(filter(None, found), None)) is not None:
        raise Refused(finding)


def identity_number_in(text: str) -> Finding | None:
    """The finding for a text that holds an identity number; what administered items are held to as well."""
    return FINDINGS.found("TXT-001") if has_number(text) else None


MOST_NAMED = 5
"""Columns that are named."""
_KINDS = {
    NumberKind.PERSONAL_IDENTITY: Text("personnummer", "personal identity numbers"),
    NumberKind.COORDINATION: Text("samordningsnummer", "coordination numbers"),
    NumberKind.RESERVE: Text("reservnummer", "reserve numbers"),
}
_FILE_NAME = Text("filens namn", "the file's name")
_ANYWHERE = Text("text utan rubrik", "text without a heading")


def identity_numbers_in_file(name: str, columns: Mapping[str, Sequence[str]]) -> Finding | None:
    """The finding for a file that holds identity numbers, or may hold some: where, and how many of which kind. Its texts are
    judged column by column (`legal_checks.number_columns`), so that codes are not taken for numbers of persons."""
    verdicts = [(_name_of(heading), judge_column(heading, texts)) for heading, texts in columns.items()]
    verdicts.append((_FILE_NAME, judge_name(name)))
    certain = [(heading, verdict.certain) for heading, verdict in verdicts if verdict.certain]
    if certain:
        return _found("TXT-002", certain)
    doubtful = [(heading, verdict.doubtful) for heading, verdict in verdicts if verdict.doubtful]
    return _found("TXT-003", doubtful) if doubtful else None


def _name_of(heading: str) -> Text:
    """What a column is called, where that holds no number itself and is no text of its own."""
    is_shown = (
        heading and len(heading) <= LONGEST_HEADING and judge_column("", (heading,)).certainty is Certainty.INNOCENT
    )
    return Text(heading, heading) if is_shown else _ANYWHERE


def _found(code: str, columns: Sequence[tuple[Text, Mapping[str, NumberKind]]]) -> Finding:
    kinds = Counter(kind for _heading, texts in columns for kind in texts.values())
    told = [(_KINDS[kind], number) for kind, number in sorted(kinds.items())]
    named = [heading for heading, _texts in columns[:MOST_NAMED]]
    params = {
        "kinds": _listed([Text(f"{kind.sv} {number}", f"{kind.en} {number}") for kind, number in told]),
        "columns": _listed([*named, Text("…", "…")] if len(columns) > MOST_NAMED else named),
    }
    return FINDINGS.found(code, {**params, "numbers": kinds.total()})


def _listed(texts: Sequence[Text]) -> Text:
    return Text(", ".join(one.sv for one in texts), ", ".join(one.en for one in texts))
