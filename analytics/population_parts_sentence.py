"""What the pictures of many areas show, in words computed from the frames that are drawn."""

from __future__ import annotations

import pandas as pd

from analytics.figures import change
from analytics.population_measures import Form
from analytics.population_parts import peak_years
from analytics.population_sentence import value_words, year_words
from data.catalogue.population_measures import PopulationMeasure

QUARTERS = ("多い・増える", "少ない・増える", "少ない・減る", "多い・減る")
QUARTERS_OF_RATES = ("高い・増える", "低い・増える", "低い・減る", "高い・減る")


def quarter_of(level: float, growth: float, *, x_cut: float, names: tuple[str, ...]) -> str:
    """Return the name of the quarter in which a point lies, 増減なし between the halves.

    A level on the line belongs to the lower side.
    """
    if growth == 0:
        return "増減なし"
    rank = {(True, True): 0, (False, True): 1, (False, False): 2, (True, False): 3}
    return names[rank[level > x_cut, growth > 0]]


def with_quarter(frame: pd.DataFrame, *, x_cut: float, names: tuple[str, ...]) -> pd.DataFrame:
    """Return a growth_against_level with the name of the quarter of each area, null without."""
    pairs = zip(frame["level"].tolist(), frame["growth"].tolist(), strict=True)
    quarters = [
        None if pd.isna(level) or pd.isna(growth)
        else quarter_of(level, growth, x_cut=x_cut, names=names)
        for level, growth in pairs
    ]  # fmt: skip
    return frame.assign(quarter=pd.Series(quarters, index=frame.index, dtype="object"))


def quadrant_sentence(
    frame: pd.DataFrame,
    *,
    what: str,
    base_year: int,
    year: int,
    x_cut: float,
    names: tuple[str, ...],
    edition_name: str,
    own_code: str | None = None,
) -> str:
    """Say how many areas lie in each quarter, who grows most and least, and where the own is.

    `frame` is a growth_against_level.
    """
    known = frame.dropna(subset=["level", "growth"])
    if known.empty:
        return f"{what}の増減を計算できる地域はありません（{edition_name}）。"
    quarters = with_quarter(known, x_cut=x_cut, names=names)["quarter"].tolist()
    named = [name for name in (*names, "増減なし") if name in quarters]
    counts = "、".join(f"「{name}」{quarters.count(name)}" for name in named)
    ordered = known.sort_values(["growth", "area_code"])
    low, high = ordered.iloc[0], ordered.iloc[-1]
    text = (
        f"{what}の{base_year}年の水準（中央値で分ける）と{year}年までの増減で分けると、{counts}地域です。"
        f"増減率が最も高いのは{high['area_name']}（{change(float(high['growth']))}）、"
        f"最も低いのは{low['area_name']}（{change(float(low['growth']))}）です"
        f"（{len(known):,}地域、{edition_name}）。"
    )
    own = known[known["area_code"] == own_code]
    if not own.empty:
        place = quarters[known["area_code"].tolist().index(own_code)]
        text += f"{own['area_name'].iloc[0]}は「{place}」です。"
    missing = len(frame) - len(known)
    return text + (f"{missing:,}地域は値がなく、含みません。" if missing else "")


def peaks_sentence(
    frame: pd.DataFrame,
    *,
    value_name: str,
    edition_name: str,
    is_count: bool,
    fiscal: bool = False,
) -> str:
    """Say in which years the areas are at their highest, the commonest year first."""
    peaks = [int(year) for year in peak_years(frame).dropna().tolist()]
    if not peaks:
        return f"{value_name}が分かる地域はありません（{edition_name}）。"
    years = sorted(set(peaks), key=lambda year: (-peaks.count(year), year))
    said = "、".join(f"{year_words(y, fiscal=fiscal)}が{peaks.count(y):,}" for y in years)
    most = "多" if is_count else "高"
    text = f"{value_name}が最も{most}い年は、{said}地域です（{len(peaks):,}地域、{edition_name}）。"
    last = int(frame["year"].max())
    if last in peaks and len(years) > 1:
        text += f"{last}年は、この版の最後の年です。"
    missing = frame["area_code"].nunique() - len(peaks)
    return text + (f"{missing:,}地域は値がなく、含みません。" if missing else "")


def cells_sentence(
    frame: pd.DataFrame, *, entry: PopulationMeasure, form: Form, value_name: str, edition_name: str
) -> str:
    """Say which cell of area × year is highest and which is lowest."""
    known = frame.dropna(subset=["value"]).sort_values(["value", "area_code", "year"])
    if known.empty:
        return f"{value_name}が分かる地域はありません（{edition_name}）。"
    low, high = (
        f"{row['year']}年の{row['area_name']}"
        f"（{value_words(float(row['value']), entry=entry, form=form)}）"
        for row in (known.iloc[0], known.iloc[-1])
    )
    text = (
        f"{value_name}は、すべての地域と年のうち{high}が最も高く、{low}が最も低くなっています"
        f"（{known['area_code'].nunique():,}地域、{edition_name}）。"
    )
    if form == "persons" and not entry.is_ratio:
        text = text.replace("最も高く", "最も多く").replace("最も低く", "最も少なく")
    missing = frame["area_code"].nunique() - known["area_code"].nunique()
    return text + (f"{missing:,}地域は値がなく、含みません。" if missing else "")


def two_years_sentence(
    frame: pd.DataFrame,
    *,
    years: tuple[int, int],
    entry: PopulationMeasure,
    form: Form,
    value_name: str,
    edition_name: str,
) -> str:
    """Say how many areas rise and fall between two years, and who moves furthest each way."""
    first, second = years
    at = frame.set_index(["area_code", "year"])["value"].astype(float).unstack("year")
    steps = (at[second] - at[first]).dropna().sort_index()
    if steps.empty:
        return (
            f"{first}年と{second}年の{value_name}を比べられる地域はありません（{edition_name}）。"
        )
    up, down = int((steps > 0).sum()), int((steps < 0).sum())
    ends = [
        f"{word}が最も大きいのは{_step_words(frame, str(code), years, entry, form)}"
        for word, code, is_so in (
            ("上がり方", steps.idxmax(), up > 0),
            ("下がり方", steps.idxmin(), down > 0),
        )
        if is_so
    ]
    counts = _counts(up, down, len(steps))
    text = f"{first}年から{second}年に、{value_name}は{counts}（{edition_name}）。"
    return text + ("、".join(ends) + "です。" if ends else "")


def _counts(up: int, down: int, areas: int) -> str:
    """Say how many areas rise, fall and stay."""
    if up == areas or down == areas:
        return f"{areas:,}地域すべてで{'上' if up else '下'}がります"
    same = areas - up - down
    told = [(up, "上がり"), (down, "下がり"), (same, "変わらず")]
    words = "、".join(f"{count:,}地域で{word}" for count, word in told if count)
    return f"{words}ます" if not same else f"{words.removesuffix('変わらず')}変わりません"


def _step_words(
    frame: pd.DataFrame,
    code: str,
    years: tuple[int, int],
    entry: PopulationMeasure,
    form: Form,
) -> str:
    own = frame[frame["area_code"] == code]
    before, after = (
        value_words(float(own.loc[own["year"] == year, "value"].iloc[0]), entry=entry, form=form)
        for year in years
    )
    return f"{own['area_name'].iloc[0]}（{before}から{after}）"
