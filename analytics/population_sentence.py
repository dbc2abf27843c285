"""The sentences of the population page, computed from the frames that are drawn."""

from __future__ import annotations

import math

import pandas as pd

from analytics.figures import change, percent, persons
from analytics.population_measures import Form, peaks_of
from data.catalogue.population_measures import PopulationMeasure


def year_words(year: int, *, fiscal: bool) -> str:
    """Return a year as said in a sentence; insured persons are counted at the end of one."""
    return f"{year}年度末" if fiscal else f"{year}年"


def value_words(value: float, *, entry: PopulationMeasure, form: Form) -> str:
    """Return a value of a measure as said in a sentence."""
    if form == "share":
        return percent(value)
    if form == "growth":
        return change(value)
    if form == "index":
        return f"{value:.1f}"
    return f"{value:,.{entry.decimals}f}{entry.unit}" if entry.is_ratio else persons(value)


def outlook_sentence(
    frame: pd.DataFrame,
    *,
    area_code: str,
    entry: PopulationMeasure,
    form: Form,
    base_year: int | None,
    edition_name: str,
    benchmark: str | None,
    fiscal: bool = False,
) -> str:
    """Say how the value of the area goes from the first to the last year, and beside another.

    `frame` is a measure_series of the form; `benchmark` is an area_code in it.
    """
    own = _known(frame, area_code)
    if own.empty:
        return f"この地域の{entry.label}は、{edition_name}にありません。"
    name, last = str(own["area_name"].iloc[0]), own.iloc[-1]
    when, words = year_words(int(last["year"]), fiscal=fiscal), _words(own, entry, form)
    what = entry.label + ("の割合" if form == "share" else "")
    if len(own) == 1:
        return f"{name}の{what}は{when}に{words[-1]}です（{edition_name}）。"
    is_outlook = bool(last["is_projection"])
    if form in ("index", "growth") and base_year == int(last["year"]):
        return _backward(own, entry, form, edition_name)
    text = f"{name}の{what}は、{base_year}年"
    if form == "index":
        end = "となる見込みです" if is_outlook else "となりました"
        text += f"を100とすると、{when}に{words[-1]}{end}"
    elif form == "growth":
        text += f"から{when}までに{words[-1]}{'の見込みです' if is_outlook else 'となりました'}"
    else:
        start = year_words(int(own["year"].iloc[0]), fiscal=fiscal)
        text = f"{name}の{what}は{start}の{words[0]}から{when}の{words[-1]}"
        text += _moved(own, entry, form, is_outlook)
    compared = _compared(frame, benchmark, area_code, entry, form, when)
    return f"{text}（{edition_name}）。{compared}"


def _backward(own: pd.DataFrame, entry: PopulationMeasure, form: Form, edition_name: str) -> str:
    """Say how the first year stands to the last, which is the base."""
    first, base = own.iloc[0], int(own["year"].iloc[-1])
    words = value_words(float(first["value"]), entry=entry, form=form)
    how = "を100とすると" if form == "index" else "と比べると"
    who = f"{first['area_name']}の{entry.label}は、{base}年{how}"
    return f"{who}、{int(first['year'])}年は{words}です（{edition_name}）。"


def _known(frame: pd.DataFrame, area_code: str | None) -> pd.DataFrame:
    own = frame[frame["area_code"] == area_code].dropna(subset=["value"])
    return own.sort_values("year")


def _words(own: pd.DataFrame, entry: PopulationMeasure, form: Form) -> list[str]:
    return [value_words(float(value), entry=entry, form=form) for value in own["value"]]


def _moved(own: pd.DataFrame, entry: PopulationMeasure, form: Form, is_outlook: bool) -> str:
    """Say the step from first to last: in per cent for persons, else as a difference."""
    if form == "persons" and not entry.is_ratio:
        growth = _growth(own)
        how = "" if math.isnan(growth) else f"へ、{change(growth)}"
        return how + ("の見込みです" if is_outlook else "となりました")
    decimals = 1 if form == "share" else entry.decimals
    step = round(float(own["value"].iloc[-1] - own["value"].iloc[0]), decimals)
    if step == 0:
        return "で、ほぼ変わらない見込みです" if is_outlook else "で、ほぼ変わりませんでした"
    unit = "ポイント" if form == "share" else entry.unit
    way = ("下が" if step < 0 else "上が") + ("る見込みです" if is_outlook else "りました")
    return f"へ、{abs(step):.{decimals}f}{unit}{way}"


def _growth(own: pd.DataFrame) -> float:
    """Return the change from first to last in per cent; not a number when there was nobody."""
    before, after = float(own["value"].iloc[0]), float(own["value"].iloc[-1])
    return 100 * after / before - 100 if before > 0 else math.nan


