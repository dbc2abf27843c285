"""Selections, mirrored in the address as codes so that a copied link reopens the view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, overload

import pandas as pd
import streamlit as st

from analytics.areas import find_area, levels_inside, parents_of, successor
from ui.address import (
    arrive,
    forget_foreign,
    query,
    read,
    remember_words,
    was_written,
    write,
)
from ui.gone_areas import gone_sentence
from ui.hidden import veiled_options
from ui.store import ask, served

__all__ = [
    "NATION",
    "Area",
    "area_of",
    "arrive",
    "choose",
    "current_area",
    "current_level",
    "follow_move",
    "go_to",
    "map_scope",
    "query",
    "read",
    "write",
]

NATION = "00"
SELECT_WIDTH = 320
Kind = Literal["select", "segmented", "radio", "pills", "multi"]


@dataclass(frozen=True)
class Area:
    """The area that a page is about."""

    code: str
    name: str
    area_type: str
    level_choices: tuple[str, ...]
    prefecture_code: str | None
    prefecture_name: str | None

    @property
    def is_nation(self) -> bool:
        """Tell whether this is the whole country."""
        return self.code == NATION


def go_to(code: str, *, parent: str | None = None) -> None:
    """Choose an area; call it from a callback, before the page runs."""
    write("area", None if code == NATION else code)
    write("parent", parent)
    st.session_state["moved"] = True


def follow_move() -> None:
    """Run the whole page anew when a click inside a fragment has chosen another area."""
    if st.session_state.pop("moved", False):
        st.rerun()


@lru_cache(maxsize=4_000)
def _lookup(store_key: str, code: str) -> Area | None:
    found = ask(find_area, area_code=code)
    if found.empty or pd.notna(found.at[0, "valid_to"]):
        return None
    row = found.iloc[0]
    return Area(
        code=code,
        name=str(row["name"]),
        area_type=str(row["area_type"]),
        level_choices=ask(levels_inside, area_code=code),
        prefecture_code=row["prefecture_code"] if pd.notna(row["prefecture_code"]) else None,
        prefecture_name=row["prefecture_name"] if pd.notna(row["prefecture_name"]) else None,
    )


def area_of(code: str) -> Area | None:
    """Return today's area of a code, None where there is none."""
    return _lookup(served(), code)


def current_area() -> Area:
    """Return the area chosen; an unknown code gives the nation and a notice."""
    code = read("area") or NATION
    area = _lookup(served(), code)
    if area is None and code != NATION:
        area = _replace_unknown(code)
    return area or _lookup(served(), NATION) or Area(NATION, "全国", "nation", (), None, None)


def _replace_unknown(code: str) -> Area | None:
    later = ask(successor, area_code=code)
    was = ask(find_area, area_code=code)
    if later.empty:
        st.warning(gone_sentence(code, was))
        write("area", None)
        return None
    row = later.iloc[0]
    old_name = was.at[0, "name"] if not was.empty else code
    st.info(
        f"{old_name}は{row['changed_on']:%Y年%m月%d日}の{row['reason']}により、"
        f"現在は{row['name']}です。{row['name']}を表示します。"
    )
    write("area", str(row["area_code"]))
    return _lookup(served(), str(row["area_code"]))


def current_level(area: Area) -> str:
    """Return the level into which the area is divided: the one in the address, else the next."""
    chosen = read("level")
    if chosen in area.level_choices:
        return str(chosen)
    if area.is_nation or not area.level_choices:
        return area.level_choices[0] if area.level_choices else "municipality"
    finer = [level for level in area.level_choices if level in ("municipality", "ward")]
    return finer[0] if finer else area.level_choices[0]


def map_scope(area: Area) -> tuple[str, str]:
    """Return (parent code, level) of what a map of the area shows.

    An area without parts is shown among its siblings.
    """
    if area.level_choices:
        return area.code, current_level(area)
    if area.area_type == "ward":
        parents = ask(parents_of, area_code=area.code)
        cities = parents.loc[parents["area_type"] == "designated_city", "area_code"]
        return str(cities.iloc[0]), "ward"
    return read("parent") or area.prefecture_code or NATION, "municipality"


@overload
def choose(
    label: str,
    options: dict[str, str],
    *,
    param: str,
    default: str,
    kind: Literal["select", "segmented", "radio", "pills"] = "select",
    help: str | None = None,
    width: int = SELECT_WIDTH,
) -> str: ...
@overload
def choose(
    label: str,
    options: dict[str, str],
    *,
    param: str,
    default: Sequence[str],
    kind: Literal["multi"],
    help: str | None = None,
    width: int = SELECT_WIDTH,
) -> list[str]: ...
def choose(
    label: str,
    options: dict[str, str],
    *,
    param: str,
    default: str | Sequence[str],
    kind: Kind = "select",
    help: str | None = None,
    width: int = SELECT_WIDTH,
) -> str | list[str]:
    """Let the user choose among codes; the choice is kept in the address under `param`."""
    options = veiled_options(options)
    key = f"choice_{param}"
    several = kind == "multi"
    fallback = list(default) if several else default
    forget_foreign(param, options)
    last = st.session_state.setdefault("last_values", {})
    pressed = key in st.session_state and st.session_state[key] != last.get(param)
    if not (pressed and _is_offered(st.session_state[key], options)):
        st.session_state[key] = _from_address(label, options, param, fallback)
    value = _widget(label, options, key=key, kind=kind, help_text=help, width=width)
    last[param] = list(value) if several else value
    remember_words(param, "、".join(map(options.__getitem__, value if several else [value])))
    code = ",".join(value) if several else value
    write(param, None if last[param] == fallback else code)
    return last[param]


def _is_offered(value: Any, options: dict[str, str]) -> bool:  # noqa: ANN401
    return all(v in options for v in value) if isinstance(value, list) else value in options


def _from_address(
    label: str, options: dict[str, str], param: str, fallback: str | list[str]
) -> str | list[str]:
    code = read(param)
    if code is None:
        return fallback
    value: str | list[str] = code
    if isinstance(fallback, list):
        value = [part for part in code.split(",") if part in options]
        if value or not code:
            return value
    if isinstance(value, str) and value in options:
        return value
    if was_written(param, code):
        return fallback
    st.warning(
        f"「{label}」に指定された「{code[:20]}」はここでは選べません。既定の表示にしました。"
    )
    return fallback


def _widget(
    label: str,
    options: dict[str, str],
    *,
    key: str,
    kind: Kind,
    help_text: str | None,
    width: int,
) -> Any:  # noqa: ANN401
    codes = list(options)

    def words(code: str) -> str:
        return options.get(code, code)

    shared: dict[str, Any] = {"format_func": words, "key": key, "help": help_text}
    if kind in ("segmented", "pills"):
        draw = st.segmented_control if kind == "segmented" else st.pills
        return draw(label, codes, required=True, wrap=True, **shared)
    if kind == "radio":
        return st.radio(label, codes, horizontal=True, **shared)
    if kind == "multi":
        return st.multiselect(
            label, codes, placeholder="選んでください", select_all=False, **shared
        )
    return st.selectbox(label, codes, width=width, **shared)
