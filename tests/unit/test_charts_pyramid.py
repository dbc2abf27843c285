from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd
import pytest
import vl_convert

from charts.pyramid import FEMALE, MALE, pyramid
from tests.unit.chart_parts import drawn_texts

ROWS = [
    # year, from, label, male, female
    (2020, 0, "0～4", 100, 90),
    (2020, 65, "65～69", 80, 85),
    (2020, 90, "90以上", 10, 30),
    (2050, 0, "0～4", 50, 45),
    (2050, 65, "65～69", 70, 75),
    (2050, 90, "90以上", 40, 120),
]
COLUMNS = ["year", "age_from", "age_label", "male", "female"]


def drawn(**options: Any) -> dict[str, Any]:
    frame = pd.DataFrame(ROWS, columns=COLUMNS)
    settings: dict[str, Any] = {"shown_year": 2050, "base_year": 2020, "unit": "人", "decimals": 0}
    return pyramid(frame, **{**settings, **options})


def bars(spec: dict[str, Any]) -> dict[str, list[tuple[float, float]]]:
    """Return left and right edge of the bars by colour, oldest first."""
    svg = vl_convert.vegalite_to_svg({**spec, "width": 600})
    found: dict[str, list[tuple[float, float]]] = {}
    for path in re.findall(r'<path[^>]*aria-roledescription="bar"[^>]*>', svg):
        edges = re.search(r'd="M([\d.-]+),[\d.-]+h([\d.-]+)', path)
        colour = re.search(r'(?:fill|stroke)="(#[0-9a-f]{6})"', path)
        assert edges
        assert colour
        left, width = (float(edge) for edge in edges.groups())
        found.setdefault(colour.group(1), []).append((left, left + width))
    return found


def test_men_stand_at_the_left_and_women_at_the_right_on_one_scale() -> None:
    found = bars(drawn())
    (man,), (woman,) = found[MALE[2]], found[FEMALE[2]]
    middle = man[1]
    assert woman[0] == middle
    assert (woman[1] - middle) / (middle - man[0]) == pytest.approx(3, rel=1e-6)
    assert found[MALE[1]][0][0] < middle


def test_the_base_year_is_an_outline_beside_the_year_shown() -> None:
    outlines = bars(drawn())["#1a1f24"]
    assert len(outlines) == 6
    widths = sorted(round(right - left) for left, right in outlines)
    assert widths[-1] == round(100 / 90 * widths[-2])
    assert "#1a1f24" not in bars(drawn(base_year=None))


def test_the_scale_is_the_same_in_every_year() -> None:
    early, late = bars(drawn(shown_year=2020)), bars(drawn(shown_year=2050))
    assert early["#1a1f24"] == late["#1a1f24"]
    assert early[FEMALE[2]] != late[FEMALE[2]]


def test_the_year_and_the_sums_are_printed() -> None:
    texts = drawn_texts(drawn(projected_from=2025))
    assert {"2050年（令和32年） 推計", "男 160人", "女 240人"} <= texts
    assert {"2020年（令和2年） 実績", "男 190人"} <= drawn_texts(
        drawn(shown_year=2020, projected_from=2025)
    )


def test_a_pyramid_of_seven_years_is_small() -> None:
    rows = [
        (year, age, f"{age}～{age + 4}", 123_456 + year, 234_567 - year)
        for year in range(2020, 2055, 5)
        for age in range(0, 100, 5)
    ]
    spec = pyramid(
        pd.DataFrame(rows, columns=COLUMNS), shown_year=2040, base_year=2020, unit="人", decimals=0
    )
    assert len(json.dumps(spec, ensure_ascii=False).encode()) < 12_000
