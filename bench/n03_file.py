"""A boundary file as large as the publisher's of all Japan: invented, and always the same."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from data.harmonise.names import PREFECTURES

NAME = "N03-20250101"
_WEST, _SOUTH, _SIDE = 129.5, 31.0, 0.25
_WAVE = 0.45  # of a border's length; under 1, so that the borders of a corner never cross
_DECIMALS = 9
_SEED = 20250101
_ISLET_CORNERS = 32
_PER_PREFECTURE, _FEWEST = 40, 2
_WARDS = ("中央区", "北区", "南区")
_KINDS = ("市", "町", "村")
_HEAD = (
    '{{\n"type": "FeatureCollection",\n"name": "{name}",\n"crs": {{ "type": "name", '
    '"properties": {{ "name": "urn:ogc:def:crs:EPSG::6668" }} }},\n"features": [\n'
)


@dataclass(frozen=True)
class N03Size:
    """A grid of areas, the pieces of each border, and the islets of each area on the coast."""

    rows: int
    columns: int
    pieces: int
    islets: int

    @property
    def areas(self) -> int:
        return self.rows * self.columns

    @property
    def prefectures(self) -> int:
        return max(_FEWEST, min(len(PREFECTURES), self.areas // _PER_PREFECTURE))


JAPAN = N03Size(rows=43, columns=44, pieces=2_600, islets=500)


def write_n03(folder: Path, *, size: N03Size) -> Path:
    """Write the publisher's zip into a folder and return its path."""
    path = folder / f"{NAME}_GML.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(f"{NAME}_GML/{NAME}.geojson", "w", force_zip64=True) as stream,
    ):
        stream.write(_HEAD.format(name=NAME).encode())
        for number, (fields, shape) in enumerate(_features(size)):
            before = ",\n" if number else ""
            stream.write((before + _feature(fields, shape)).encode())
        stream.write(b"\n]\n}\n")
    return path


def unzipped_bytes(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def _feature(fields: dict[str, str | None], shape: str) -> str:
    told = json.dumps(fields, ensure_ascii=False)
    return f'{{ "type": "Feature", "properties": {told}, "geometry": {shape} }}'


def _features(size: N03Size) -> Iterator[tuple[dict[str, str | None], str]]:
    """Give one feature per polygon, as the publisher does, and one that belongs to nobody."""
    rng = np.random.default_rng(_SEED)
    along = _borders(rng, count=(size.rows + 1, size.columns), pieces=size.pieces)
    across = _borders(rng, count=(size.columns + 1, size.rows), pieces=size.pieces)
    for row in range(size.rows):
        for column in range(size.columns):
            fields = _fields(row * size.columns + column, size)
            ring = _ring(row, column, along, across)
            yield fields, _geojson(shapely.polygons(ring[:-1]))
            side = {0: -1, size.columns - 1: 1}.get(column)
            if side:
                for islet in _islets(rng, row, column, side=side, count=size.islets):
                    yield fields, islet
    nobody = dict.fromkeys(("N03_002", "N03_003", "N03_005", "N03_007"))
    rock = _islets(rng, size.rows, 0, side=-1, count=1)[0]
    yield {"N03_001": PREFECTURES[0], "N03_004": "所属未定地"} | nobody, rock


def _fields(number: int, size: N03Size) -> dict[str, str | None]:
    """Name an area by its place in the grid; every tenth prefecture begins with three wards."""
    prefecture = number * size.prefectures // size.areas
    first = -(-prefecture * size.areas // size.prefectures)
    place = number - first
    name: dict[str, str | None] = {"N03_003": None, "N03_005": None}
    if prefecture % 10 == 0 and place < len(_WARDS):
        code, name["N03_004"] = 101 + place, f"架空{prefecture + 1}市"
        name["N03_005"] = _WARDS[place]
    else:
        kind = place % len(_KINDS)
        code = (201 if kind == 0 else 301) + place
        name["N03_003"] = f"架空{prefecture + 1}郡" if kind else None
        name["N03_004"] = f"第{place}{_KINDS[kind]}"
    return {
        "N03_001": PREFECTURES[prefecture],
        "N03_002": None,
        **dict(sorted(name.items())),
        "N03_007": f"{prefecture + 1:02d}{code}",
    }


def _borders(rng: np.random.Generator, *, count: tuple[int, int], pieces: int) -> np.ndarray:
    """Return how far each point of each border lies beside the straight line: fractal noise.

    It is bounded by the distance to the nearer end, so two borders meet at corners only.
    """
    place = np.linspace(0.0, 1.0, pieces + 1)
    noise = np.zeros((*count, pieces + 1), dtype="float32")
    octaves = range(1, max(2, int(np.log2(pieces))))
    for octave in octaves:
        knots = 2**octave
        at = np.minimum((place * knots).astype(int), knots - 1)
        share = (place * knots - at).astype("float32")
        value = rng.uniform(-1.0, 1.0, size=(*count, knots + 1)).astype("float32")
        noise += (value[..., at] * (1 - share) + value[..., at + 1] * share) / knots
    most = _WAVE / sum(2.0**-octave for octave in octaves)
    beside: np.ndarray = noise * (most * np.minimum(place, 1 - place)).astype("float32")
    return beside


def _ring(row: int, column: int, along: np.ndarray, across: np.ndarray) -> np.ndarray:
    """Return the closed ring of an area: south, east, north and west border, in this turn."""
    step = np.linspace(0.0, 1.0, along.shape[-1])
    south = np.column_stack([column + step, row + along[row, column]])
    north = np.column_stack([column + step, row + 1 + along[row + 1, column]])[::-1]
    west = np.column_stack([column + across[column, row], row + step])[::-1]
    east = np.column_stack([column + 1 + across[column + 1, row], row + step])
    parts = [south[:-1], east[:-1], north[:-1], west]
    return _degrees(np.concatenate(parts))


def _islets(rng: np.random.Generator, row: int, column: int, *, side: int, count: int) -> list[str]:
    """Return islets in rows off the coast of an area, none touching another."""
    wide = int(np.ceil(np.sqrt(count)))
    number = np.arange(count)
    east = column + (side > 0) + side * (0.3 + 0.6 * (number // wide) / wide)
    north = row + (number % wide + 0.5) / wide
    turn = np.arange(_ISLET_CORNERS) * 2 * np.pi / _ISLET_CORNERS
    radius = 0.25 / wide * rng.uniform(0.6, 1.0, size=(count, _ISLET_CORNERS))
    xs = east[:, None] + radius * np.cos(turn)
    ys = north[:, None] + radius * np.sin(turn)
    rings = _degrees(np.stack([xs, ys], axis=-1))
    return [_geojson(shape) for shape in shapely.polygons(rings)]


def _degrees(cells: np.ndarray) -> np.ndarray:
    found: np.ndarray = np.round(np.array([_WEST, _SOUTH]) + _SIDE * cells, _DECIMALS)
    return found


def _geojson(shape: shapely.Geometry) -> str:
    return str(shapely.to_geojson(shape))
