"""What an older edition of an estimate said of an area, beside the newest one."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.era import period_label

COLUMNS = [
    "measure_id", "area_code", "area_name", "period", "before", "since", "change", "standing",
    "vintage_before", "vintage_since",
]  # fmt: skip
STANDINGS = {
    "both": "両方にある",
    "before": "前の推計だけにある",
    "since": "新しい推計だけにある",
    "unread": "数でない値がある",
}

_HAS_TABLE = "select count(*) from duckdb_tables() where table_name = 'measure_vintage'"

_PAIRS = """
with newest as (
    select
        measure_id,
        max(as_of) as as_of
    from measure_vintage
    group by measure_id
),
older as (
    select measure_vintage.*
    from measure_vintage
    join newest using (measure_id, as_of)
),
newer as (
    select
        measure.area_code,
        area.name as area_name,
        measure.measure_id,
        measure.period,
        measure.value,
        source.vintage
    from measure
    join newest using (measure_id)
    join source using (source_id)
    left join area using (area_code)
),
told as (
    select area_code from older
    union
    select area_code from newer
),
asked as (
    select area_code
    from told
    where
        $area_code = '00'
        or area_code = $area_code
        or regexp_extract(area_code, '-([0-9]{2})', 1) = $area_code
    union
    select told.area_code
    from told
    join area_descendant on area_descendant.ancestor_code = told.area_code
    where area_descendant.descendant_code = $area_code and area_descendant.valid_to is null
),
final as (
    select
        measure_id,
        area_code,
        coalesce(newer.area_name, older.area_name) as area_name,
        period,
        older.value as before,
        newer.value as since,
        newer.value - older.value as change,
        case
            when newer.area_code is null then 'before'
            when older.area_code is null then 'since'
            when newer.value is null or older.value is null then 'unread'
            else 'both'
        end as standing,
        max(older.vintage) over (partition by measure_id) as vintage_before,
        max(newer.vintage) over (partition by measure_id) as vintage_since
    from older
    full join newer using (measure_id, area_code, period)
    where area_code in (select area_code from asked)
    order by measure_id, period, area_code
)
select * from final
"""


def estimate_changes(con: duckdb.DuckDBPyConnection, *, area_code: str) -> pd.DataFrame:
    """Return the newest edition of each estimate and the one before, by area and period.

    Of the area itself, of those inside it (ended ones too), or of the one it lies in. standing is
    a key of STANDINGS. A generation from before editions were kept has none.
    """
    kept = con.execute(_HAS_TABLE).fetchone()
    if not kept or not kept[0]:
        return pd.DataFrame(columns=COLUMNS)
    found: pd.DataFrame = con.execute(_PAIRS, {"area_code": area_code}).df()
    return found[COLUMNS]


def usual_period(rows: pd.DataFrame) -> str:
    """Return the last period that both editions have, else the last of all."""
    shared = rows[rows["standing"] == "both"]
    return str((rows if shared.empty else shared)["period"].max())


def estimate_sentence(rows: pd.DataFrame, *, place: str, label: str, unit: str) -> str:
    """Say how the two editions differ in one period, summed over the areas of the rows."""
    first = rows.iloc[0]
    head = f"{place}の{label}（{period_label(str(first['period']))}）は、"
    since, before = _total(rows, "since"), _total(rows, "before")
    told = [
        _told("新しい推計", first["vintage_since"], since, unit),
        _told("前の推計", first["vintage_before"], before, unit),
    ]
    text = f"{head}{'、'.join(told)}です。"
    if since is not None and before is not None:
        text += _difference(since - before, unit)
    return text + _apart(rows)


def _total(rows: pd.DataFrame, edition: str) -> float | None:
    """Return the sum of an edition's areas, None where it has none or one is no number."""
    own = rows[rows["standing"] != ("before" if edition == "since" else "since")]
    return None if own.empty or own[edition].isna().any() else float(own[edition].sum())


def _told(edition: str, vintage: object, total: float | None, unit: str) -> str:
    number = f"{total:,.0f}{unit}" if total is not None else "合計できません（値がそろいません）"
    return f"{edition}（{vintage}）では{number}"


def _difference(change: float, unit: str) -> str:
    if round(change) == 0:
        return "差は1未満です。"
    return f"新しいほうが{abs(change):,.0f}{unit}{'多い' if change > 0 else '少ない'}です。"


def _apart(rows: pd.DataFrame) -> str:
    counts = rows["standing"].value_counts()
    parts = [
        f"{words}区域が{counts[key]}"
        for key, words in (("before", "前の推計だけにある"), ("since", "新しい推計だけにある"))
        if counts.get(key)
    ]
    return f"{'、'.join(parts)}あります。" if parts else ""
