"""Rows of membership tables that would count one municipality twice on one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import combinations

import pandas as pd

from data.harmonise.names import is_name

OTHER_ZONE = (
    "同じ圏域コードに、別の圏域名「{}」もあります。名前が変わったのでなければ、"
    "圏域コードの書き間違いです。"
)
Member = Mapping[str, object]


def clashing(members: Sequence[Member], *, city_of: Callable[[str], str]) -> dict[int, int]:
    """Return by place in members the place of another that counts the same people on one day.

    In one kind of area a municipality lies in one area at a time, and a city lies there either
    whole or by its wards. The same row printed twice says nothing new.
    """
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, member in enumerate(members):
        city = city_of(str(member["area_code"]))
        groups[(city, str(member["parent_type"]))].append(place)
    found: dict[int, int] = {}
    for (city, _), places in groups.items():
        for one, other in combinations(places, 2):
            if _counts_twice(members[one], members[other], city):
                found.setdefault(one, other)
                found.setdefault(other, one)
    return dict(sorted(found.items()))


def clash_reason(own: Member, other: Member) -> str:
    """Say which two areas a row and another, in whichever file, claim for the same people."""
    where = " ".join(filter(None, (_other_file(own, other), str(other.get("source_ref", "")))))
    beside = f"{_zone(other)}" + (f"（{where}）" if where else "")
    if own["area_code"] != other["area_code"]:
        return (
            f"市の全体と区の両方を、重なる期間で圏域に入れています：{_zone(own)}と{beside}。"
            "市の全体か、すべての区のどちらかだけにしてください。この行は使いません。"
        )
    return (
        f"同じ市区町村を、同じ種別の圏域に、重なる期間で二度入れています：{_zone(own)}と{beside}。"
        "適用開始・適用終了が重ならないようにしてください。この行は使いません。"
    )


def named_otherwise(
    members: Sequence[Member], *, known: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    """Name by its place every row that calls an area otherwise than a row before, or than known.

    Such an area has been given a new name, or the row has the code of another.
    """
    names = dict(known)
    for place, member in enumerate(members):
        printed = str(member["parent_name"])
        own = names.setdefault(str(member["parent_area_code"]), printed)
        if printed and own and not is_name(printed, own):
            yield place, OTHER_ZONE.format(own)


def _counts_twice(one: Member, other: Member, city: str) -> bool:
    codes = {str(one["area_code"]), str(other["area_code"])}
    if len(codes) > 1 and city not in codes:
        return False
    same = len(codes) == 1 and one["parent_area_code"] == other["parent_area_code"]
    (first, last), (start, end) = _days(one), _days(other)
    if same and (first, last) == (start, end):
        return False
    return first <= end and start <= last


def _days(member: Member) -> tuple[date, date]:
    first, last = (_day(member[name]) for name in ("valid_from", "valid_to"))
    return first or date.min, last or date.max


def _day(value: object) -> date | None:
    if not isinstance(value, date) or pd.isna(value):
        return None
    return value.date() if isinstance(value, datetime) else value


def _zone(member: Member) -> str:
    return f"「{member.get('parent_name', '')}」（{member['parent_area_code']}）"


def _other_file(own: Member, other: Member) -> str:
    told = str(other.get("file", ""))
    return told if told != str(own.get("file", "")) else ""


def named_clashes(
    members: Sequence[Member], *, city_of: Callable[[str], str]
) -> Iterator[tuple[int, str]]:
    """Name by its place every row that is to be set aside, and why."""
    for place, other in clashing(members, city_of=city_of).items():
        yield place, clash_reason(members[place], members[other])
