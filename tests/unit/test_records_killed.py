"""A writer that is killed leaves every acknowledged entry, and no half one."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from records.entries import entries, save
from tests.pages.opening import actor_of

ROOT = Path(__file__).resolve().parents[2]
KILLS = 8
WRITER = """
import sys
from pathlib import Path
from access.roles import Actor, Role
from records.entries import save
actor = Actor("u1", "職員", Role.STAFF)
for number in range(10_000):
    made = save(Path(sys.argv[1]), actor=actor, kind="note", area_code="81203", subject="a",
                fields={"text": f"{number}番"})
    print(made.entry_id, flush=True)
"""


@pytest.mark.torture
def test_what_was_acknowledged_is_there_after_kills_at_random_moments(tmp_path):
    chance = random.Random(5)
    told: set[str] = set()
    for _ in range(KILLS):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        first = writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.2))
        os.kill(writer.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        told |= {line.strip() for line in [first, *writer.stdout] if len(line.strip()) == 32}
        writer.wait()
        kept = entries(tmp_path, kind="note")
        assert told <= set(kept["entry_id"])
        assert kept["text"].str.fullmatch(r"\d+番").all()
    made = save(tmp_path, actor=actor_of("staff"), kind="note", area_code="81203", subject="a",
                fields={"text": "そのあと"})  # fmt: skip
    assert made.entry_id in set(entries(tmp_path, kind="note")["entry_id"])
    assert len(told) > KILLS
