"""What the figures were measured on, without host names or paths."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("streamlit", "duckdb", "pandas", "numpy", "pyarrow", "geopandas", "shapely",
             "altair", "starlette", "playwright")  # fmt: skip


def _field(file: str, name: str) -> str | None:
    """Return the first `name : value` of a file that Linux keeps about itself."""
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    found = (line.partition(":")[2].strip() for line in lines if line.startswith(name))
    return next(found, None)


def _memory_gib() -> float | None:
    text = _field("/proc/meminfo", "MemTotal")
    return round(int(text.split()[0]) / 1024**2, 1) if text else None


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"


def _revision() -> str | None:
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def describe_machine() -> dict[str, Any]:
    """Return date, revision, cores, memory, processor, system, load and versions."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "date": datetime.now(tz=UTC).astimezone().isoformat(timespec="seconds"),
        "revision": _revision(),
        "cores": cores,
        "memory_gib": _memory_gib(),
        "processor": _field("/proc/cpuinfo", "model name") or platform.processor() or None,
        "system": _system(),
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
    }
