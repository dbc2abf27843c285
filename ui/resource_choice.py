"""What of the resources is looked at: types, conditions and a name, mirrored in the address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

import streamlit as st

from analytics.resources import facilities_by_type, types_in_view
from analytics.scope import Scope
from data.catalogue import load_catalogue
from ui.resource_conditions import choose_conditions
from ui.selection import Area, choose
from ui.store import ask, served

TYPES = load_catalogue().facility_types
# Of these the first two that the whole area in view has are shown first.
FIRST_TYPES = (
    "visiting_nurse_station",
    "home_care_support_clinic",
    "hospital",
    "nursing_small_multifunction",
    "care_management_office",
    "geriatric_health_facility",
)
_KEY = "choice_types"
_WIDTH = 390


@dataclass(frozen=True)
class ResourceChoice:
    """Types of facilities, the conditions they must meet, and a part of their name."""

    types: tuple[str, ...]
    filters: tuple[tuple[str, str], ...] = ()
    search: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Tell whether fewer than all facilities of the types are looked at."""
        return bool(self.filters or self.search)


def choose_resources(area: Area, scope: Scope) -> ResourceChoice:
    """Let the viewer choose types, conditions and a name; draw it into the row of the caller."""
    options = type_options(served(), scope)
    default = first_types(served(), scope)
    with st.container(width=_WIDTH):
        types = tuple(
            choose("施設・事業所の種類", options, param="types", default=default, kind="multi")
        )
    with st.popover(
        "グループで選ぶ", icon=":material/checklist:", key="type_groups", on_change="rerun"
    ) as opened:
        if opened.open:
            _groups(options, types)
    if not types:
        return ResourceChoice(())
    filters, search = choose_conditions(types, area_code=scope.own_code or scope.parent_code)
    return ResourceChoice(types, filters, search)


@lru_cache(maxsize=512)
def type_options(store_key: str, scope: Scope) -> dict[str, str]:
    """Return the types in the order of the catalogue with how many the area has of each."""
    counts = ask(facilities_by_type, area_code=scope.own_code or scope.parent_code)
    somewhere = set(ask(types_in_view, scope=scope))
    return {
        key: f"{entry.label}（{_how_many(counts.get(key), is_covered=key in somewhere)}）"
        for key, entry in TYPES.items()
    }


def _how_many(count: int | None, *, is_covered: bool) -> str:
    if count is not None:
        return f"{count:,}"
    return "一部の地域のみ" if is_covered else "データなし"


@lru_cache(maxsize=512)
def first_types(store_key: str, scope: Scope) -> list[str]:
    """Return the types that are shown first: such as the whole area in view has."""
    whole = ask(facilities_by_type, area_code=scope.parent_code)
    first = [key for key in FIRST_TYPES if key in whole][:2]
    covered = ask(types_in_view, scope=scope)
    here = [key for key in (*FIRST_TYPES, *TYPES) if key in covered][:1]
    return first or here or list(FIRST_TYPES[:1])


def _groups(options: dict[str, str], chosen: tuple[str, ...]) -> None:
    """Draw every group with its types; a whole group can be chosen or dropped at once."""
    groups: dict[str, list[str]] = {}
    for key, entry in TYPES.items():
        groups.setdefault(entry.group, []).append(key)
    for group, members in groups.items():
        label = TYPES[members[0]].group_label
        known = [key for key in members if not options[key].endswith("（データなし）")]
        held = set(members) & set(chosen)
        is_whole = bool(known) and set(known) <= held
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{label}**", width="content")
            st.button(
                f"{label}をすべて外す" if is_whole else f"{label}をすべて選ぶ",
                key=f"whole_{group}",
                disabled=not known,
                on_click=partial(_replace, members, [] if is_whole else known),
            )
        picked = f"picked_{group}"
        st.session_state[picked] = [key for key in members if key in held]
        st.pills(
            label,
            members,
            selection_mode="multi",
            format_func=options.__getitem__,
            key=picked,
            on_change=partial(_take, members, picked),
            label_visibility="collapsed",
            wrap=True,
        )


def _take(members: list[str], picked: str) -> None:
    _replace(members, st.session_state[picked])


def _replace(members: list[str], wanted: list[str]) -> None:
    """Put these types of a group in the place of those chosen before."""
    held = set(st.session_state.get(_KEY, [])) - set(members) | set(wanted)
    st.session_state[_KEY] = [key for key in TYPES if key in held]
