"""What a downloaded table says of itself. Pure."""

from marshmallow import fields

from registry.content.envelopes import BothLanguages, Envelope, FindingList


class TableSchema(Envelope):
    """The beginning of ``table/1``, before its figures: which table it is, and where its figures come from."""

    measure = fields.Str()
    title = BothLanguages()
    unit = BothLanguages()
    version = fields.Int(attribute="table.number")
    published = fields.DateTime(format="iso", attribute="table.release_at")
    content_hash = fields.Str(attribute="table.content_hash")
    measure_version = fields.Str(attribute="table.measure_version_hash")
    provenance = fields.Str(attribute="table.provenance")
    source = fields.Raw(allow_none=True)
    """The publication that the figures were reproduced from; ``None`` where they were not."""
    address = fields.Str()
    findings = FindingList()
