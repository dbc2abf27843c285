"""Men and women by five years of age: one area over the years of one edition."""

from __future__ import annotations

import math

import duckdb
import pandas as pd

from data.catalogue import load_catalogue
from data.derive.parts import WITHOUT_RESIDENTS

COLUMNS = ["year", "age_from", "age_label", "male", "female", "is_projection"]

# An area that the source does not print is the sum of its parts on one level, coarsest first,
# where every part is printed and the parts make up the whole.
_PARTS = """
with printed as (
    select distinct area_code
    from population
    where edition = $edition and sex = 'male'
),
part as (
    select
        inside.level,
        area.area_code,
        printed.area_code is not null as is_printed
    from area_descendant as inside
    join area on area.area_code = inside.descendant_code
    left join printed on printed.area_code = area.area_code
    where
        inside.ancestor_code = $area_code
        and inside.valid_to is null
        and area.valid_to is null
        and area.area_code not in (select unnest($without_residents))
    union all
    select
        'own' as level,
        area_code,
        true as is_printed
    from printed
    where area_code = $area_code
),
final as (
    select
        level,
        list(distinct area_code) as area_codes
    from part
    where level in ('own', 'prefecture', 'municipality', 'ward')
    group by level
    having bool_and(is_printed)
    order by list_position(['own', 'prefecture', 'municipality', 'ward'], level)
)
select * from final
"""

_BANDS = """
with counted as (
    select
        year,
        age_from,
        age_to,
        sum(persons) filter (where sex = 'male') as male,
        sum(persons) filter (where sex = 'female') as female,
        bool_or(is_projection) as is_projection
    from population
    semi join (select unnest($area_codes) as area_code) as part using (area_code)
    where
        edition = $edition
        and sex in ('male', 'female')
        and not (age_from = 0 and age_to is null)
    group by year, age_from, age_to
),
final as (
    select
        year,
        age_from,
        case
            when age_to is null then age_from || '以上'
            else age_from || '～' || age_to
        end as age_label,
        male,
        female,
        is_projection
    from counted
    order by year, age_from
)
select * from final
"""

_TOTALS = """
with final as (
    select
        year,
        total
    from population_total
    where area_code = $area_code and edition = $edition
)
select * from final
"""

_EDITIONS = """
with final as (
    select distinct edition
    from population
    where sex = 'male' and not (age_from = 0 and age_to is null)
)
select * from final
"""


def pyramid_bands(con: duckdb.DuckDBPyConnection, *, area_code: str, edition: str) -> pd.DataFrame:
    """Return COLUMNS: men and women by age band and year; no row where the edition has none.

    A larger area is the sum of its parts; a sum that is not the area's own total is not given.
    """
    bound = {"area_code": area_code, "edition": edition}
    parts = con.execute(_PARTS, {**bound, "without_residents": list(WITHOUT_RESIDENTS)}).fetchall()
    totals = con.execute(_TOTALS, bound).df().set_index("year")["total"]
    for _, codes in parts:
        bands = con.execute(_BANDS, {"area_codes": codes, "edition": edition}).df()
        sums = bands.groupby("year")[["male", "female"]].sum().sum(axis=1)
        if not bands.empty and _agree(sums, totals):
            whole: pd.DataFrame = bands[COLUMNS]
            return whole
    return pd.DataFrame(columns=COLUMNS)


def group_bands(
    con: duckdb.DuckDBPyConnection, *, area_codes: tuple[str, ...], edition: str
) -> pd.DataFrame:
    """Return COLUMNS for areas taken together; no row where one of them has none."""
    members = [pyramid_bands(con, area_code=code, edition=edition) for code in area_codes]
    if not members or any(bands.empty for bands in members):
        return pd.DataFrame(columns=COLUMNS)
    keys = ["year", "age_from", "age_label"]
    together = pd.concat(members).groupby(keys, as_index=False)
    sums = together[["male", "female"]].sum(min_count=len(members))
    summed: pd.DataFrame = sums.merge(together["is_projection"].any(), on=keys)
    return summed[COLUMNS]


