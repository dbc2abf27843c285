"""Information on admission and discharge by health-centre area, before and after a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.rates import wilson_interval
from analytics.statistics.suppression import is_small

CARE = {"support": "要支援", "care": "要介護"}
SMALL_DENOMINATOR = 10
NATION = "00"


@dataclass(frozen=True)
class TransitionRate:
    """A rate of the care managers' survey: its words, and the counts it is divided from."""

    title: str
    definition: str
    numerator: str
    denominator: str


RATES = {
    "admission_info_rate": TransitionRate(
        "入院時情報提供率",
        "入院時に情報提供した件数 ÷ ケアマネジャーが把握した入院件数",
        "cm_admissions_informed",
        "cm_admissions_known",
    ),
    "discharge_coord_rate": TransitionRate(
        "退院調整率",
        "退院前に病院から連絡のあった件数 ÷ ケアマネジャーが把握した退院件数",
        "cm_discharges_told",
        "cm_discharges_known",
    ),
    "discharge_gap_rate": TransitionRate(
        "退院調整もれ率",
        "退院前に病院から連絡のなかった件数 ÷ ケアマネジャーが把握した退院件数",
        "cm_discharges_untold",
        "cm_discharges_known",
    ),
    "discharge_late_rate": TransitionRate(
        "退院直前連絡割合",
        "連絡が退院直前だった件数 ÷ 退院前に連絡のあった件数",
        "cm_discharges_late",
        "cm_discharges_told",
    ),
}

_COUNTS = """
with place as (
    select distinct descendant_code as area_code
    from area_descendant
    where
        ancestor_code = $area_code
        and level = $level
        and valid_to is null
    union
    select $area_code
),
final as (
    select
        measure.area_code,
        area.name as area_name,
        measure.measure_id,
        measure.period,
        measure.value,
        measure.status
    from measure
    inner join place using (area_code)
    inner join area using (area_code)
    where
        measure.measure_id in (select unnest($measures::varchar[]))
        and measure.period like 'FY%'
        and area.area_type = $level
    order by
        measure.area_code,
        measure.period
)
select * from final
"""

_HOMES = """
with final as (
    select
        area_code,
        parent_area_code
    from area_membership
    where parent_type = 'prefecture' and area_code like 'hc-%'
)
select * from final
"""

_RULES = """
with answer as (
    select
        area_code,
        fiscal_year,
        value
    from survey_answer
    where
        survey_id = 'prefectural_form'
        and question_id = 'discharge_rule_scope'
        and status = 'observed'
),
final as (
    select
        area_code,
        min(fiscal_year) filter (where value in ('all_pref', 'some')) as rule_year,
        min(fiscal_year) as first_answer
    from answer
    group by area_code
    order by area_code
)
select * from final
"""


def rule_years(con: DuckDBPyConnection) -> pd.DataFrame:
    """Return by prefecture the first year with a rule, null where none; and the first answer.

    Where both are the same the rule may be older than the answers.
    """
    years: pd.DataFrame = con.execute(_RULES).df()
    return years


def transition_rates(
    con: DuckDBPyConnection, *, area_code: str, level: str, indicator_id: str
) -> pd.DataFrame:
    """Return one row per area, year and care level: numerator, denominator, rate and limits.

    value, lower and upper are per cent (Wilson, 95 %); null unless both counts are observed, the
    denominator is above zero and neither count is 1 to 4. status says why; is_few marks a
    denominator below ten.
    """
    rate = RATES[indicator_id]
    measures = [f"{name}_{care}" for name in (rate.numerator, rate.denominator) for care in CARE]
    values = {"area_code": area_code, "level": level, "measures": measures}
    counts: pd.DataFrame = con.execute(_COUNTS, values).df()
    if counts.empty:
        return pd.DataFrame()
    counts["care"] = counts["measure_id"].str.rpartition("_")[2]
    counts["part"] = np.where(
        counts["measure_id"].str.startswith(f"{rate.denominator}_"), "denominator", "numerator"
    )
    keys = ["area_code", "area_name", "period", "care"]
    once = counts.drop_duplicates([*keys, "part"]).set_index([*keys, "part"])
    wide = cast(pd.DataFrame, once[["value", "status"]].unstack("part"))
    frame = pd.DataFrame(index=wide.index)
    for part in ("numerator", "denominator"):
        frame[part] = pd.to_numeric(_column(wide, "value", part))
        frame[f"{part}_status"] = _column(wide, "status", part).fillna("missing")
    rates = _with_rate(frame.reset_index())
    return _without_telling_totals(con, rates, indicator_id) if level == "prefecture" else rates


