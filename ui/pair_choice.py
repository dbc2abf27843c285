"""Two areas beside each other on any page: the other one by hand, most alike or most different."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from analytics.areas import areas_inside
from analytics.municipal_facts import Facts, municipal_facts
from analytics.similar import VARIABLES, known_variables, similar_to
from ui.address import read, write
from ui.hidden import is_hidden, veiled_text
from ui.selection import NATION, Area, area_of, current_area
from ui.store import ask, served

PARAM = "pair"
PAGES = ("overview", "population", "resources", "compare", "profile", "activities", "support")
_RANGES = {"prefecture": "同じ都道府県から", "nation": "全国から"}
_INSIDE_ONLY = ("compare",)  # the page whose areas are those of one region
_NAMING = ("resources", "compare")  # what a choice there writes would tell the hidden name
_HOW = "人口規模・高齢化率・75歳以上の伸びなどの近さ。「似た市区町村」（地域比較）と同じ方法です。"


def pair_popover(page: str) -> None:
    """Offer to put another area beside the own one, in the manner of the page."""
    if page not in PAGES:
        return
    times = st.session_state.setdefault("pair_choices", 0)  # a new key closes it after a choice
    opened = st.popover("2地域*を並べる*", icon=":material/splitscreen_right:", type="tertiary",
                        width="content", on_change="rerun", key=f"pair_open_{times}",
                        help="もう1つの地域を横に並べて比べます。")  # fmt: skip
    if opened.open:
        with opened:
            _offer(page, current_area())


def other_area(area: Area) -> Area | None:
    """Return the area to stand beside the own one, where one of the same kind is chosen."""
    code = read(PARAM)
    if code is None or code == area.code:
        return None
    other = area_of(code)
    if other is None:
        st.warning(f"並べる地域のコード「{code[:20]}」はありません。1地域だけを表示します。")
        write(PARAM, None)
        return None
    return other if _kind(other) == _kind(area) else None


def _kind(area: Area) -> str:
    return {"designated_city": "municipality"}.get(area.area_type, area.area_type)


def _offer(page: str, area: Area) -> None:
    options = _partners(served(), area)
    if not options:
        st.caption("都道府県・圏域・市区町村のどれかを選ぶと、同じ種類の地域と並べられます。")
        return
    if is_hidden() and page in _NAMING:
        st.caption("名前を隠している間は、この画面では選べません。")
        return
    if _kind(area) == "municipality":
        _offer_ready(page, area)
    else:
        st.caption("「もっとも似た地域」「もっとも違う地域」は、市区町村を選ぶと出ます。")
    st.selectbox("手で選ぶ", list(options), index=None, key="pair_by_hand",
                 format_func=lambda code: veiled_text(options.get(code) or str(code)),
                 placeholder="地域を選ぶ", on_change=_picked, args=(page, area))  # fmt: skip
    if read(PARAM):
        st.button("並べるのをやめる", key="pair_end", on_click=_put, args=(page, area, None))


def _offer_ready(page: str, area: Area) -> None:
    among = "prefecture"
    if page not in _INSIDE_ONLY:
        among = st.segmented_control("探す範囲", list(_RANGES), format_func=_RANGES.__getitem__,
                                     default="prefecture", required=True,
                                     key="pair_among")  # fmt: skip
    found = extremes(served(), area.code, among)
    if found is None:
        st.caption("比べる値（人口など）がないため、似た地域・違う地域を選べません。")
        return
    for key, words, (code, name) in zip(
        ("alike", "apart"), ("もっとも似た地域", "もっとも違う地域"), found, strict=True
    ):
        label = veiled_text(f"{words}：{name}")
        st.button(label, key=f"pair_{key}", on_click=_put, args=(page, area, code))
    st.caption(_HOW)


def _picked(page: str, area: Area) -> None:
    if code := st.session_state["pair_by_hand"]:
        _put(page, area, code)


def _put(page: str, area: Area, code: str | None) -> None:
    """Write the choice as the page keeps it."""
    st.session_state["pair_choices"] += 1
    write(PARAM, code)
    if code is None:
        return
    if page == "compare":
        for param, value in (("view", "mirror"), ("left", area.code), ("right", code)):
            write(param, value)
    elif page != "overview" and page != "population":
        write("view", "pair" if page == "resources" else None)  # the first view else
    if page in ("population", "resources"):
        write("with", code)


@lru_cache(maxsize=512)
def extremes(
    store_key: str, area_code: str, among: str
) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Return code and name of the municipality most like one, and of the one least like it."""
    facts: Facts = ask(municipal_facts)
    known = known_variables(facts, area_code=area_code)
    found = similar_to(
        facts,
        area_code=area_code,
        variables=known,
        weights={key: VARIABLES[key].default_weight for key in known},
        among="nation" if among == "nation" else "prefecture",
        count=len(facts.frame),
    )
    if found.empty:
        return None
    near, far = (
        (str(row["area_code"]), f"{row['area_name']}（{row['prefecture_name']}）")
        for row in (found.iloc[0], found.iloc[-1])
    )
    return near, far


@lru_cache(maxsize=256)
def _partners(store_key: str, area: Area) -> dict[str, str]:
    """Return the areas of the same kind: of the same prefecture, or all prefectures."""
    if area.is_nation:
        return {}
    inside = NATION if area.area_type == "prefecture" else area.prefecture_code or NATION
    found = ask(areas_inside, area_code=inside, level=_kind(area))
    options = dict(zip(found["area_code"], found["area_name"], strict=True))
    options.pop(area.code, None)
    return options


def names_of(area: Area, other: Area) -> tuple[str, str]:
    """Return both names as they may be shown, with the prefecture where they share one."""
    pair = (area, other)
    if area.name != other.name:
        return veiled_text(area.name), veiled_text(other.name)
    first, second = (f"{each.name}（{each.prefecture_name or each.code}）" for each in pair)
    return veiled_text(first), veiled_text(second)
