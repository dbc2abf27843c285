"""Classes of the map follow the scheme, the number and the bounds that are chosen."""

from __future__ import annotations

import pandas as pd
import pytest

from ui.compare_classes import SCHEMES, Classes, bounds_from, class_of_each

VALUES = pd.Series([0.0, 1, 2, 3, 4, 5, 6, 7, 8, 100, None])


@pytest.mark.parametrize(
    ("classes", "bounds"),
    [
        (Classes("quantile", 5), [1.8, 3.6, 5.4, 7.2, 100]),
        (Classes("equal", 4), [25, 50, 75, 100]),
        (Classes("fixed", 5, (3.0, 6.0)), [3, 6, 100]),
    ],
)
def test_bounds_are_those_of_the_scheme(classes: Classes, bounds: list[float]) -> None:
    assert classes.breaks(VALUES) == pytest.approx(bounds)


def test_jenks_cuts_at_the_gaps() -> None:
    gapped = pd.Series([1.0, 2, 3, 50, 51, 52, 99, 100])
    assert Classes("jenks", 3).breaks(gapped) == [3, 52, 100]


def test_the_standard_deviation_parts_around_the_mean() -> None:
    bounds = Classes("std").breaks(VALUES)
    mean, spread = VALUES.mean(), VALUES.std(ddof=1)
    assert mean + spread == pytest.approx(bounds[-3], rel=0.02)
    assert bounds[-1] == 100


def test_each_value_lies_in_the_class_whose_name_it_has() -> None:
    found = class_of_each(VALUES, Classes("fixed", 5, (3.0, 6.0)), decimals=0)
    assert found.tolist()[:10] == ["3以下"] * 4 + ["4～6"] * 3 + ["7以上"] * 3
    assert pd.isna(found.iloc[10])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_values_and_equal_values_break_nothing(scheme) -> None:
    classes = Classes(scheme, 5, (1.0,))
    assert class_of_each(pd.Series([None, None], dtype=float), classes, decimals=1).isna().all()
    assert class_of_each(pd.Series([2.0, 2, 2]), classes, decimals=1).nunique() == 1


@pytest.mark.parametrize(
    ("text", "bounds"),
    [("5,10", (5.0, 10.0)), ("20、5", (5.0, 20.0)), ("5,5", (5.0,)), ("たくさん", None), ("", None),
     ("nan", None), ("inf,1", None), ("1,2,3,4,5,6,7", None)],
)  # fmt: skip
def test_bounds_are_read_from_text_or_refused(text: str, bounds: tuple[float, ...] | None) -> None:
    assert bounds_from(text) == bounds
