"""A build from boundaries of all Japan at full resolution: time, memory, progress and borders."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import shapely

from bench.builds import build_once
from bench.figures import Figure, figure
from bench.machine import describe_machine
from bench.n03_file import JAPAN, N03Size, unzipped_bytes, write_n03
from bench.report import Results
from data.generations import Store

NAME = "N03（全国、最大精度、架空）"
STEPS = ("読み込み", "地域と境界を整えています", "境界をそろえています", "地図を作っています")
_MIB = 2**20
_TOLERANCE = 1e-9  # of the whole; sums of floating point numbers differ by less
_STEP = re.compile(r"^\[ *\d+%\] (?P<step>[^：\n]+)", re.MULTILINE)
_MAPPED = """
select geometry_wkb
from area_boundary
join area using (area_code)
where detail = $detail and area_type in ('municipality', 'ward')
order by area_code
"""


def measure_n03(*, size: N03Size = JAPAN) -> Results:
    """Write the file, build from it in a fresh process and look at what became of the borders."""
    machine = describe_machine()
    with tempfile.TemporaryDirectory() as folder:
        raw, store = Path(folder) / "raw", Path(folder) / "store"
        raw.mkdir()
        unzipped = unzipped_bytes(write_n03(raw, size=size)) / _MIB
        build = build_once(["official", "--raw", str(raw)], store)
        faults = missing_steps(build.said) + border_faults(Store(store).current(), size=size)
    budget = ("build", "n03_memory")
    figures: list[Figure] = [
        figure("build", NAME, "unzipped", [unzipped], unit="MiB"),
        figure("build", NAME, "time", [build.seconds], unit="s"),
        figure("build", NAME, "cpu", [build.cpu_seconds], unit="s"),
        figure("build", NAME, "peak_memory", [build.peak_mib], unit="MiB", budget=budget),
    ]
    return Results("n03", None, 1, machine, {"municipalities": size.areas}, figures, faults)


def missing_steps(said: str) -> list[str]:
    """Name the steps of which a build told no progress."""
    told = {match["step"].strip() for match in _STEP.finditer(said)}
    return [f"no progress was told of {step}" for step in STEPS if step not in told]


def border_faults(generation: Path, *, size: N03Size) -> list[str]:
    """Say what is wrong with the municipalities of both details: number, overlaps and gaps."""
    found = []
    with duckdb.connect(str(generation), read_only=True) as con:
        for detail in ("prefecture", "national"):
            rows = con.execute(_MAPPED, {"detail": detail}).fetchall()
            shapes = shapely.from_wkb(np.array([wkb for (wkb,) in rows], dtype=object))
            found += [f"{detail}: {fault}" for fault in _faults(shapes, areas=size.areas)]
    return found


def _faults(shapes: np.ndarray, *, areas: int) -> list[str]:
    found = [] if len(shapes) == areas else [f"{len(shapes)} of {areas} areas"]
    union = shapely.union_all(shapes)
    filled = shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(union)))
    whole = float(shapely.area(union))
    if abs(float(shapely.area(shapes).sum()) - whole) > _TOLERANCE * whole:
        found.append("areas overlap")
    if float(shapely.area(filled).sum()) - whole > _TOLERANCE * whole:
        found.append("there are gaps between areas")
    if not shapely.coverage_is_valid(shapes):
        found.append("neighbours do not share their borders")
    return found
