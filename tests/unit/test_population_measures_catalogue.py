"""The list of population measures refuses entries that could not be computed."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.catalogue.population_measures import load_population_measures
from data.errors import CatalogueError

GOOD = """
[ratio]
label = "比"
short_label = "比"
unit = "人"
decimals = 1
kind = "ratio"
numerator = "age_15_64"
denominator = "age_75_plus"
definition = "割る。"
"""


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "population_measures.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_ratio_needs_both_of_its_groups(tmp_path: Path) -> None:
    entry = load_population_measures(written(tmp_path, GOOD))["ratio"]
    assert entry.groups == ("age_15_64", "age_75_plus")
    assert entry.is_ratio


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('denominator = "age_75_plus"\n', "", "denominator"),
        ('"age_15_64"', '"workers"', "numerator"),
        ('"ratio"', '"rate"', "kind"),
        ("decimals = 1", "decimals = 9", "decimals"),
        ('definition = "割る。"', "", "definition"),
    ],
)
def test_a_fault_names_its_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    with pytest.raises(CatalogueError) as told:
        load_population_measures(written(tmp_path, GOOD.replace(old, new)))
    assert told.value.cell == field
    assert told.value.sheet == "［ratio］"
