"""Care offices and medical institutions of the demo region, placed where people live.

Counts are negative binomial: a Poisson draw on people aged 75+ times the density of the area
kind, a level that rises from east to west, and a gamma-like effect of prefecture and area.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.demo.people import persons_from, settled_rows
from data.demo.region import DemoRegion
from data.demo.service_rates import (
    INSTITUTIONS,
    KIND_DENSITY,
    SERVICES,
    SHARED_SERVICES,
    Institution,
    Service,
)

FACILITY_YEAR = 2025
WEST_SLOPE = -0.16
BRANDS = ("あおば", "ひだまり", "こもれび", "なぎさ", "つむぎ", "みのり", "そよかぜ", "ほほえみ")
CORPORATIONS = (
    ("医療法人見本会", "9990001000011"),
    ("社会福祉法人架空福祉会", "9990005000022"),
    ("株式会社例示ケア", "9990001000033"),
    ("一般社団法人演習医師会", "9990005000044"),
    ("特定非営利活動法人見本ネット", "9990005000055"),
)
_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


@dataclass(frozen=True)
class DemoFacilities:
    """Care offices (one row per office and service) and medical institutions (one row each)."""

    care: pd.DataFrame
    medical: pd.DataFrame


def listed(column: pd.Series) -> list[Any]:
    """Return a column as a list, turned as a whole: cell by cell takes ten times as long."""
    cells: list[Any] = column.to_numpy(dtype=object).tolist()
    return cells


def records(rows: pd.DataFrame, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the named columns of every row."""
    for cells in zip(*(listed(rows[column]) for column in columns), strict=True):
        yield dict(zip(columns, cells, strict=True))


def katakana(text: str) -> str:
    """Return a text with its hiragana turned to katakana."""
    return text.translate(_TO_KATAKANA)


def make_facilities(
    region: DemoRegion, rng: np.random.Generator, *, density: float = 1.0
) -> DemoFacilities:
    """Draw every office and institution, reproducibly; density multiplies their usual number."""
    areas = settled_rows(region)
    areas["persons_75_plus"] = areas["area_code"].map(persons_from(region, FACILITY_YEAR, 75))
    groups = sorted({service.group for service in SERVICES} | {"medical"})
    richness = {group: density * _richness(areas, rng) for group in groups}
    counts = np.column_stack(
        [_counts(areas, richness[service.group], service, rng) for service in SERVICES]
        + [_counts(areas, richness["medical"], kind, rng) for kind in INSTITUTIONS]
    )
    rows = _placed_rows(region, areas, counts, rng)
    medical = rows["kind_index"] >= len(SERVICES)
    care = _care_rows(rows[~medical].reset_index(drop=True), rng)
    return DemoFacilities(care, _medical_rows(rows[medical].reset_index(drop=True), rng))


