"""Finds telephone numbers and mail addresses in what people write."""

from __future__ import annotations

import re
import unicodedata

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\d.])(?:\+?81[-\s]?|0)\d{1,4}(?:[-\s(]\d{1,4}[-\s)]\d{3,4}|\d{7,9})(?!\d)|"
    r"\(0\d{1,4}\)\s?\d{1,4}-\d{3,4}"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－ー～", "-"))


def contact_details(text: str) -> str:
    """Say in Japanese what kind of address or number a text seems to hold; empty when none."""
    folded = unicodedata.normalize("NFKC", text)
    if _MAIL.search(folded):
        return "メールアドレス"
    # Every kind of dash is taken for a hyphen: a number is seen whichever was typed.
    return "電話番号" if _PHONE.search(folded.translate(_DASHES)) else ""
