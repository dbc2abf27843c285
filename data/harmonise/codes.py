"""Local government codes: padding, check digits and what a number says."""

from __future__ import annotations

import re
import unicodedata

_WEIGHTS = (6, 5, 4, 3, 2)

AREA_CODE = r"(\d{2}|\d{5}|(m2|kk|ew|hc|hm)-\d{4}|ins-\d{2}-\d{2,3}|pr-\d{5})"


def check_digit(code5: str) -> str:
    """Return the check digit of a five-digit code (総務省 全国地方公共団体コード仕様)."""
    if not re.fullmatch(r"[0-9]{5}", code5):
        raise ValueError(f"5桁の団体コードではありません：{code5}")
    total = sum(int(digit) * weight for digit, weight in zip(code5, _WEIGHTS, strict=True))
    return str((11 - total % 11) % 10)


def official_code6(code5: str) -> str:
    """Return the six-digit code with its check digit."""
    return code5 + check_digit(code5)


def from_code6(code6: str) -> str:
    """Return the five-digit code of a six-digit one; ValueError when the check digit is wrong."""
    code = unicodedata.normalize("NFKC", code6).strip()
    if not re.fullmatch(r"[0-9]{6}", code):
        raise ValueError(f"6桁の団体コードではありません：{code6}")
    if check_digit(code[:5]) != code[5]:
        raise ValueError(f"検査数字が合いません：{code6}")
    return code[:5]


def pad_code(value: object) -> str:
    """Return a five-digit code whose leading zero may be lost (1100, 1100.0, '01100')."""
    text = unicodedata.normalize("NFKC", str(value)).strip().removesuffix(".0")
    if not re.fullmatch(r"[0-9]{4,5}", text):
        raise ValueError(f"団体コードとして読めません：{value}")
    return text.zfill(5)


def prefecture_of(code: str) -> str:
    """Return the prefecture of a five-digit code."""
    return code[:2]


def is_in_city_range(code5: str) -> bool:
    """Tell whether a code belongs to a designated city or one of its wards.

    The special wards of Tokyo share the number range but are municipalities.
    """
    return len(code5) == 5 and code5[2] == "1" and code5[:2] != "13"
