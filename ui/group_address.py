"""Groups of one's own as text: in the address, and in a file."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from analytics.groups import Group

OWN = "own-"
MOST_GROUPS = 12
MOST_CODES = 200
NAME_LENGTH = 20
TEXT_LENGTH = 4_000
FILE_BYTES = 200_000
_FORMAT = "area-groups"
_SEPARATORS = str.maketrans({":": "：", ";": "；", ",": "、"})

Known = Callable[[tuple[str, ...]], Mapping[str, str]]


@dataclass(frozen=True)
class Reading:
    """The groups that were understood, and what was left out of them, in words."""

    groups: tuple[Group, ...]
    notices: tuple[str, ...]


def plain_name(text: str) -> str:
    """Return a name as one short line of plain text without the signs that part groups."""
    visible = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    return " ".join(visible.split()).translate(_SEPARATORS)[:NAME_LENGTH].strip()


def as_text(groups: Iterable[Group]) -> str | None:
    """Return groups as they stand in the address, 南部:19201.19202;北部:19203, or nothing."""
    return ";".join(f"{group.name}:{'.'.join(group.codes)}" for group in groups) or None


def own_group(name: str, codes: Sequence[str]) -> Group:
    """Return a group of one's own; its name is its key."""
    short = plain_name(name)
    return Group(f"{OWN}{short}", short, tuple(dict.fromkeys(codes)), "自分で作ったグループ")


def from_text(text: str | None, *, known: Known) -> Reading:
    """Return the groups in the address with the codes that are areas of today."""
    if not text:
        return Reading((), ())
    notices = []
    if len(text) > TEXT_LENGTH:
        notices.append("リンクのグループが長すぎるため、後ろを省きました。")
        text = text[:TEXT_LENGTH].rpartition(";")[0]
    pairs = []
    for part in text.split(";"):
        name, _, codes = part.partition(":")
        pairs.append((name, [code for code in codes.split(".") if code]))
    found = _checked(pairs, known=known)
    return Reading(found.groups, (*notices, *found.notices))


def as_file(groups: Iterable[Group]) -> bytes:
    """Return groups as a JSON file."""
    body = [{"name": group.name, "codes": list(group.codes)} for group in groups]
    whole = {"format": _FORMAT, "version": 1, "groups": body}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def from_file(content: bytes, *, known: Known) -> Reading:
    """Return the groups of a JSON file, or what is wrong with it."""
    if len(content) > FILE_BYTES:
        return Reading(
            (), ("ファイルが大きすぎます。グループを保存したファイルを選んでください。",)
        )
    try:
        whole = json.loads(content.decode("utf-8-sig"))
        pairs = [
            (str(item["name"]), [str(code) for code in item["codes"]]) for item in whole["groups"]
        ]
    except (ValueError, KeyError, TypeError, RecursionError):
        return Reading((), ("グループのファイルとして読めません。保存したJSONを選んでください。",))
    return _checked(pairs, known=known)


def _checked(pairs: Sequence[tuple[str, list[str]]], *, known: Known) -> Reading:
    notices, groups = [], {}
    if len(pairs) > MOST_GROUPS:
        notices.append(f"グループは{MOST_GROUPS}個までです。後ろを省きました。")
    kept = pairs[:MOST_GROUPS]
    places = known(tuple(dict.fromkeys(code for _, codes in kept for code in codes[:MOST_CODES])))
    for name, codes in kept:
        short = plain_name(name) or f"グループ{len(groups) + 1}"
        found = [code for code in codes[:MOST_CODES] if code in places]
        if unknown := [code for code in codes[:MOST_CODES] if code not in places]:
            words = "、".join(plain_name(code) for code in unknown[:3])
            notices.append(f"「{short}」の{len(unknown):,}件のコード（{words}）は今の地域にないため省きました。")  # fmt: skip  # noqa: E501
        if len(codes) > MOST_CODES:
            notices.append(f"「{short}」は{MOST_CODES}地域までです。後ろを省きました。")
        if found:
            groups[short] = own_group(short, found)
        else:
            notices.append(f"「{short}」には今の地域がないため省きました。")
    return Reading(tuple(groups.values()), tuple(notices))
