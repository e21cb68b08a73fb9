"""What a delivery is to a machine: the fields that resources take and answer with."""

import marshmallow as ma

from registry.api.fields import Day, Moment, Whole
from registry.api.paging import PageArguments
from registry.api.schemas import FindingSchema, PlaceSchema
from submission_portal.deliveries.assessment.answers import ANSWERS
from submission_portal.deliveries.assessment.gap import GAP_ANSWERS
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.reading.older_encodings import CHOICES
from submission_portal.deliveries.reading.readers import READERS

LONGEST_REFERENCE = 200
LONGEST_WAIT = 30
STATES = {
    "stopped": "Errors, questions or unexplained warnings remain: see findings.",
    "checking": "So many rows that they are checked in the background.",
    "checked": "Nothing remains; the region has to decide on disclosure.",
    "disclosed": "The region has decided that it may be sent.",
    "sent": "Received.",
    "in_review": "Received; a reviewer reads the explanations.",
    "released": "Received and released into the follow-up.",
    "refused": "Not taken into the follow-up.",
    "withdrawn": "Taken back by the region.",
    "replaced": "Another delivery has taken its place.",
}
_FORMATS = [reader.kind for reader in READERS]


class ReadingArguments(ma.Schema):
    """How the content is to be read."""

    format = ma.fields.String(
        validate=ma.validate.OneOf(_FORMATS),
        metadata={
            "description": "What the content is, where its media type does not say it (application/octet-stream, application/gzip).",
            "example": "json",
        },
    )
    file_name = ma.fields.String(
        validate=ma.validate.Length(1, 200), metadata={"description": "What the file is called.", "example": "maj.json"}
    )
    sheet = ma.fields.String(
        validate=ma.validate.Length(1, 120), metadata={"description": "Of a workbook: which sheet.", "example": "Maj"}
    )
    encoding = ma.fields.String(
        validate=ma.validate.OneOf(list(CHOICES)),
        metadata={"description": "Of a text that is neither UTF-8 nor UTF-16: which encoding.", "example": "cp850"},
    )
    period = ma.fields.String(
        validate=ma.validate.Regexp(r"^(19|20)[0-9][0-9](-(0[1-9]|1[0-2]))?$"),
        metadata={
            "description": "Of headings that are days without a month or months without a year: the year, or the year and the month, where nothing in the file says it.",
            "example": "2026-03",
        },
    )
    part = ma.fields.String(
        validate=ma.validate.Length(1, 60),
        metadata={"description": "The part that it is, of a line that is delivered in parts.", "example": "24010"},
    )


class NewDeliveryArguments(ReadingArguments):
    """What the delivery is."""

    sender_reference = ma.fields.String(
        load_default="",
        validate=ma.validate.Length(0, LONGEST_REFERENCE),
        metadata={"description": "The sender's own name of it; kept, shown and searched by.", "example": "run-4711"},
    )
    corrects = ma.fields.String(
        validate=ma.validate.Length(1, 40),
        metadata={
            "description": "Id or number of the delivery that it corrects or replaces.",
            "example": "L-2026-0001",
        },
    )
    correction_kind = ma.fields.String(
        validate=ma.validate.OneOf([kind.value for kind in CorrectionKind]),
        metadata={"description": "With corrects: single rows, or all of it.", "example": "correction"},
    )


class PreferHeaders(ma.Schema):
    """How long the client would rather wait than ask again."""

    prefer = ma.fields.String(
        data_key="Prefer",
        validate=ma.validate.Length(0, 200),
        metadata={
            "description": f"wait=n (RFC 7240): seconds to wait for the check of many rows, at most {LONGEST_WAIT}.",
            "example": "wait=10",
        },
    )


class ListArguments(PageArguments):
    """Which deliveries."""

    line = ma.fields.String(
        validate=ma.validate.Length(1, 200), metadata={"description": "Of this line.", "example": "dagliga-vardplatser"}
    )
    sender_reference = ma.fields.String(
        validate=ma.validate.Length(1, LONGEST_REFERENCE),
        metadata={"description": "Those that the sender named so.", "example": "run-4711"},
    )
    number = ma.fields.String(
        validate=ma.validate.Length(1, 20),
        metadata={"description": "The one with this number.", "example": "L-2026-0001"},
    )


class PlaceInFileSchema(PlaceSchema):
    """A place in a delivered file: row and column letter of a sheet, or a JSON Pointer."""

    pointer = ma.fields.String(
        metadata={"description": "Of JSON, NDJSON and Parquet: the value, as a JSON Pointer (RFC 6901)."}
    )


class DeliveryFindingSchema(FindingSchema):
    """Something that a check of a delivery found."""

    key = ma.fields.String(required=True, metadata={"description": "Which finding of the delivery: rule and element."})
    needs = ma.fields.String(
        required=True,
        validate=ma.validate.OneOf(["mend", "answer", "explain", "nothing"]),
        metadata={
            "description": "What it takes before the delivery can be sent. A question is answered at /answers; a warning is "
            "explained by a person, in the portal."
        },
    )
    count = Whole(
        required=True, metadata={"description": "How many places there are; of so many at most 200 are kept."}
    )
    places = ma.fields.List(
        ma.fields.Nested(PlaceInFileSchema), required=True, metadata={"description": "Where it is."}
    )