def _richness(areas: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    longitude = areas["lon"].to_numpy(dtype=float)
    west = (longitude - longitude.mean()) / max(float(longitude.std()), 1e-9)
    prefectures, place = np.unique(
        areas["prefecture_code"].to_numpy(dtype=str), return_inverse=True
    )
    shared = rng.normal(0.0, 0.10, len(prefectures))[place]
    own = rng.normal(0.0, 0.22, len(areas))
    richness: np.ndarray = np.exp(WEST_SLOPE * west + shared + own)
    return richness


def _counts(
    areas: pd.DataFrame,
    richness: np.ndarray,
    kind: Service | Institution,
    rng: np.random.Generator,
) -> np.ndarray:
    density = areas["kind"].map(KIND_DENSITY[kind.bias]).to_numpy(dtype=float)
    mean = kind.per_10k * areas["persons_75_plus"].to_numpy(dtype=float) / 10_000
    expected = mean * density * richness
    counts: np.ndarray = rng.poisson(expected)
    if not counts.any():
        counts[expected.argmax()] = 1  # a register without a single office is not published
    return counts


def _placed_rows(
    region: DemoRegion, areas: pd.DataFrame, counts: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    area_index = np.repeat(np.arange(len(areas)), counts.sum(axis=1))
    kind_index = np.concatenate([np.repeat(np.arange(counts.shape[1]), row) for row in counts])
    points = np.concatenate(
        [
            np.asarray(region.settle(code, int(total), rng), dtype=float).reshape(-1, 2)
            for code, total in zip(areas["area_code"], counts.sum(axis=1), strict=True)
        ]
    )
    columns = ["area_code", "place", "kana", "prefecture_code", "kind", "district"]
    rows = areas[columns].iloc[area_index].reset_index(drop=True)
    rows["kind_index"] = kind_index
    rows["lon"], rows["lat"] = points[:, 0], points[:, 1]
    rows["prefecture"] = rows["prefecture_code"].map(region.prefectures.set_index("code")["name"])
    rows["serial"] = rows.groupby("prefecture_code").cumcount() + 1
    rows["brand"] = [BRANDS[i] for i in rng.integers(0, len(BRANDS), len(rows))]
    block = rng.integers(1, 31, (len(rows), 3))
    rows["street"] = [f"見本町{a}丁目{b}番{c}号" for a, b, c in block]
    return rows


def _named(rows: pd.DataFrame, labels: Sequence[str]) -> None:
    rows["label"] = [labels[i] for i in rows["kind_index"]]
    repeat = rows.groupby(["area_code", "kind_index", "brand"]).cumcount()
    rows["name"] = [
        f"{place}{brand}{label}{number + 1 if number else ''}"
        for place, brand, label, number in zip(
            *(listed(rows[column]) for column in ("place", "brand", "label")), repeat, strict=True
        )
    ]
    pairs = list(zip(listed(rows["kana"]), listed(rows["brand"]), strict=True))
    read = {pair: katakana("".join(pair)) for pair in set(pairs)}
    rows["name_kana"] = [read[pair] for pair in pairs]


def _care_rows(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    _named(rows, [service.label for service in SERVICES])
    services = [SERVICES[i] for i in rows["kind_index"]]
    rows["service_code"] = [service.code for service in services]
    rows["service_name"] = [service.name for service in services]
    rows["days"] = [service.days for service in services]
    rows["office_number"] = [
        f"{prefecture}7{serial:07d}"
        for prefecture, serial in zip(listed(rows["prefecture_code"]), rows["serial"], strict=True)
    ]
    owner = rng.integers(0, len(CORPORATIONS), len(rows))
    rows["corporation"] = [CORPORATIONS[i][0] for i in owner]
    rows["corporation_number"] = [CORPORATIONS[i][1] for i in owner]
    rows["capacity"] = _capacities(services, rng)
    shared = [
        _shared_rows(rows, kind.of, kind.share, kind.code, kind.name, rng)
        for kind in SHARED_SERVICES
    ]
    return pd.concat([rows, *shared], ignore_index=True)


def _capacities(services: Sequence[Service], rng: np.random.Generator) -> list[str]:
    draw, entered = rng.random(len(services)), rng.random(len(services))
    capacities = []
    for service, level, chance in zip(services, draw, entered, strict=True):
        if service.capacity is None or chance > 0.98:
            capacities.append("")
        elif chance > 0.95:
            capacities.append("0")
        else:
            low, high = service.capacity
            capacities.append(str(round(low + level * (high - low))))
    return capacities


def _shared_rows(
    rows: pd.DataFrame, of: str, share: float, code: str, name: str, rng: np.random.Generator
) -> pd.DataFrame:
    source = rows[rows["service_code"] == of]
    taken = source[rng.random(len(source)) < share].copy()
    taken["service_code"], taken["service_name"], taken["capacity"] = code, name, ""
    return taken


def _medical_rows(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    rows["kind_index"] -= len(SERVICES)
    _named(rows, [kind.label for kind in INSTITUTIONS])
    kinds = [INSTITUTIONS[i] for i in rows["kind_index"]]
    rows["division"] = [kind.division for kind in kinds]
    rows["institution"] = [kind.key for kind in kinds]
    hospital = (rows["institution"] == "hospital").to_numpy()
    beds = np.clip(rng.lognormal(4.75, 0.65, len(rows)), 20, 900).astype(int)
    bedded_clinic = (rows["institution"] == "clinic").to_numpy() & (rng.random(len(rows)) < 0.06)
    beds = np.where(hospital, beds, np.where(bedded_clinic, rng.integers(1, 20, len(rows)), 0))
    mix = rng.dirichlet((2.2, 1.0, 0.5), len(rows))
    mix[~hospital] = (1.0, 0.0, 0.0)
    rows["beds_long_term"] = np.floor(beds * mix[:, 1]).astype(int)
    rows["beds_mental"] = np.floor(beds * mix[:, 2]).astype(int)
    rows["beds_general"] = beds - rows["beds_long_term"] - rows["beds_mental"]
    rows["beds"] = beds
    rows["grades"] = _support_grades(rows, rng)
    rows["institution_number"] = [
        f"{int(code[2:5]) % 90 + 1:02d}{serial % 100_000:05d}"
        for code, serial in zip(listed(rows["area_code"]), rows["serial"], strict=True)
    ]
    return rows


def _support_grades(rows: pd.DataFrame, rng: np.random.Generator) -> list[str]:
    """Return the grades of home-care support, several joined by a comma, '' for none."""
    chance = rows["institution"].map({"hospital": 0.27, "clinic": 0.16}).fillna(0.0)
    density = rows["kind"].map(KIND_DENSITY["urban"]).to_numpy(dtype=float)
    hit = rng.random(len(rows)) < chance.to_numpy(dtype=float) * density
    grade = rng.choice(["1", "2", "3"], len(rows), p=[0.04, 0.27, 0.69])
    both = rng.random(len(rows)) < 0.02
    return [
        "" if not is_support else (f"{value},3" if twice and value != "3" else value)
        for is_support, value, twice in zip(hit, grade, both, strict=True)
    ]
