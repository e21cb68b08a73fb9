"""A layout as a file, to be kept and read in elsewhere: its content, the model that it answers for, and its hash. Pure."""

import json
from typing import Any

from registry.content.strict_json import DoubledName, read_json
from registry.findings import Finding
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.layouts.content import Layout, NoLayout

NAMES = {"model", "source", "content_hash", "layout"}
LARGEST = 2_000_000
"""Bytes of a layout file."""


def layout_file(layout: Layout, *, model: str, source: str) -> str:
    """The file as text. ``model`` is the slug of the model."""
    content = {"model": model, "source": source, "content_hash": layout.content_hash, "layout": layout.as_dict()}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def read_layout_file(data: bytes, *, model: str, elements: frozenset[str]) -> tuple[Layout, str] | Finding:
    """The layout and its source system, or what is wrong with the file: no layout (LAY-007), altered (LAY-008), or for another
    model than ``model``, which has these elements (LAY-009)."""
    try:
        told: Any = read_json(data) if len(data) <= LARGEST else None
        if not isinstance(told, dict) or told.keys() != NAMES:
            raise NoLayout("layout")
        texts = [told[name] for name in ("model", "source", "content_hash")]
        if not all(isinstance(text, str) and 0 < len(text) <= 200 for text in texts):
            raise NoLayout("model")
        layout = Layout.from_dict(told["layout"])
    except NoLayout as error:
        return FINDINGS.found("LAY-007", {"place": str(error)})
    except DoubledName as error:
        return FINDINGS.found("LAY-007", {"place": error.name[:100]})
    except (ValueError, RecursionError):
        return FINDINGS.found("LAY-007", {"place": "JSON"})
    if layout.content_hash != told["content_hash"]:
        return FINDINGS.found("LAY-008")
    if told["model"] != model or not layout.elements() <= elements:
        return FINDINGS.found("LAY-009", {"found": told["model"], "expected": model})
    return layout, told["source"]
