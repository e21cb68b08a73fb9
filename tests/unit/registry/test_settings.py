"""The key of an instance: made once, whoever asks first."""

import stat
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from registry.settings import secret_key


def test_programs_that_start_at_once_on_a_new_instance_share_one_key(tmp_path):
    instance = tmp_path / "instance"
    together = Barrier(8)

    def start(_number: int) -> str:
        together.wait()
        return secret_key(instance)

    with ThreadPoolExecutor(8) as programs:
        keys = set(programs.map(start, range(8)))
    assert keys == {secret_key(instance)}
    assert len(keys.pop()) == 64
    assert [one.name for one in instance.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((instance / "secret_key").stat().st_mode) == 0o600
