"""What a scene shows once its page has run: finished, so that it can be handed out as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

PartKind = Literal["heading", "sentence", "figure", "metric", "table", "note", "source"]


@dataclass(frozen=True, eq=False)
class Part:
    """One piece of a page, in the order of the page.

    A figure has its Vega-Lite specification and `text` for those who do not see it; its polygons
    are addresses of this server. A metric has its label, value and note in `rows`; a table has
    printed cells in `rows`, headings first.
    """

    kind: PartKind
    text: str = ""
    spec: Mapping[str, Any] | None = None
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, eq=False)
class RenderedScene:
    """The scene as viewers without an account see it; `problem` says why it cannot be shown."""

    scene_id: str
    title: str
    place: str
    generation: str
    parts: tuple[Part, ...]
    problem: str = ""