def _compared(
    frame: pd.DataFrame,
    benchmark: str | None,
    area_code: str,
    entry: PopulationMeasure,
    form: Form,
    when: str,
) -> str:
    own, other = _known(frame, area_code), _known(frame, benchmark)
    if benchmark in (None, area_code) or len(other) < 2:
        return ""
    name = other["area_name"].iloc[0]
    if form == "persons" and not entry.is_ratio:
        growth = _growth(other)
        difference, decimals, unit = round(_growth(own) - growth, 1), 1, "ポイント"
        told = f"増減率は{name}（{'' if math.isnan(growth) else change(growth)}）"
    else:
        theirs = other[other["year"] == own["year"].iloc[-1]]["value"]
        if theirs.empty:
            return ""
        decimals = entry.decimals if form == "persons" else 1
        unit = {"persons": entry.unit, "index": ""}.get(form, "ポイント")
        difference = round(float(own["value"].iloc[-1] - theirs.iloc[0]), decimals)
        said = value_words(float(theirs.iloc[0]), entry=entry, form=form)
        told = f"{when}の{name}（{said}）"
    if math.isnan(difference):
        return ""
    if abs(difference) < 5 * 10.0**-decimals:
        return f"{told}と同程度です。"
    more = "高い" if difference > 0 else "低い"
    return f"{told}より{abs(difference):.{decimals}f}{unit}{more}値です。"


def beside_sentence(
    frame: pd.DataFrame, *, entry: PopulationMeasure, form: Form, fiscal: bool = False
) -> str:
    """Say which of three or more areas drawn is highest and lowest in the last year."""
    known = frame.dropna(subset=["value"])
    last = known[known["year"] == known["year"].max()].sort_values("value", kind="stable")
    if len(last) < 3 or last["value"].nunique() == 1:
        return ""
    when = year_words(int(last["year"].iloc[0]), fiscal=fiscal)
    most = ("最も多い", "最も少ない") if form == "persons" else ("最も高い", "最も低い")
    return (
        f"図の{len(last)}本の線のうち、{when}に{most[0]}のは{_named(last.iloc[-1], entry, form)}、"
        f"{most[1]}のは{_named(last.iloc[0], entry, form)}です。"
    )


def peak_sentence(
    series: pd.DataFrame, *, area_code: str, entry: PopulationMeasure, base_year: int
) -> str:
    """Say in which year an area has most people of a measure, and how far it rises until then."""
    found = peaks_of(series[series["area_code"] == area_code], base_year=base_year)
    if found.empty:
        return ""
    row = found.iloc[0]
    year, most = int(row["peak_year"]), persons(float(row["peak_persons"]))
    rise = float(row["rise_percent"])
    rose = "" if math.isnan(rise) or year <= base_year else f"、{base_year}年から{change(rise)}"
    if row["at_end"]:
        return f"{entry.label}は、最後の年である{year}年（{most}{rose}）が最も多くなる見込みです。"
    if year == int(series["year"].min()):
        return f"{entry.label}は{year}年の{most}が最も多く、その後はこれを超えません。"
    return f"{entry.label}が最も多くなるのは{year}年（{most}{rose}）です。"


def parts_sentence(
    frame: pd.DataFrame,
    *,
    year: int,
    entry: PopulationMeasure,
    form: Form,
    base_year: int | None,
    edition_name: str,
    fiscal: bool = False,
) -> str:
    """Say which parts are highest and lowest in one year, and how many have no figure."""
    known = frame.dropna(subset=["value"]).sort_values(["value", "area_code"])
    suffix = {"share": "の割合", "index": f"の指数（{base_year}年=100）",
              "growth": f"の増減率（{base_year}年から）"}  # fmt: skip
    what = f"{year_words(year, fiscal=fiscal)}の{entry.label}{suffix.get(form, '')}"
    if known.empty:
        return f"{what}が分かる地域はありません（{edition_name}）。"
    low, high = known.iloc[0], known.iloc[-1]
    text = (
        f"{what}が最も高いのは{_named(high, entry, form)}、最も低いのは{_named(low, entry, form)}"
        f"です（{len(known):,}地域、{edition_name}）。"
    )
    if form == "persons":
        text = text.replace("最も高い", "最も多い").replace("最も低い", "最も少ない")
    missing = len(frame) - len(known)
    return text + (f"{missing:,}地域は推計がなく、含みません。" if missing else "")


def _named(row: pd.Series, entry: PopulationMeasure, form: Form) -> str:
    return f"{row['area_name']}（{value_words(float(row['value']), entry=entry, form=form)}）"
