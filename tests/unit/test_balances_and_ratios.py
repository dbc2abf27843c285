"""The catalogue says which quantities may be negative, and which ratios are no shares."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

import data.catalogue as catalogue_package
from data.catalogue import Catalogue, CatalogueError, load_catalogue
from data.derive.observations import _value, suppress_small
from data.extract import Extract
from data.harmonise import common_table, shares
from data.harmonise.common_table import harmonise_common
from tests.unit.area_stand import area_stand

BALANCE = """
[net_migration]
label = "転入超過数"
unit = "人"
source_key = "common_table"
may_be_negative = true

[staff_needed]
label = "必要な職員の数"
unit = "人"
source_key = "common_table"
"""
RATIO = """
[{key}]
title = "{key}"
definition = "分子 ÷ 分母"
unit = "%"
decimals = 1
polarity = "no_judgement"
dimension = "process"
domain = "resource_care"
smallest_level = "municipality"
source_title = "県"
cycle = "毎年度"
caveat = "なし"
disclosure = "none"
basis = "S1"
waiting_for = "表"

[{key}.recipe]
kind = "measure_ratio"
numerator = ["{numerator}"]
denominator = ["staff_needed"]
per = 100
{further}
"""


def extended(
    folder: Path, *, numerator: str = "net_migration", further: str = "is_share = false"
) -> Catalogue:
    root = folder / "catalogue"
    own = Path(catalogue_package.__file__).parent
    shutil.copytree(own, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    with (root / "measures.toml").open("a", encoding="utf-8") as file:
        file.write(BALANCE)
    text = RATIO.format(key="sufficiency", numerator=numerator, further=further)
    (root / "indicators" / "own.toml").write_text(text, encoding="utf-8")
    return load_catalogue(root)


def test_only_what_the_catalogue_names_may_be_negative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = extended(tmp_path)
    monkeypatch.setattr(common_table, "load_catalogue", lambda: catalogue)
    rows = [["81", "", "2023", item, "-7"] for item in ("転入超過数", "staff_needed")]
    frame = pd.DataFrame(rows, columns=["地域コード", "地域名", "時点", "項目", "数値"])
    frame["source_ref"] = ["行 1", "行 2"]
    extract = Extract("", "common_table", "", {"values": frame}, 2)
    done = harmonise_common(extract, source_id="s", areas=area_stand())
    kept = done.tables["measure"]
    assert kept[["measure_id", "value"]].to_numpy().tolist() == [["net_migration", -7.0]]
    assert [(issue.source_ref, "負の数" in issue.reason) for issue in done.issues] == [
        ("行 2", True)
    ]


@pytest.mark.parametrize(("further", "kept"), [("is_share = false", 2), ("", 0)])
def test_a_ratio_that_is_no_share_may_exceed_100_per_cent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, further: str, kept: int
) -> None:
    catalogue = extended(tmp_path, numerator="deaths_total", further=further)
    monkeypatch.setattr(shares, "load_catalogue", lambda: catalogue)
    rows = [("81201", "deaths_total", 30.0), ("81201", "staff_needed", 20.0)]
    frame = pd.DataFrame(rows, columns=["area_code", "measure_id", "value"]).assign(
        period="2023", status="observed", source_id="common_table:a.csv", source_ref="行 1"
    )
    assert len(shares.within_whole(frame)[0]) == kept


def test_a_ratio_that_is_no_share_has_no_interval(tmp_path: Path) -> None:
    indicator = extended(tmp_path).indicators["sufficiency"]
    frame = pd.DataFrame({"numerator": [-3.0, 30.0], "denominator": [20.0, 20.0]})
    value, lower, upper = _value(indicator, frame)
    assert value.tolist() == [-15.0, 150.0]
    assert lower.isna().all()
    assert upper.isna().all()


def test_a_part_of_a_whole_cannot_be_negative(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        extended(tmp_path, further="")
    assert "net_migration" in str(caught.value)
    assert "is_share = false" in str(caught.value)
    assert "own.toml" in str(caught.value)


def test_a_small_loss_names_as_few_people_as_a_small_gain() -> None:
    frame = pd.DataFrame(
        {"area_code": ["a", "b", "c"], "period": "2023", "numerator": [-3.0, 0.0, -7.0],
         "value": [-3.0, 0.0, -7.0], "lower_ci": None, "upper_ci": None, "status": "observed"}
    )  # fmt: skip
    members = pd.DataFrame(columns=["ancestor_code", "descendant_code"], dtype="str")
    hidden = suppress_small(frame, members)
    assert hidden["status"].tolist() == ["suppressed", "observed", "observed"]