def _without_telling_totals(
    con: DuckDBPyConnection, rates: pd.DataFrame, indicator_id: str
) -> pd.DataFrame:
    """Hide the total of a prefecture where a suppressed area could be found by subtraction."""
    parts = transition_rates(
        con, area_code=NATION, level="health_center_area", indicator_id=indicator_id
    )
    if parts.empty:
        return rates
    homes = dict(con.execute(_HOMES).fetchall())
    hidden = parts[parts["status"] == "suppressed"]
    keys = set(zip(hidden["area_code"].map(homes), hidden["year"], hidden["care"], strict=True))
    told = zip(rates["area_code"], rates["year"], rates["care"], strict=True)
    is_hidden = pd.Series([key in keys for key in told], index=rates.index)
    blank = ["numerator", "denominator", "value", "lower", "upper"]
    rates[blank] = rates[blank].mask(is_hidden)
    return rates.assign(
        status=rates["status"].mask(is_hidden, "suppressed"),
        is_few=rates["is_few"] & ~is_hidden,
    )


def _column(wide: pd.DataFrame, name: str, part: str) -> pd.Series:
    if (name, part) in wide:
        return wide[(name, part)]
    return pd.Series(None, index=wide.index, dtype="object")


def _with_rate(frame: pd.DataFrame) -> pd.DataFrame:
    numerator, denominator = frame["numerator"], frame["denominator"]
    small = is_small(numerator) | is_small(denominator) | is_small(denominator - numerator)
    status = frame["numerator_status"].where(
        frame["numerator_status"] != "observed", frame["denominator_status"]
    )
    status = status.mask((status == "observed") & small, "suppressed")
    known = (status == "observed") & (denominator > 0) & (numerator <= denominator)
    status = status.mask((status == "observed") & ~known, "not_applicable")
    safe = denominator.where(known, 1.0), numerator.where(known, 0.0)
    lower, upper = wilson_interval(safe[1], safe[0])
    frame = frame.assign(
        year=frame["period"].str[2:].astype(int),
        care_label=frame["care"].map(CARE),
        value=(100 * numerator / denominator).where(known),
        lower=pd.Series(100 * lower, frame.index).where(known),
        upper=pd.Series(100 * upper, frame.index).where(known),
        status=status,
        is_few=known & (denominator < SMALL_DENOMINATOR),
        numerator=numerator.where(known),
        denominator=denominator.where(known),
    )
    return frame.drop(columns=["period", "numerator_status", "denominator_status"])


def before_and_after(rates: pd.DataFrame, *, before: int, after: int) -> pd.DataFrame:
    """Return one row per area and care level with the rate of both years and the change.

    is_clear tells that the 95 % limits of the two years do not meet.
    """
    keys = ["area_code", "area_name", "care", "care_label"]
    parts = []
    for name, year in (("before", before), ("after", after)):
        rows = rates[rates["year"] == year].drop(columns="year").set_index(keys)
        parts.append(rows.add_suffix(f"_{name}"))
    frame = parts[0].join(parts[1], how="outer").reset_index()
    frame["change"] = frame["value_after"] - frame["value_before"]
    apart = (frame["lower_after"] > frame["upper_before"]) | (
        frame["upper_after"] < frame["lower_before"]
    )
    frame["is_clear"] = apart.where(frame["change"].notna(), False).astype(bool)
    order = pd.Categorical(frame["care"], categories=list(CARE))
    return (
        frame.assign(care_order=order.codes)
        .sort_values(["area_code", "care_order"], ignore_index=True)
        .drop(columns="care_order")
    )