class PeriodSchema(ma.Schema):
    """The days that a delivery is about."""

    name = ma.fields.String(required=True, metadata={"description": "As periods are written: 2026-10."})
    first = Day(required=True, allow_none=True, metadata={"description": "The first day."})
    last = Day(required=True, allow_none=True, metadata={"description": "The last day."})


class FileSchema(ma.Schema):
    """The file that was sent."""

    name = ma.fields.String(required=True, metadata={"description": "What it is called."})
    size = Whole(required=True, metadata={"description": "Its size in bytes."})
    sha256 = ma.fields.String(required=True, metadata={"description": "Its SHA-256, in hexadecimal digits."})
    format = ma.fields.String(required=True, metadata={"description": f"What it was read as: {', '.join(_FORMATS)}."})


class ColumnSchema(ma.Schema):
    """How one column was read."""

    heading = ma.fields.String(required=True, metadata={"description": "Its heading, or its name in JSON."})
    element = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "The element that it was read as; null: not read in."}
    )


class DeliverySchema(ma.Schema):
    """A delivery, as it is now."""

    id = ma.fields.String(required=True, metadata={"description": "Its id, for addresses."})
    number = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "Its number; given when it is received."}
    )
    state = ma.fields.String(
        required=True,
        validate=ma.validate.OneOf(list(STATES)),
        metadata={"description": " ".join(f"{name}: {text}" for name, text in STATES.items())},
    )
    revision = Whole(required=True, metadata={"description": "Counts changes; it is part of the ETag."})
    line = ma.fields.String(required=True, metadata={"description": "The delivery line."})
    line_version = ma.fields.String(required=True, metadata={"description": "Hash of the version of the line."})
    model_version = ma.fields.String(required=True, metadata={"description": "Hash of the version of the model."})
    sender_reference = ma.fields.String(required=True, metadata={"description": "The sender's own name of it."})
    period = ma.fields.Nested(PeriodSchema, required=True, metadata={"description": "The days that it is about."})
    part = ma.fields.String(required=True, metadata={"description": "The part of the period; empty for the whole."})
    rows = Whole(required=True, metadata={"description": "How many rows of figures it has."})
    file = ma.fields.Nested(FileSchema, required=True, metadata={"description": "The file that was sent."})
    columns = ma.fields.List(
        ma.fields.Nested(ColumnSchema), required=True, metadata={"description": "How its columns were read."}
    )
    corrects = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "Id of the delivery that it corrects or replaces."}
    )
    correction_kind = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "correction (single rows) or replacement."}
    )
    created_at = Moment(required=True, metadata={"description": "When it was made."})
    changed_at = Moment(required=True, metadata={"description": "When it last changed."})
    sent_at = Moment(required=True, allow_none=True, metadata={"description": "When it was received."})
    findings_total = Whole(required=True, metadata={"description": "How many findings there are."})
    findings = ma.fields.List(
        ma.fields.Nested(DeliveryFindingSchema),
        required=True,
        metadata={"description": "The gravest of what was found; all of it is at /deliveries/{id}/findings."},
    )


class AnswersSchema(ma.Schema):
    """What empty cells and missing rows mean."""

    cells = ma.fields.Dict(
        keys=ma.fields.String(validate=ma.validate.Length(1, 100)),
        values=ma.fields.Dict(
            keys=ma.fields.String(validate=ma.validate.Length(1, 300)),
            values=ma.fields.String(validate=ma.validate.Length(1, 40)),
        ),
        metadata={
            "description": "By element, by row (or * for all): "
            + ", ".join(sorted(ANSWERS))
            + "; of a date in two orders * and day_first or month_first. A row is its number in the file, or the pointer of the place (/3/belagda)."
        },
    )
    gaps = ma.fields.Dict(
        keys=ma.fields.String(validate=ma.validate.Length(1, 300)),
        values=ma.fields.String(validate=ma.validate.OneOf([*GAP_ANSWERS, ""])),
        metadata={
            "description": "Why units have no rows, by key.gap of the place (* for all): "
            + ", ".join(GAP_ANSWERS)
            + "; empty takes it back."
        },
    )


class WithdrawalSchema(ma.Schema):
    """Why a delivery is taken back."""

    reason = ma.fields.String(
        load_default="",
        validate=ma.validate.Length(0, 2000),
        metadata={"description": "Why; needed of what has been received."},
    )


class ReceiptSchema(ma.Schema):
    """The proof that a delivery was received."""

    number = ma.fields.String(required=True, metadata={"description": "The delivery's number."})
    received_at = Moment(required=True, metadata={"description": "When it was received."})
    file_sha256 = ma.fields.String(required=True, metadata={"description": "SHA-256 of the file."})
    content_hash = ma.fields.String(required=True, metadata={"description": "Hash over its rows."})
    chain_head = ma.fields.String(required=True, metadata={"description": "The head of the log at that moment."})
    body = ma.fields.Dict(
        keys=ma.fields.String(), required=True, metadata={"description": "The whole receipt, as it is kept."}
    )
