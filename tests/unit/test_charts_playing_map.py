from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd
import pytest
import vl_convert

from charts import playing_map as module
from charts.playing_map import pair_of_years, playing_map
from tests.unit.test_charts_choropleth import SQUARES, fills, topology

CODES = list(SQUARES)
FRAME = pd.DataFrame(
    [
        (CODES[0], 2020, 10.0),
        (CODES[1], 2020, 20.1),
        (CODES[2], 2020, None),
        (CODES[0], 2050, 30.0),
        (CODES[1], 2050, 9.0),
        (CODES[2], 2050, None),
    ],
    columns=["area_code", "year", "value"],
)


def drawn(year: int, **options: Any) -> dict[str, Any]:
    settings: dict[str, Any] = {"unit": "%", "decimals": 1, "title": "割合"}
    return playing_map(
        FRAME,
        topology_url="/geo/000001/municipality/01.json",
        breaks=[10.0, 20.0, 30.0],
        shown_year=year,
        **{**settings, **options},
    )


def known(spec: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Colour and words of the areas with a figure; the pattern of the others has no fixed name."""
    return {code: found for code, found in fills(spec).items() if code != CODES[2]}


def colours(spec: dict[str, Any]) -> list[str]:
    return spec["layer"][0]["encoding"]["fill"]["scale"]["range"]


def test_the_year_shown_chooses_class_and_words() -> None:
    early, late = drawn(2020), drawn(2050)
    scale = colours(early)
    assert scale == colours(late)
    assert fills(early)[CODES[0]] == (scale[0], "10.0%")
    assert fills(early)[CODES[1]] == (scale[2], "20.1%")
    assert fills(late)[CODES[0]] == (scale[2], "30.0%")
    assert fills(late)[CODES[1]] == (scale[0], "9.0%")
    assert fills(early)[CODES[2]][0].startswith("url(#gradient")
    assert fills(early)[CODES[2]][1] == "データなし"


def test_of_many_areas_only_the_classes_of_other_years_are_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = {year: known(drawn(year)) for year in (2020, 2050)}
    monkeypatch.setattr(module, "MANY_AREAS", 2)
    few = drawn(2020)
    assert known(few) == whole[2020]
    few["config"]["signals"][-1]["value"] = 2050  # as when the slider moves
    moved = fills(few)
    assert {code: moved[code][0] for code in CODES[:2]} == {
        code: fill for code, (fill, _) in whole[2050].items()
    }
    assert moved[CODES[0]][1] == "20超（%）"
    assert moved[CODES[2]][1] == "データなし"


def test_all_municipalities_of_a_country_stay_small() -> None:
    rows = [
        (f"{code:05d}", year, 200.0 * code + year)
        for code in range(1001, 2751)
        for year in range(2015, 2050, 5)
    ]
    spec = playing_map(
        pd.DataFrame(rows, columns=["area_code", "year", "value"]),
        topology_url="/geo/000001/municipality/00.json",
        breaks=[2.4e5, 3e5, 3.6e5, 4.2e5, 5e5, 6e5],
        shown_year=2040,
        title="75歳以上人口",
        unit="人",
        decimals=0,
    )
    assert len(json.dumps(spec, ensure_ascii=False).encode()) < 40_000


def test_two_years_are_drawn_beside_each_other_with_the_same_classes() -> None:
    box = (-0.5, -0.5, 3.5, 1.5)
    maps = [drawn(year, still=True, extent=box, projected_from=2025) for year in (2020, 2050)]
    assert fills(maps[0])[CODES[1]] == (colours(maps[0])[2], "20.1%")
    assert fills(maps[1])[CODES[1]] == (colours(maps[1])[0], "9.0%")
    pair = json.loads(json.dumps(pair_of_years(*maps)))
    for child in pair["hconcat"]:
        child["data"] = {"values": topology(), "format": child["data"]["format"]}
    svg = vl_convert.vegalite_to_svg(pair)
    assert "2020年（令和2年） 実績" in svg
    assert "2050年（令和32年） 推計" in svg
    shapes = re.findall(r'<path[^>]*aria-roledescription="geoshape"[^>]*>', svg)
    drawn_fills = [found.group(1) for s in shapes if (found := re.search(r'fill="([^"]+)"', s))]
    low, _, high = colours(maps[0])[:3]
    assert (drawn_fills.count(low), drawn_fills.count(high)) == (2, 2)
    widths = [float(w) for w in re.findall(r'geoshape"[^>]*d="M[\d.-]+,[\d.-]+L([\d.]+)', svg)]
    assert max(widths) > 100  # of 560; a map of the wrong size shrinks to a point


def test_the_own_area_is_outlined() -> None:
    assert len(drawn(2020, selected=CODES[0])["layer"]) == len(drawn(2020)["layer"]) + 2
