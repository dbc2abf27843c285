"""Places of the same name are told apart by their prefecture."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from analytics.place_names import homes_of_areas
from ui import place_names

HOMES = {"10383": "群馬県", "20305": "長野県", "10366": "群馬県", "01403": "北海道",
         "01696": "北海道"}  # fmt: skip


@pytest.fixture(autouse=True)
def _homes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_names, "served", lambda: "now")
    monkeypatch.setattr(place_names, "_homes", lambda key: HOMES)


def areas(*named: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(named, columns=["area_code", "area_name"])


def test_every_area_inside_a_prefecture_has_it(tiny_con: duckdb.DuckDBPyConnection) -> None:
    homes = homes_of_areas(tiny_con).set_index("area_code")["prefecture_name"]
    names = tiny_con.sql("select area_code, name from area").df().set_index("area_code")["name"]
    for code in ("81201", "81101", "m2-8101", "hc-8102"):
        assert homes[code] == names["81"], code
    assert homes["82204"] == homes["m2-8201"] == names["82"]
    assert homes.index.is_unique
    assert not {"00", "81", "82"} & set(homes.index)


def test_a_view_over_prefectures_names_them() -> None:
    rows = areas(("00", "全国"), ("10383", "南牧村"), ("20305", "南牧村"))
    assert place_names.placed(rows)["area_name"].tolist() == [
        "全国",
        "群馬県南牧村",
        "長野県南牧村",
    ]


def test_a_view_of_one_prefecture_does_not_repeat_it() -> None:
    rows = areas(("00", "全国"), ("10383", "南牧村"), ("10366", "上野村"))
    assert place_names.placed(rows)["area_name"].tolist() == ["全国", "南牧村", "上野村"]


def test_only_shared_names_are_told_apart_in_a_choice() -> None:
    rows = areas(("10383", "南牧村"), ("20305", "南牧村"), ("10366", "上野村"),
                 ("01403", "泊村"), ("01696", "泊村"), ("10383", "南牧村"))  # fmt: skip
    assert place_names.told_apart(rows) == {
        "10383": "南牧村（群馬県）",
        "20305": "南牧村（長野県）",
        "10366": "上野村",
        "01403": "泊村（01403）",
        "01696": "泊村（01696）",
    }
