"""The views of the page of prefectural support: their names, and what draws each."""

from __future__ import annotations

from collections.abc import Callable

from ui import (
    support_change,
    support_discharge,
    support_headings,
    support_health_centres,
    support_shares,
    support_unmet,
    support_years,
)
from ui.support_choice import Chosen

# The key stands in the address.
VIEWS: dict[str, tuple[str, Callable[[Chosen], None]]] = {
    "shares": ("支援の割合と公表値", support_shares.draw),
    "unmet": ("希望と支援の突き合わせ", support_unmet.draw),
    "headings": ("支援の区分", support_headings.draw),
    "years": ("年度ごとの支援と課題", support_years.draw),
    "change": ("支援と実施の変化", support_change.draw),
    "centres": ("保健所と入退院ルール", support_health_centres.draw),
    "discharge": ("入退院時の情報提供", support_discharge.draw),
}
