"""A flow file as bytes: written and signed, verified and read (`seal`). Pure."""

from collections.abc import Mapping
from typing import Any

from registry.findings import Finding
from registry.signing.keys import KeyRing
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.flow_files import seal
from submission_portal.deliveries.flow_files.content import FlowFile
from submission_portal.deliveries.flow_files.seal import Signs
from submission_portal.deliveries.flow_files.writing import content_of, file_of


def sealed(file: FlowFile, signer: Signs) -> bytes:
    """The file's bytes: the same for the same content and key."""
    return seal.sealed(content_of(file), signer)


def opened(data: bytes, ring: KeyRing) -> FlowFile | Finding:
    """The file, or why it is refused: as `seal.unsealed` says, or a model that this program cannot read (FLF-005)."""
    content = seal.unsealed(data, ring)
    return content if isinstance(content, Finding) else read(content)


def read(content: Mapping[str, Any]) -> FlowFile | Finding:
    """The file of content whose signature holds, or why it is refused."""
    try:
        file = file_of(content)
    except (KeyError, TypeError, ValueError, AttributeError):
        return FINDINGS.found("FLF-001")
    if isinstance(file, tuple):
        return FINDINGS.found("FLF-005", {"codes": ", ".join(dict.fromkeys(one.code for one in file))})
    return file
