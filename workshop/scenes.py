"""A scene is a view of a page, with a title, a note for the facilitator, and maybe a question."""

from __future__ import annotations

from dataclasses import dataclass


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
