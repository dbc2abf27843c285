"""Areas below the median of their group on several indicators: which, how often, how surely."""

from __future__ import annotations

import numpy as np
import pandas as pd

FEWEST = 3  # areas with a value, below which no median is made
CHOSEN = "chosen"  # in the place of a polarity: the viewer wants these types to be counted


def beside_median(frame: pd.DataFrame) -> pd.DataFrame:
    """Add to area × indicator rows the median of each group, and how the value stands to it.

    Parameters
    ----------
    frame
        group_code, indicator_id, polarity, value, upper_ci (of the same unit), one row per area
        and indicator; missing values belong to no median.

    Returns
    -------
    frame with median (of the areas' values, each area counting once; the mean of the two middle
    ones where their number is even; missing below FEWEST areas), standing (below, equal, above or
    missing), is_counted (high values are wanted: a neutral indicator is no shortage), is_gap
    (below and counted) and is_clear (is_gap, and the upper limit of the interval lies below too).
    """
    by_group = frame.groupby(["group_code", "indicator_id"])["value"]
    median = by_group.transform("median").where(by_group.transform("count") >= FEWEST)
    known = frame["value"].notna() & median.notna()
    standing = np.select(
        [~known, frame["value"] < median, frame["value"] > median],
        ["missing", "below", "above"],
        default="equal",
    )
    is_counted = frame["polarity"].isin(("high_is_good", CHOSEN))
    is_gap = is_counted & (standing == "below")
    return frame.assign(
        median=median,
        standing=standing,
        is_counted=is_counted,
        is_gap=is_gap,
        is_clear=is_gap & (frame["upper_ci"] < median),
    )


def gap_counts(gaps: pd.DataFrame, *, at_least: int) -> pd.DataFrame:
    """Return one row per area: gaps, clear, compared, missing, and verdict for the threshold.

    verdict is reached, not_reached (not even if all that is missing lay below), or open. Areas
    are in the order of their codes. Indicators that no area of the frame has are left out.
    """
    counted = gaps[gaps["is_counted"] & gaps["indicator_id"].isin(usable(gaps))]
    of_area = counted.assign(missing=counted["standing"] == "missing").groupby(
        ["area_code", "area_name", "group_name"], as_index=False
    )
    frame = of_area.agg(
        gaps=("is_gap", "sum"),
        clear=("is_clear", "sum"),
        missing=("missing", "sum"),
        indicators=("indicator_id", "count"),
    )
    verdict = np.select(
        [frame["gaps"] >= at_least, frame["gaps"] + frame["missing"] < at_least],
        ["reached", "not_reached"],
        default="open",
    )
    return frame.assign(compared=frame["indicators"] - frame["missing"], verdict=verdict)


def usable(gaps: pd.DataFrame) -> list[str]:
    """Return the indicators that can be held against a median somewhere, in order."""
    return list(gaps.loc[gaps["standing"] != "missing", "indicator_id"].unique())
