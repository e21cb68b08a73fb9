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
from submission_portal.receiving import client
from submission_portal.receiving.api.guide import STEPS, YOUR_OWN
from tests.conftest import IN_CI, NOW
from tests.factories.deliveries import DAILY, DeliveryWorld
from tests.factories.machine_clients import registered_client
from tests.integration.receiving.test_api import wards_csv
from tests.pages import read

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "api" / "deliveries.md"
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


WAIT = "touch waits; until [ -e decided ]; do sleep 0.1; done"
"""Stands before the example that sends: there an officer of the region decides."""


def run(examples, folder, world, settings):
    """Run shell examples; before the one that sends, an officer of the region decides. Gives the lines that they print."""
    if not (shutil.which("curl") and shutil.which("jq")):
        message = "curl or jq is not installed (Debian: curl jq)"
        pytest.fail(message) if IN_CI else pytest.skip(message)
    examples = [f"{WAIT}\n{one}" if "/send" in one else one for one in examples]
    with subprocess.Popen(
        ["bash", "-c", "\n".join(["set -euo pipefail", *examples])],
        cwd=folder,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        while running.poll() is None and not (folder / "waits").exists():
            time.sleep(0.05)
        if running.poll() is None:
            made = next(path for name in ("made.json", "delivery.json") if (path := folder / name).exists())
            world.disclose(json.loads(made.read_text())["id"])
            (folder / "decided").touch()
        said, _ = running.communicate(timeout=120)
    assert running.returncode == 0, said
    return said.splitlines()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_six_steps_of_the_page_make_a_delivery(app, organisations, actor, address, tmp_path, language):
    with time_machine.travel(NOW, tick=True):
        world = DeliveryWorld.load(organisations, actor, DAILY)
        administrator = actor("ra", (Role.REGION_ADMINISTRATOR, "25"))
        known = registered_client(administrator, organisations["25"])
        web = app.test_client()
        web.get(f"/sprak/{language}", base_url=address)
        shown = read(web.get("/api/", base_url=address))
        steps = shown.find("//section[@aria-labelledby='steg']//li")
        assert len(steps) == len(STEPS)
        for step, told in zip(steps, STEPS, strict=True):
            assert told.title.in_language(language) in "".join(step.itertext())
        examples = shown.find("//section[@aria-labelledby='steg']//pre/code/text()")
        own = f"export CLIENT_ID={known.client_id} CLIENT_SECRET={known.secret} LINE={world.flow.slug}"
        assert YOUR_OWN in examples[0] and f"HOST={address}\n" in examples[0]
        (tmp_path / "month.csv").write_bytes(wards_csv(0, 2, 0, ""))
        lines = run([examples[0].replace(YOUR_OWN, own), *examples[1:]], tmp_path, world, {})
    assert lines[0] == world.flow.slug and lines[1].startswith("/api/v1/models/")
    assert lines[2:5] == ["stopped", "answer", "ROW-004.overbelaggningar"]
    number = lines[lines.index("checked") + 1]
    assert lines[lines.index("checked") :] == ["checked", number, number, lines[-1]] and number.startswith("L-2026-")


def test_the_page_leads_to_the_documents_and_to_the_client(app):
    web = app.test_client()
    page = read(web.get("/api/"))
    assert "/api/v1/openapi.json" in page.links
    assert web.get("/api/docs/deliveries.md").data == GUIDE.read_bytes() and "/api/docs/deliveries.md" in page.links
    assert web.get("/api/client.py").data == Path(client.__file__).read_bytes() and "/api/client.py" in page.links
    for other in ("../rest", "mutants", "0056"):
        assert web.get(f"/api/docs/{other}.md").status_code == 404


def test_every_example_of_the_guide_does_what_it_says(app, organisations, actor, address, tmp_path):
    with time_machine.travel(NOW, tick=True):
        world = DeliveryWorld.load(organisations, actor, DAILY)
        administrator = actor("ra", (Role.REGION_ADMINISTRATOR, "25"))
        known = registered_client(administrator, organisations["25"])
        settings = {"HOST": address, "CLIENT_ID": known.client_id, "CLIENT_SECRET": known.secret}
        lines = run(BLOCK.findall(GUIDE.read_text()), tmp_path, world, {**settings, "LINE": world.flow.slug})
    scopes, status, rest = lines[:3], lines[3], lines[4:]
    assert scopes == ["prepare_deliveries", "read_deliveries", "send_deliveries"]
    assert " 201 " in status and rest[:2] == ["stopped", "/3/overbelaggningar"]
    after = rest[rest.index("checked") :]
    assert after[1].startswith("L-2026-")
    assert after[2:] == ["correction", "1", "withdrawn", "released", "checked", "run-4712"]
