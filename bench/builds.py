"""Build time and peak memory, in fresh processes started as a user starts them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.figures import BUDGETS, Figure, figure
from bench.machine import ROOT


@dataclass(frozen=True)
class Build:
    """One finished build."""

    seconds: float
    peak_mib: float
    cpu_seconds: float
    said: str = ""


def build_once(arguments: list[str], store: Path) -> Build:
    """Run `python -m data build …` and wait for it; a failed build stops the benchmark."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "data", "build", *arguments, "--quiet"],
            cwd=ROOT,
            env={**os.environ, "STORE": str(store)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        said = log.read()
        if process.returncode:
            raise SystemExit(f"the build failed:\n{said[-2_000:]}")
    return Build(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime, said)


def build_arguments(dataset: str, *, scale: str) -> list[str]:
    if dataset == "demo":
        return ["demo", "--scale", scale]
    return ["official", "--raw", os.environ["OFFICIAL_RAW"]]


def measure_builds(dataset: str, store: Path, *, scale: str, count: int) -> list[Figure]:
    """Build `count` times into the store; the last generation serves what is measured next."""
    arguments = build_arguments(dataset, scale=scale)
    builds = [build_once(arguments, store) for _ in range(count)]
    size = scale if dataset == "demo" and scale != "1" else dataset
    budget = ("build", size) if ("build", size) in BUDGETS else None
    name = "python -m data build " + dataset
    return [
        figure("build", name, "time", [b.seconds for b in builds], unit="s", budget=budget),
        figure("build", name, "cpu", [b.cpu_seconds for b in builds], unit="s"),
        figure("build", name, "peak_memory", [b.peak_mib for b in builds], unit="MiB"),
    ]
