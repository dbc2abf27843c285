"""Insured and certified persons by insurer, with prefectures summed from their insurers."""

from __future__ import annotations

import re

import pandas as pd

from data.extract import Extract, RowIssue
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex
from data.harmonise.facility_areas import covered_areas
from data.harmonise.names import PREFECTURES

EDITION = "ltc_insured"
PREFECTURE_REF = "県内保険者の合計"
INSURED_MEASURES = {
    "insured_1st": "計",
    "insured_65_74": "65歳以上75歳未満",
    "insured_75_84": "75歳以上85歳未満",
    "insured_85_plus": "85歳以上",
}
CERTIFIED_AGES = {
    "certified_1st": ("第1号",),
    "certified_65_74": ("65-69", "70-74"),
    "certified_75_84": ("75-79", "80-84"),
    "certified_85_plus": ("85-89", "90-"),
}
CARE_LEVELS = {
    "support1": "要支援1",
    "support2": "要支援2",
    "care1": "要介護1",
    "care2": "要介護2",
    "care3": "要介護3",
    "care4": "要介護4",
    "care5": "要介護5",
}

_NATION = "全国"
_UNION = re.compile(r"(?:連合|組合)$")
_BANDS = {
    "insured_1st": (65, None),
    "insured_65_74": (65, 74),
    "insured_75_84": (75, 84),
    "insured_85_plus": (85, None),
}


