"""Numbers and years as offices print them: widths, units, signs, eras, dates."""

from __future__ import annotations

import re
from datetime import date, timedelta

from data.catalogue.survey import Question
from data.era import read_period
from surveys.readings import Reading, asked, taken, wrong
from surveys.wording import normal

_NUMBER = re.compile(r"([+\-△▲])?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]+)?(\D{0,3})")
_PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)
_ROUGH = re.compile(r"約|程度|以上|以下|未満|前後|弱$|強$|ほど|[0-9][〜~\-][0-9]|割|千|万|半")
UNITS = {
    "回数": ("回",),
    "件数": ("件",),
    "把握した": ("件",),
    "人数": ("人", "名"),
    "常勤換算": ("人", "名"),
}
_DATE = re.compile(
    r"(令和|平成|昭和|[rhs])?(元|[0-9]{1,4})[年./\-]([0-9]{1,2})(?:[月./\-](?:([0-9]{1,2})日?)?)?"
)
_SHORT_ERA = re.compile(r"^(令和?|平成?|昭和?|[rhs])[.．]?(?=元|[0-9])")
_ERA_NAMES = {"令": "令和", "平": "平成", "昭": "昭和"}
_NO_ERA = re.compile(r"(元|[0-9]{1,2})(年度?)?")
_WRITTEN = re.compile(r"[〇一二三四五六七八九十]+(?=年|$)")
_DIGITS = "〇一二三四五六七八九"
# White space between two numbers is no thousands separator.
_SEVERAL = re.compile(r"[0-9０-９]\s+[0-9０-９]")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 54_789
_BEFORE_SERIALS = date(1899, 12, 30)


def read_number(printed: str, question: Question) -> Reading:
    """Return a count or number; what is rough or has a strange unit is asked."""
    text = normal(printed)
    if text in ("true", "false"):
        return asked(f"「{printed.strip()}」は数ではありません。")
    if _SEVERAL.search(printed):
        near = [found for piece in printed.split() for found in _near(normal(piece), question)]
        return asked("二つの数のようです。", tuple(dict.fromkeys(near)))
    if _ROUGH.search(text):
        return asked("おおよその数か、幅のある数です。", _near(text, question))
    found = _NUMBER.fullmatch(text)
    if not found:
        return wrong("数として読めません。", "数字だけを書いてください。")
    sign, whole, fraction, unit = found.groups()
    expected = next((units for word, units in UNITS.items() if word in question.label), ())
    if unit and unit not in expected:
        note = f"単位「{unit}」が設問と合うかを確かめてください。"
        return asked(note, _near(text, question))
    number = float(whole.replace(",", "") + (fraction or ""))
    number = -number if sign in ("-", "△", "▲") else number
    if question.minimum is not None and number < question.minimum:
        return wrong(f"{question.minimum:g}より小さい数です。", "数を確かめてください。")
    if question.type == "count" and not number.is_integer():
        return wrong("整数ではありません。", "整数で書いてください。")
    value = str(int(number)) if number.is_integer() else str(number)
    return taken(printed, value, printed.strip() if _PLAIN.fullmatch(printed.strip()) else "")


def read_fiscal_year(printed: str, question: Question, *, survey_year: int) -> Reading:
    """Return a fiscal year from a year or a date in any calendar; a calendar year is asked."""
    text = normal(printed).removesuffix(".0")
    if text.isdigit() and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        day = _BEFORE_SERIALS + timedelta(days=int(text))
        note = f"日付の通し番号のようです（{day:%Y-%m-%d}）。年度を確かめてください。"
        return asked(note, (str(_fiscal(day)),))
    text = _era_in_full(_WRITTEN.sub(_in_digits, text))
    if _NO_ERA.fullmatch(text):
        return _without_era(text, question, survey_year=survey_year)
    period = read_period(text.upper())
    year = int(period.removeprefix("FY")) if period else None
    if period and not period.startswith("FY") and text.endswith("年"):
        return asked("年度か暦年かを確かめてください。", (str(year),))
    if year is None:
        found = _DATE.fullmatch(text)
        year = _fiscal_year(*found.groups()) if found else None
    if year is None:
        return wrong("日付が不正です。", "2017 のように西暦の年度で書いてください。")
    if year > survey_year or year < (question.minimum or 0):
        return wrong(
            f"{question.minimum or 0:g}年度から調査年度までではありません。",
            "年度を確かめてください。",
        )
    return taken(printed, str(year))


def _without_era(text: str, question: Question, *, survey_year: int) -> Reading:
    """Return a question with the years of each era that may be meant; an error where none is."""
    number = re.sub("年度?$", "", text)
    meant = {
        f"{era}{number}": int(period)
        for era in ("令和", "平成", "昭和")
        if (period := read_period(f"{era}{number}"))
        and (question.minimum or 0) <= int(period) <= survey_year
    }
    if not meant:
        return wrong("日付が不正です。", "2017 のように西暦の年度で書いてください。")
    said = "、".join(f"{era}なら{year}年度" for era, year in meant.items())
    return asked(f"年号がありません（{said}）。", tuple(map(str, meant.values())))


def _era_in_full(text: str) -> str:
    found = _SHORT_ERA.match(text)
    return _ERA_NAMES.get(found[1], found[1]) + text[found.end() :] if found else text


def _in_digits(found: re.Match[str]) -> str:
    """Return a year written out, as 三十年 or 二〇一八年, in digits."""
    written = found[0]
    if "十" not in written:
        return "".join(str(_DIGITS.index(one)) for one in written)
    tens, _, ones = written.partition("十")
    tens, ones = tens or "一", ones or "〇"
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return written
    return f"{_DIGITS.index(tens)}{_DIGITS.index(ones)}"


def _fiscal_year(era: str | None, year: str, month: str, day: str | None) -> int | None:
    """Return the fiscal year of a date, None where there is no such day."""
    period = read_period(f"{(era or '').upper()}{year}")
    try:
        when = date(int(period or 0), int(month), int(day or 1))
    except ValueError:
        return None
    return _fiscal(when)


def _fiscal(when: date) -> int:
    return when.year if when.month >= 4 else when.year - 1


def _near(text: str, question: Question) -> tuple[str, ...]:
    """Return the numbers that a rough text prints and that the question would take."""
    if re.search(r"割|千|万|半|%|△|▲|^-", text):
        return ()
    found = re.findall(r"[0-9]+(?:\.[0-9]+)?", text.replace(",", ""))
    return tuple(dict.fromkeys(n for n in found if question.type == "number" or n.isdecimal()))
