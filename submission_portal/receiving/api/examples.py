"""What the resources answer with, for the OpenAPI document. Synthetic: no region delivered it."""

from typing import Any

FINDING: dict[str, Any] = {
    "key": "ROW-002.disponibla",
    "code": "ROW-002",
    "severity": "error",
    "title": "För många decimaler",
    "text": "Värdet har fler decimaler än modellen tar.",
    "mend": "Avrunda värdet.",
    "params": {"count": 1},
    "needs": "mend",
    "count": 1,
    "places": [{"field": "disponibla", "value": "100.125", "pointer": "/0/disponibla"}],
}
DELIVERY: dict[str, Any] = {
    "id": "0f8fad5bd9cb469fa16570867728950e",
    "number": None,
    "state": "stopped",
    "revision": 1,
    "line": "kalmar-vardplatser",
    "line_version": "a" * 64,
    "model_version": "b" * 64,
    "sender_reference": "run-4711",
    "period": {"name": "2026-10", "first": "2026-10-01", "last": "2026-10-31"},
    "part": "",
    "rows": 1,
    "file": {"name": "leverans.json", "size": 97, "sha256": "c" * 64, "format": "json"},
    "columns": [{"heading": "disponibla", "element": "disponibla"}],
    "corrects": None,
    "correction_kind": None,
    "created_at": "2026-11-02T08:00:00Z",
    "changed_at": "2026-11-02T08:00:00Z",
    "sent_at": None,
    "findings_total": 1,
    "findings": [FINDING],
}
ANSWERS: dict[str, Any] = {"cells": {"belagda": {"*": "not_reported"}}, "gaps": {"*": "closed"}}
RECEIPT: dict[str, Any] = {
    "number": "L-2026-0001",
    "received_at": "2026-11-02T08:00:00Z",
    "file_sha256": "c" * 64,
    "content_hash": "d" * 64,
    "chain_head": "e" * 64,
    "body": {"number": "L-2026-0001"},
}
