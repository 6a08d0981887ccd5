"""A Redis of the test's own, where one is installed."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no redis-server is installed")
    folder: Path = tmp_path_factory.mktemp("redis")
    url = f"unix://{folder}/socket"
    running = subprocess.Popen(
        [program, "--port", "0", "--unixsocket", f"{folder}/socket", "--dir", folder, "--save", ""]
    )
    try:
        for _ in range(100):
            try:
                Redis.from_url(url).ping()
                break
            except RedisError:
                time.sleep(0.1)
        yield url
    finally:
        running.terminate()
        running.wait()
