"""What a client may take of the server: bounds from settings, and time that runs out."""

import pytest

from registry.serving.limits import KIB, MIB, Credit, Limits

SETTINGS = {
    "HEADER_SECONDS": 3.0,
    "LEAST_RATE": 1000.0,
    "PATIENCE_SECONDS": 7.0,
    "UPLOAD_BYTES": 10 * MIB,
    "BUFFER_BYTES": 40 * MIB,
    "CONNECTIONS": 12,
}


def test_settings_give_the_bounds():
    assert Limits.from_settings(SETTINGS) == Limits(
        header_seconds=3.0,
        least_rate=1000.0,
        patience=7.0,
        body_bytes=11 * MIB,
        buffer_bytes=40 * MIB,
        connections=12,
    )


def test_the_largest_upload_always_has_room():
    assert Limits.from_settings(SETTINGS | {"BUFFER_BYTES": MIB}).buffer_bytes == 11 * MIB


def test_what_the_documentation_promises_of_bounds_that_nobody_set():
    # docs/operations.md names the first four; the rest follows from a form around the largest upload.
    bounds = Limits()
    assert (bounds.header_seconds, bounds.idle_seconds, bounds.least_rate, bounds.patience) == (15, 60, 16 * 1024, 30)
    assert (bounds.header_bytes, bounds.stranger_bytes) == (32 * 1024, 64 * 1024)
    assert (bounds.body_bytes, bounds.buffer_bytes, bounds.connections) == (26 * 1024**2, 256 * 1024**2, 500)
    assert (KIB, MIB) == (1024, 1024 * 1024)


def test_time_is_earned_by_bytes_and_runs_out_while_nothing_moves():
    credit = Credit(now=10.0, patience=30.0, rate=100.0)
    assert credit.left(now=10.0) == 30.0
    assert credit.left(now=15.0) == 25.0
    credit.earn(200, now=15.0)
    assert credit.left(now=15.0) == 27.0
    assert credit.left(now=18.0) == 24.0
    credit.earn(0, now=18.0)
    assert credit.left(now=18.0) == 24.0
    credit.earn(10**6, now=18.0)
    assert credit.left(now=18.0) == pytest.approx(30.0)
    assert credit.left(now=60.0) == -12.0