def harmonise_insured(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
    """Turn insured persons into measures and, by age, into a population edition."""
    raw = extract.frames["insured"]
    columns = {measure: raw[label] for measure, label in INSURED_MEASURES.items()}
    wide = raw[["都道府県", "保険者", "fiscal_year", "source_ref"]].assign(**columns)
    done = _by_insurer(wide, list(columns), source_id=source_id, areas=areas)
    measure = done.tables["measure"]
    counted = measure[(measure["status"] == "observed") & (measure["measure_id"] != "insured_1st")]
    bands = counted["measure_id"].map(_BANDS)
    done.tables["population"] = pd.DataFrame(
        {
            "area_code": counted["area_code"],
            "edition": EDITION,
            "year": counted["period"].str[2:].astype("int64"),
            "sex": "total",
            "age_from": bands.str[0].astype("Int64"),
            "age_to": bands.str[1].astype("Int64"),
            "persons": counted["value"],
            "is_projection": False,
            "source_id": source_id,
            "source_ref": counted["source_ref"],
        }
    ).reset_index(drop=True)
    done.coverage += [
        (f"population:{EDITION}", area)
        for subject, area in done.coverage
        if subject == "insured_1st"
    ]
    return done


def harmonise_certified(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
    """Turn certified persons into measures by age class and, for all aged 65+, by care level."""
    raw = extract.frames["certified"].reset_index(drop=True)
    keys = ["都道府県", "保険者"]
    raw["order"] = raw.groupby([*keys, "区分"], sort=False).cumcount()
    by_group = raw.set_index([*keys, "order", "fiscal_year", "区分"])["合計"].unstack()
    first = raw[raw["区分"] == "第1号"].set_index([*keys, "order", "fiscal_year"])
    wide = first[["source_ref"]].copy()
    for measure, groups in CERTIFIED_AGES.items():
        wide[measure] = by_group[list(groups)].sum(axis=1, min_count=len(groups))
    for level, label in CARE_LEVELS.items():
        wide[f"certified_1st_{level}"] = first[label]
    measures = [name for name in wide.columns if name != "source_ref"]
    done = _by_insurer(wide.reset_index(), measures, source_id=source_id, areas=areas)
    return Harmonised(done.tables, done.coverage, [*done.issues, *_disagreements(wide)])


def _disagreements(wide: pd.DataFrame) -> list[RowIssue]:
    """Name the insurers whose age classes do not add up to their total."""
    ages = wide[["certified_65_74", "certified_75_84", "certified_85_plus"]].sum(axis=1)
    wrong = wide[(ages - wide["certified_1st"]).abs() > 0.5]
    reason = "年齢階級の合計が第1号被保険者の計と合いません。"
    return [
        RowIssue(ref, "第1号被保険者", str(total), reason, set_aside=False)
        for ref, total in wrong[["source_ref", "certified_1st"]].itertuples(index=False)
    ]


def _by_insurer(
    wide: pd.DataFrame, measures: list[str], *, source_id: str, areas: AreaIndex
) -> Harmonised:
    """Return measures of nation, prefectures and insurers, and the areas of the unions."""
    nation = wide[wide["都道府県"] == _NATION].assign(area_code="00")
    insurers = wide[wide["都道府県"] != _NATION]
    prefecture = insurers["都道府県"].map(
        {name: areas.prefecture_code(name) for name in set(insurers["都道府県"])}
    )
    inside = prefecture.isin(list(areas.prefectures))
    elsewhere = [*PREFECTURES, *areas.left_out.values()]
    issues = _of_no_prefecture(insurers[~inside & ~insurers["都道府県"].isin(elsewhere)])
    insurers = insurers.assign(prefecture=prefecture)[inside]
    insurers = _with_areas(insurers, areas)
    lost = insurers[insurers["area_code"].isna()]
    issues += [
        RowIssue(ref, "保険者", name, "保険者の市区町村を特定できないため除きました。")
        for ref, name in lost[["source_ref", "保険者"]].itertuples(index=False)
    ]
    rows = pd.concat([nation, _sums(insurers, measures), insurers.dropna(subset=["area_code"])])
    tables = {"measure": _measures(rows, measures, source_id), **_union_areas(insurers)}
    covered = covered_areas(insurers["prefecture"])
    coverage = [(measure, code) for measure in measures for code in covered]
    return Harmonised(tables, coverage, issues)


def _of_no_prefecture(rows: pd.DataFrame) -> list[RowIssue]:
    reason = "都道府県の名が分からないため除きました。どの都道府県の計にも入っていません。"
    return [
        RowIssue(ref, "都道府県", name, reason)
        for ref, name in rows[["source_ref", "都道府県"]].itertuples(index=False)
    ]


def _with_areas(insurers: pd.DataFrame, areas: AreaIndex) -> pd.DataFrame:
    """Give unions codes in the order of the table, and every other insurer its municipality's."""
    union = insurers["保険者"].str.contains(_UNION)
    number = union.groupby(insurers["prefecture"]).cumsum().astype("str").str.zfill(2)
    own = [
        areas.by_name(prefecture, name)
        for prefecture, name in zip(insurers["prefecture"], insurers["保険者"], strict=True)
    ]
    codes = pd.Series(own, index=insurers.index, dtype="object")
    codes = codes.where(~union, "ins-" + insurers["prefecture"] + "-" + number)
    return insurers.assign(area_code=codes, is_union=union)


def _sums(insurers: pd.DataFrame, measures: list[str]) -> pd.DataFrame:
    """Add up prefectures; one with an insurer whose number is not printed has no sum."""
    grouped = insurers.groupby("prefecture")
    sums = grouped[measures].sum().where(grouped[measures].count().eq(grouped.size(), axis=0))
    years = grouped["fiscal_year"].first()
    sums = sums.assign(fiscal_year=years, source_ref=PREFECTURE_REF)
    return sums.reset_index().rename(columns={"prefecture": "area_code"})


def _measures(rows: pd.DataFrame, measures: list[str], source_id: str) -> pd.DataFrame:
    long = rows.melt(
        id_vars=["area_code", "fiscal_year", "source_ref"],
        value_vars=measures,
        var_name="measure_id",
    )
    value = long["value"].astype("float64")
    return pd.DataFrame(
        {
            "area_code": long["area_code"],
            "measure_id": long["measure_id"],
            "period": "FY" + long["fiscal_year"].astype("int64").astype("str"),
            "value": value,
            "status": value.notna().map({True: "observed", False: "missing"}),
            "source_id": source_id,
            "source_ref": long["source_ref"],
        }
    )


def _union_areas(insurers: pd.DataFrame) -> dict[str, pd.DataFrame]:
    unions = insurers[insurers["is_union"]]
    area = unions[["area_code"]].assign(area_type="insurer", name=unions["保険者"])
    member = unions[["area_code"]].assign(
        parent_area_code=unions["prefecture"], parent_type="prefecture"
    )
    return {
        "area": area.reset_index(drop=True),
        "area_membership": member.reset_index(drop=True),
    }
