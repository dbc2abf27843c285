"""Whether the areas that a source prints agree with the sums of their parts."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.derive.parts import WITHOUT_RESIDENTS

GROUP_LABELS = {
    "total": "総人口",
    "age_0_14": "0～14歳",
    "age_15_64": "15～64歳",
    "age_65_plus": "65歳以上",
    "age_75_plus": "75歳以上",
    "age_85_plus": "85歳以上",
}

# Whole: nation, prefecture or designated city; parts: what its memberships of today name.
_SUMS = """
with part as (
    select
        link.parent_area_code as area_code,
        link.area_code as part_code
    from area_membership as link
    join area using (area_code)
    where
        link.valid_to is null
        and area.valid_to is null
        and area.area_code not in (select unnest($without_residents))
        and (
            (link.parent_type = 'nation' and area.area_type = 'prefecture')
            or (
                link.parent_type = 'prefecture'
                and area.area_type in ('municipality', 'designated_city')
            )
            or (link.parent_type = 'designated_city' and area.area_type = 'ward')
        )
),
expected as (
    select
        area_code,
        count(*) as parts
    from part
    group by area_code
),
known as (
    unpivot population_total
    on total, age_0_14, age_15_64, age_65_plus, age_75_plus, age_85_plus
    into name age_group value persons
),
summed as (
    select
        part.area_code,
        known.edition,
        known.year,
        known.age_group,
        sum(known.persons) as summed,
        count(*) as known_parts
    from part
    join known on known.area_code = part.part_code
    group by all
),
final as (
    select
        printed.edition,
        printed.year,
        printed.area_code,
        area.name as area_name,
        area.area_type,
        printed.age_group,
        printed.persons as printed,
        case when summed.known_parts = expected.parts then summed.summed end as summed,
        expected.parts,
        expected.parts - coalesce(summed.known_parts, 0) as parts_missing
    from known as printed
    join expected using (area_code)
    join area using (area_code)
    left join summed using (area_code, edition, year, age_group)
    where printed.basis = 'source'
    order by printed.edition, printed.year, printed.area_code, printed.age_group
)
select * from final
"""


def sums_of_parts(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return for every printed whole and age group the sum of its parts, null where incomplete.

    Columns edition, year, area_code, area_name, area_type, age_group, printed, summed (persons),
    difference (printed less summed), parts, parts_missing, and within_rounding, which tells that
    parts and whole, each rounded to a person, can differ as much.
    """
    found: pd.DataFrame = con.execute(_SUMS, {"without_residents": list(WITHOUT_RESIDENTS)}).df()
    difference = found["printed"] - found["summed"]
    within = difference.abs() <= (found["parts"] + 1) / 2
    return found.assign(difference=difference, within_rounding=within & difference.notna())


def agreement(sums: pd.DataFrame) -> pd.DataFrame:
    """Return by edition, kind of area and year how many figures agree, and the largest difference.

    Columns edition, area_type, year, areas (compared), not_compared, figures, equal, rounding,
    different (beyond rounding), largest (persons).
    """
    keys = ["edition", "area_type", "year"]
    frame = sums.assign(
        known=sums["summed"].notna(),
        equal=sums["difference"] == 0,
        rounding=sums["within_rounding"] & (sums["difference"] != 0),
        different=sums["difference"].notna() & ~sums["within_rounding"],
        size=sums["difference"].abs(),
        compared=sums["area_code"].where(sums["summed"].notna()),
    )
    grouped = frame.groupby(keys, sort=True)
    result = grouped.agg(
        areas=("compared", "nunique"),
        every=("area_code", "nunique"),
        figures=("known", "sum"),
        equal=("equal", "sum"),
        rounding=("rounding", "sum"),
        different=("different", "sum"),
        largest=("size", "max"),
    ).reset_index()
    return result.assign(not_compared=result["every"] - result["areas"]).drop(columns="every")


def sums_sentence(sums: pd.DataFrame) -> str:
    """Say whether the printed wholes agree with their parts, and where they differ most."""
    known = sums.dropna(subset=["summed"])
    if known.empty:
        return "内訳がすべてそろい、合計も印刷されている地域がないため、比べるものがありません。"
    differing = known[known["difference"] != 0]
    text = f"資料に印刷された合計{len(known):,}件のうち{len(known) - len(differing):,}件が、"
    text += "市区町村（政令指定都市では区）の和と一致します。"
    if differing.empty:
        return text
    beyond = int((~differing["within_rounding"]).sum())
    top = differing.iloc[int(differing["difference"].abs().to_numpy().argmax())]
    return text + (
        f"差があるのは{len(differing):,}件で、うち四捨五入では説明できないものは{beyond:,}件です。"
        f"最も大きい差は{top['area_name']}の{int(top['year'])}年の"
        f"{GROUP_LABELS[top['age_group']]}で{top['difference']:+,.0f}人です。"
    )
