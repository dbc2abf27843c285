"""A scene is a view of a page, with a title, a note for the facilitator, and maybe a question."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

PAGES: Mapping[str, str] = {
    "overview": "概況",
    "population": "人口の見通し",
    "resources": "資源マップ",
    "compare": "地域比較",
    "profile": "地域プロフィール",
    "activities": "取組の実施状況",
    "support": "都道府県の支援",
    "library": "資料集",
    "sources": "出典と定義",
}
MOST_SCENES = 60
OWN, PREFECTURE = "{own}", "{prefecture}"


@dataclass(frozen=True)
class Choice:
    """One answer that participants may give."""

    key: str
    label: str


@dataclass(frozen=True)
class Question:
    """What participants predict before the picture; without `answer` there is no right one."""

    text: str
    choices: tuple[Choice, ...]
    answer: str | None = None
    seconds: int = 30  # no limit where 0


# Questions of ready sets, whose choices and answer are made from the picture of the area.
TO_PREDICT = {"highest": Question("最も大きい", ()), "lowest": Question("最も小さい", ())}


@dataclass(frozen=True)
class Scene:
    """A page's path and the selections in its address, as codes."""

    scene_id: str
    title: str
    page: str
    query: tuple[tuple[str, str], ...]
    note: str = ""
    question: Question | None = None


@dataclass(frozen=True)
class SceneSet:
    """Scenes in the order in which they are played."""

    title: str
    scenes: tuple[Scene, ...]


def new_id() -> str:
    """Return an id for a scene that no other scene has."""
    return uuid.uuid4().hex[:12]


def address_of(scene: Scene) -> str:
    """Return the path and query under which the dashboard shows a scene."""
    path = "/" if scene.page == "overview" else f"/{scene.page}"
    return f"{path}?{urlencode(scene.query)}" if scene.query else path


def placed(scene_set: SceneSet, *, own: str, prefecture: str) -> SceneSet:
    """Return a ready set about an area: its placeholders as codes, each scene with a new id."""
    codes = {OWN: own, PREFECTURE: prefecture}

    def of_area(scene: Scene) -> Scene:
        pairs = ((param, codes.get(code, code)) for param, code in scene.query)
        return replace(scene, scene_id=new_id(), query=tuple(pairs))

    return replace(scene_set, scenes=tuple(of_area(scene) for scene in scene_set.scenes))


def is_placed(scene_set: SceneSet) -> bool:
    """Tell whether no scene of the set waits for an area or for its picture."""
    codes = {code for scene in scene_set.scenes for _, code in scene.query}
    waits = any(scene.question in TO_PREDICT.values() for scene in scene_set.scenes)
    return not waits and not codes & {OWN, PREFECTURE}
