"""Names of areas as the 「見える化」 system prints them, without a code, made today's codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from data.harmonise.area_index import AreaIndex
from data.harmonise.names import fold_name

ELSEWHERE = "このデータにない都道府県なので、取り込みません。"
UNKNOWN = "この国・範囲にある都道府県・市区町村・広域連合の名前ではありません。"
SEVERAL = "同じ名前の市区町村が二つ以上あり、どれか決められません。"
NO_PREFECTURE = (
    "どの都道府県の市区町村か、書き出しから分かりません。都道府県の値も選んで書き出すか、"
    "画面から入れるときは上で地域を選んでください。"
)
_NATION = {"全国": "00"}


class MierukaPlaces:
    """The places of one book: its municipalities lie in the prefectures that it shows."""

    def __init__(self, names: Iterable[str], *, areas: AreaIndex, prefecture: str = "") -> None:
        self._areas = areas
        self._found: dict[str, tuple[str | None, str]] = {}
        asked = sorted(set(names))
        shown = {code for code in map(self._prefecture, asked) if code}
        self._shown = shown or ({prefecture} if prefecture else set())
        for name in asked:
            self._found[name] = self._look_up(name)

    def code(self, name: str) -> str | None:
        """Return today's code of a printed name, None where it is not certain."""
        return self._found[name][0]

    def reasons(self) -> dict[str, str]:
        """Return the names without a code, and why they have none."""
        return {name: why for name, (code, why) in self._found.items() if code is None}

    @property
    def asks_prefecture(self) -> bool:
        """Tell whether a name is lost because no prefecture is shown or chosen."""
        return NO_PREFECTURE in self.reasons().values()

    def _prefecture(self, name: str) -> str:
        """Return the code of a prefecture's name, blank for any other name."""
        printed = unicodedata.normalize("NFKC", name).strip()
        code = self._areas.prefecture_code(printed)
        return code if code != printed.zfill(2) and re.fullmatch(r"\d{2}", code) else ""

    def _look_up(self, name: str) -> tuple[str | None, str]:
        if nation := _NATION.get(fold_name(name)):
            return nation, ""
        if own := self._prefecture(name):
            return (own, "") if own in self._areas.prefectures else (None, ELSEWHERE)
        if not self._shown:
            return None, NO_PREFECTURE
        found = {
            code
            for prefecture in self._shown & self._areas.prefectures
            for code in (
                self._areas.by_name(prefecture, name),
                self._areas.insurers.get((prefecture, fold_name(name))),
            )
            if code
        }
        if len(found) == 1:
            return found.pop(), ""
        is_elsewhere = not found and not self._shown & self._areas.prefectures
        return None, SEVERAL if found else (ELSEWHERE if is_elsewhere else UNKNOWN)
