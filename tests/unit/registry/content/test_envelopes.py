"""Envelopes: what comes in is taken as it is written, or refused; what goes out can be read again."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from registry.content.canonical import canonical, parse
from registry.content.envelopes import BothLanguages, Envelope, FindingList, Truth
from registry.findings import Finding, Severity, Text
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.reading.kept import KeptReading
from submission_portal.deliveries.reading.sheets import Preview
from submission_portal.receiving.receipts import ReceiptSchema, receipt_body


class Letter(Envelope):
    sealed = Truth()
    title = BothLanguages()


@pytest.mark.parametrize(
    "wrong",
    [
        {"sealed": "false"}, {"sealed": 0}, {"sealed": "yes"}, {"seeled": True}, {"title": "å"},
        {"title": {"sv": "å"}}, {"title": {"sv": "å", "en": 7}},
        {"title": ["sv", "en"]}, {"title": {"sv": "å", "en": "a", "fi": "a"}}, {"title": {"sv": 7, "en": "a"}},
    ],
)  # fmt: skip
def test_what_is_written_wrong_is_refused(wrong):
    assert Letter().validate(wrong)


def test_what_is_written_right_is_read_and_written_alike():
    written = {"sealed": False, "title": {"sv": "å", "en": "a"}}
    assert Letter().load(written) == {"sealed": False, "title": Text("å", "a")}
    assert Letter().dump(Letter().load(written)) == written


def _receipt(**changes):
    delivery = SimpleNamespace(
        number="L-2026-0001", organisation_id="o", recipient_id="r", flow_version_hash="f", model_version_hash="m",
        period="2026", part="", row_count=3, file_name="a.csv", file_sha256="s", content_hash="c", correction_kind=None,
        reading=KeptReading(),
    )  # fmt: skip
    delivery.__dict__.update(changes)
    uses = [SimpleNamespace(ref="flow:l", version_hash="v")]
    return receipt_body(delivery, uses, received_at=datetime(2026, 1, 2, tzinfo=UTC), chain_head="h")


def test_a_receipt_is_canonical_content_and_reads_back():
    body = _receipt(correction_kind=CorrectionKind.REPLACEMENT)
    assert (body["content_schema"], body["correction"], body["rows"]) == ("receipt/2", "replacement", 3)
    assert body["received_at"] == "2026-01-02T00:00:00.000000+00:00"
    assert parse(canonical(body)) == body
    assert ReceiptSchema().validate(body) == {}


def test_a_receipt_says_how_many_lines_and_records_were_read_where_that_is_known():
    body = _receipt(reading=KeptReading(Preview(lines=6, records=4)))
    assert (body["lines"], body["records"], ReceiptSchema().validate(body)) == (6, 4, {})
    of_a_workbook = _receipt(reading=KeptReading(Preview(records=4)))
    assert "lines" not in of_a_workbook and of_a_workbook["records"] == 4
    assert not {"lines", "records"} & set(_receipt()), "as receipts were made before these were counted"


def test_a_receipt_names_what_the_delivery_may_be_used_for_and_one_from_before_that_is_read_as_well():
    body = _receipt()
    assert body["uses"] == [{"use": "flow:l", "version": "v"}]
    assert ReceiptSchema().validate({name: value for name, value in body.items() if name != "uses"}) == {}


def test_a_receipt_names_the_part_of_a_period_that_it_is_for():
    assert _receipt(part="25001")["part"] == "25001" and "part" not in _receipt()


@pytest.mark.parametrize("wrong", [{"rows": "3"}, {"correction": "corection"}, {"signature": "x"}, {"number": None}])
def test_a_receipt_that_was_changed_in_form_is_refused(wrong):
    assert ReceiptSchema().validate({**_receipt(), **wrong})


def test_a_receipt_from_before_there_were_proofs_is_read_as_well():
    first = {**_receipt(), "content_schema": "receipt/1", "alg": None, "kid": None}
    assert ReceiptSchema().validate(first) == {}
    assert ReceiptSchema().validate({**first, "content_schema": "receipt/9"})


NULLABLE = {"content_hash", "correction"}
STATED = set(ReceiptSchema().fields) - {
    "content_schema",
    "lines",
    "records",
    "content_hash_scheme",
    "uses",
    "part",
    "corrects",
    "standing_disclosure",
    "alg",
    "kid",
}
"""All but what receipts have had only since it was known."""


@pytest.mark.parametrize("field", sorted(STATED))
def test_a_receipt_has_every_field_and_only_some_may_be_null(field):
    body = _receipt()
    lacking = {name: value for name, value in body.items() if name != field}
    assert ReceiptSchema().validate(lacking) == {field: ["Missing data for required field."]}
    assert (ReceiptSchema().validate({**body, field: None}) == {}) == (field in NULLABLE)


def test_findings_go_out_as_they_are_stored_and_a_text_that_is_not_there_stays_away():
    class Told(Envelope):
        title = BothLanguages()
        findings = FindingList()

    found = Finding("A-1", Severity.INFO)
    assert Told().dump({"title": None, "findings": [found]}) == {"title": None, "findings": [found.as_dict()]}
    assert Told().dump({"title": Text("å", "a"), "findings": None})["findings"] == []