def _agree(sums: pd.Series, totals: pd.Series) -> bool:
    """Tell whether sums by year are the totals, within what rounding of the parts can do."""
    known = totals.reindex(sums.index).dropna()
    return bool(((sums[known.index] - known).abs() <= 0.001 * known + 1).all())


def editions_with_ages(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Return the editions that tell men and women by age, newest first."""
    order = {key: entry.order for key, entry in load_catalogue().editions.items()}
    found = (edition for (edition,) in con.execute(_EDITIONS).fetchall())
    return tuple(sorted(found, key=lambda edition: order.get(edition, 99)))


def shares(bands: pd.DataFrame) -> pd.DataFrame:
    """Return the bands in per cent of all people of the year."""
    whole = (bands["male"] + bands["female"]).groupby(bands["year"]).transform("sum")
    return bands.assign(
        male=(100 * bands["male"] / whole).where(whole > 0),
        female=(100 * bands["female"] / whole).where(whole > 0),
    )


def pyramid_sentence(
    frame: pd.DataFrame,
    *,
    area_name: str,
    year: int,
    base_year: int,
    unit: str,
    edition_name: str,
) -> str:
    """Say which band is largest on each side, and how the old and the young move from the base.

    `frame` is what is drawn: bands in persons, or with the unit % in shares.
    """
    now = frame[frame["year"] == year]
    largest = "、".join(
        f"{word}は{_ages(row['age_label'])}（{_amount(float(row[sex]), unit)}）"
        for word, sex in (("男性", "male"), ("女性", "female"))
        for row in [now.iloc[int(now[sex].to_numpy().argmax())]]
    )
    text = f"{area_name}の{year}年の人口で最も多い年齢階級は、{largest}です（{edition_name}）。"
    if year != base_year:
        before = frame[frame["year"] == base_year]
        moves = "、".join(
            f"{word}は{_move(_sum(before, low, high), _sum(now, low, high), unit)}"
            for word, low, high in (("75歳以上", 75, math.inf), ("15歳未満", 0, 15))
        )
        text += f"{base_year}年と比べて、{moves}です。"
    return text + _sexes(now)


def _ages(label: str) -> str:
    """Return a band in words: 65～69歳, 90歳以上."""
    return f"{label}歳".replace("以上歳", "歳以上")


def _sum(bands: pd.DataFrame, low: int, high: float) -> float:
    inside = bands[(bands["age_from"] >= low) & (bands["age_from"] < high)]
    return float(inside["male"].sum() + inside["female"].sum())


def _amount(value: float, unit: str) -> str:
    return f"{value:.1f}%" if unit == "%" else f"{value:,.0f}人"


def _move(before: float, after: float, unit: str) -> str:
    """Return a step in words: of shares in points, of persons with the change in per cent."""
    if unit == "%":
        step = round(after - before, 1)
        way = "上昇" if step > 0 else "低下"
        return f"{abs(step):.1f}ポイントの{way}" if step else "ほぼ同じ"
    step = round(after - before)
    if step == 0:
        return "ほぼ同じ"
    how = f"（{abs(100 * step / before):.1f}%）" if before > 0 else ""
    return f"{abs(step):,}人{how}の{'増加' if step > 0 else '減少'}"


def _sexes(now: pd.DataFrame) -> str:
    old = now[now["age_from"] >= 75][["male", "female"]].sum()
    if old["male"] <= 0:
        return ""
    return f"75歳以上の女性は男性の{old['female'] / old['male']:.1f}倍です。"


def ages_lacking_sentence(*, edition_name: str, others: tuple[str, ...]) -> str:
    """Say that an edition has no men and women by age for an area, and which editions do."""
    text = f"{edition_name}には、この地域の男女・年齢5歳階級別の人数がありません。"
    if others:
        return text + f"「推計・統計の版」で{'、'.join(others)}を選ぶと表示されます。"
    return text + "男女・年齢階級別の将来推計人口のファイルを読み込むと表示されます。"
