"""Finding today's area from a code of any year, a name or an address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

import pandas as pd

from data.harmonise.codes import is_in_city_range
from data.harmonise.names import PREFECTURES, fold_name, split_district

_ABSORPTION = "編入合併"
_NORTHERN_VILLAGES = frozenset(f"{code:05d}" for code in range(1695, 1701))


class AreaIndex:
    """Look-ups over the municipalities, cities and wards of one set of area tables.

    places has area_code, area_type, name, district, city_code and valid_to; zones are the codes of
    the larger areas that municipalities belong to, None where they are not known; insurers are
    codes by prefecture and folded name; names are those of all areas, where they are known;
    left_out are names by code of the prefectures that were not asked for.
    """

    def __init__(
        self,
        *,
        places: pd.DataFrame,
        changes: pd.DataFrame,
        zones: frozenset[str] | None = None,
        insurers: Mapping[tuple[str, str], str] | None = None,
        names: Mapping[str, str] | None = None,
        left_out: Mapping[str, str] | None = None,
    ) -> None:
        living = places[places["valid_to"].isna()]
        self._living = frozenset(living["area_code"])
        self.zones = zones
        self.insurers = dict(insurers or {})
        self.names = dict(names or {})
        self.left_out = dict(left_out or {})
        self._city = dict(zip(places["area_code"], places["city_code"], strict=True))
        self._cities = sorted(places.loc[places["area_type"] == "designated_city", "area_code"])
        moved = changes[changes["old_code"] != changes["new_code"]]
        columns = ("old_code", "new_code", "changed_on", "reason")
        self._links = list(zip(*(moved[name] for name in columns), strict=True))
        self._successors = _successors(self._links)
        self._names = _names(places, self.resolve)
        self.prefectures = frozenset(str(code)[:2] for code in self._living)
        self._prefecture_codes = _prefecture_codes(places)
        self._prefecture_codes |= {name: code for code, name in self.left_out.items()}
        self._prefecture_names = {c: fold_name(n) for n, c in self._prefecture_codes.items()}

    def resolve(self, code5: str) -> str | None:
        """Return today's code; None when it is unknown or was divided among several."""
        if code5 in self._living:
            return code5
        seen, open_codes, found = {code5}, [code5], set[str]()
        while open_codes:
            for code in self._successors.get(open_codes.pop(), ()):
                if code in self._living:
                    found.add(code)
                elif code not in seen:
                    seen.add(code)
                    open_codes.append(code)
        return found.pop() if len(found) == 1 else None

    def is_ended(self, code5: str) -> bool:
        """Tell whether a code was an area once and is none today."""
        return code5 in self._successors and code5 not in self._living

    def merged_from(self, code5: str) -> frozenset[str]:
        """Return all codes that together became the area that an ended code is in today.

        Empty when the code did not end, or when one of them was divided, so that no sum of
        old areas gives today's.
        """
        parts: set[str] = set()
        open_code = code5
        while open_code not in self._living:
            links = [link for link in self._links if link[0] == open_code]
            if len({new for _, new, _, _ in links}) != 1:
                return frozenset()
            _, new, day, reason = links[0]
            parts |= {old for old, target, on, _ in self._links if (target, on) == (new, day)}
            parts |= {new} if reason == _ABSORPTION else set()
            if open_code != code5:
                parts.discard(open_code)
            open_code = new
        whole = all(self.resolve(part) == open_code for part in parts)
        return frozenset(parts) if whole else frozenset()

    def city_of(self, code5: str) -> str:
        """Return the designated city of a ward (also of an ended one), else the code itself."""
        if self._city.get(code5):
            return str(self._city[code5])
        if code5 in self._city or not is_in_city_range(code5):
            return code5
        below = [city for city in self._cities if city <= code5 and city[:2] == code5[:2]]
        return max(below, default=code5)

    def ward_of(self, code5: str) -> str | None:
        """Return today's ward code of a ward's code, None for anything else."""
        now = self.resolve(code5)
        return now if now is not None and self._city.get(now) else None

    def municipalities(self, prefecture: str) -> set[str]:
        """Return today's municipalities and designated cities of a prefecture, by its code."""
        return {c for c in self._living if c[:2] == prefecture and not self._city.get(c)}

    def prefecture_code(self, prefecture: str) -> str:
        """Return the code of a prefecture given by its code or by its name."""
        return self._prefecture_codes.get(prefecture, prefecture.zfill(2))

    def by_name(self, prefecture: str, name: str) -> str | None:
        """Return today's code of a municipality, city or ward (札幌市中央区) by its name.

        prefecture is its code or its name; None when the name is unknown or ambiguous.
        """
        code = self.prefecture_code(prefecture)
        return self._names.get(code, {}).get(self._own_text(code, name))

    def by_address(self, prefecture: str, address: str) -> tuple[str, str | None] | None:
        """Return municipality and ward of the longest name that an address starts with."""
        own = self._names.get(self.prefecture_code(prefecture), {})
        text = self._own_text(self.prefecture_code(prefecture), address)
        longest = max((len(name) for name in own), default=0)
        for length in range(min(longest, len(text)), 1, -1):
            code = own.get(text[:length])
            if code:
                return self.city_of(code), self.ward_of(code)
        return None

    def _own_text(self, code: str, text: str) -> str:
        """Fold a text and take off the prefecture that it may start with."""
        return fold_name(text).removeprefix(self._prefecture_names.get(code, ""))


def _successors(links: list[tuple[str, str, object, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for old, new, _, _ in links:
        found[old].add(new)
    return found


def _prefecture_codes(places: pd.DataFrame) -> dict[str, str]:
    """Return codes by name: the 47, and those that the boundary files print."""
    codes = {name: f"{number:02d}" for number, name in enumerate(PREFECTURES, start=1)}
    if "prefecture_name" in places.columns:
        printed = places[places["prefecture_name"].fillna("") != ""]
        codes |= dict(zip(printed["prefecture_name"], printed["area_code"].str[:2], strict=True))
    return codes


def _names(places: pd.DataFrame, resolve: Callable[[str], str | None]) -> dict[str, dict[str, str]]:
    """Index folded names with and without district; a name of two areas is left out."""
    living: dict[tuple[str, str], set[str]] = defaultdict(set)
    former: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in places.to_dict("records"):
        code = str(row["area_code"])
        target = living if pd.isna(row["valid_to"]) else former
        now = resolve(code)
        if now is None:
            continue
        for form in _forms(str(row["name"]), str(row["district"])):
            target[(code[:2], form)].add(now)
    index: dict[str, dict[str, str]] = defaultdict(dict)
    for (prefecture, form), codes in [*former.items(), *living.items()]:
        settled = codes if len(codes) == 1 else codes - _NORTHERN_VILLAGES
        if len(settled) == 1:
            index[prefecture][form] = next(iter(settled))
        else:
            index[prefecture].pop(form, None)
    return index


def _forms(name: str, district: str) -> set[str]:
    own = split_district(name)[1]
    return {fold_name(own), fold_name(f"{district}{own}")}
