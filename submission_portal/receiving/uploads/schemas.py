"""What the resources of uploads take and give."""

import marshmallow as ma

from registry.api.fields import Moment, Whole
from submission_portal.receiving.api.schemas import NewDeliveryArguments
from submission_portal.receiving.uploads.protocol import ALGORITHMS, MOST_METADATA, VERSION

_LONGEST = 10**15


class ProtocolHeaders(ma.Schema):
    """The version of tus that is spoken; whoever speaks another is answered before this is read."""

    version = ma.fields.String(
        required=True,
        validate=ma.validate.OneOf([VERSION]),
        data_key="Tus-Resumable",
        metadata={"description": "The version of tus that is spoken; 412 without it.", "example": VERSION},
    )


class NewUploadHeaders(ProtocolHeaders):
    """What is going to be sent."""

    length = Whole(
        required=True,
        validate=ma.validate.Range(0, _LONGEST),
        data_key="Upload-Length",
        metadata={"description": "The size of the whole file in bytes.", "example": 187654321},
    )
    metadata = ma.fields.String(
        required=True,
        validate=ma.validate.Length(1, MOST_METADATA),
        data_key="Upload-Metadata",
        metadata={
            "description": "Names with values in base64, with commas between them: line (the delivery line; needed), filename, "
            "filetype (a media type: one that is taken promises what the file is, any other is passed over), and as for POST /lines/{line}/deliveries: "
            + ", ".join(name for name in NewDeliveryArguments().fields if name != "file_name")
            + ".",
            "example": "line a2FsaXgtdmFyZHBsYXRzZXI=,filename bWFqLmNzdg==",
        },
    )


class PartHeaders(ProtocolHeaders):
    """Where a part belongs, and what it is."""

    offset = Whole(
        required=True,
        validate=ma.validate.Range(0, _LONGEST),
        data_key="Upload-Offset",
        metadata={"description": "How many bytes have come before the part.", "example": 0},
    )
    checksum = ma.fields.String(
        validate=ma.validate.Length(1, 200),
        data_key="Upload-Checksum",
        metadata={
            "description": f"{' or '.join(ALGORITHMS)}, a blank, and the digest of the part in base64.",
            "example": "sha256 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        },
    )


class MetadataSchema(NewDeliveryArguments):
    """What the client says of the file: ``Upload-Metadata``, taken apart."""

    class Meta:
        exclude = ("file_name",)

    line = ma.fields.String(required=True, validate=ma.validate.Length(1, 200))
    filename = ma.fields.String(validate=ma.validate.Length(1, 200))
    filetype = ma.fields.String(load_default="", validate=ma.validate.Length(0, 200))
    """As browsers have it: ``application/vnd.ms-excel`` for CSV, or nothing. What no reader has says nothing of the file."""


class UploadSchema(ma.Schema):
    """How far an upload has come."""

    offset = Whole(required=True, metadata={"description": "Bytes that have come: where the next part begins."})
    length = Whole(required=True, metadata={"description": "The size of the whole file."})
    expires_at = Moment(required=True, metadata={"description": "When it is forgotten, whole or not."})
    delivery = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "Id of the delivery that it became; null until then."}
    )
