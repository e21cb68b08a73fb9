"""The guide for whoever writes a delivering program: its examples are run as they stand, against a registry that is served."""

import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
import time_machine

from registry.actors import Role
from tests.conftest import IN_CI, NOW
from tests.factories.deliveries import DAILY, DeliveryWorld
from tests.factories.machine_clients import registered_client

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "api" / "deliveries.md"
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


WAIT = "touch waits; until [ -e decided ]; do sleep 0.1; done"
"""Stands before the example that sends: there an officer of the region decides."""


def test_every_example_of_the_guide_does_what_it_says(app, organisations, actor, address, tmp_path):
    if not (shutil.which("curl") and shutil.which("jq")):
        message = "curl or jq is not installed (Debian: curl jq)"
        pytest.fail(message) if IN_CI else pytest.skip(message)
    with time_machine.travel(NOW, tick=True):
        world = DeliveryWorld.load(organisations, actor, DAILY)
        administrator = actor("ra", (Role.REGION_ADMINISTRATOR, "25"))
        known = registered_client(administrator, organisations["25"])
        settings = {"HOST": address, "CLIENT_ID": known.client_id, "CLIENT_SECRET": known.secret}
        examples = [f"{WAIT}\n{one}" if "/send" in one else one for one in BLOCK.findall(GUIDE.read_text())]
        with subprocess.Popen(
            ["bash", "-c", "\n".join(["set -euo pipefail", *examples])],
            cwd=tmp_path,
            env={**os.environ, **settings, "LINE": world.flow.slug},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as running:
            while running.poll() is None and not (tmp_path / "waits").exists():
                time.sleep(0.05)
            if running.poll() is None:
                world.disclose(json.loads((tmp_path / "made.json").read_text())["id"])
                (tmp_path / "decided").touch()
            said, _ = running.communicate(timeout=120)
    assert running.returncode == 0, said
    lines = said.splitlines()
    scopes, status, rest = lines[:3], lines[3], lines[4:]
    assert scopes == ["prepare_deliveries", "read_deliveries", "send_deliveries"]
    assert " 201 " in status and rest[:2] == ["stopped", "/3/overbelaggningar"]
    after = rest[rest.index("checked") :]
    assert after[1].startswith("L-2026-")
    assert after[2:] == ["correction", "1", "withdrawn", "released", "checked", "run-4712"]
