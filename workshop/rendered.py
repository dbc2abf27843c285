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


def to_dict(rendered: RenderedScene) -> dict[str, Any]:
    """Return a rendered scene as plain tables and lists, ready for JSON."""
    return {
        "scene_id": rendered.scene_id,
        "title": rendered.title,
        "place": rendered.place,
        "generation": rendered.generation,
        "problem": rendered.problem,
        "parts": [_part_table(part) for part in rendered.parts],
    }


def _part_table(part: Part) -> dict[str, Any]:
    table: dict[str, Any] = {"kind": part.kind}
    if part.text:
        table["text"] = part.text
    if part.spec is not None:
        table["spec"] = dict(part.spec)
    if part.rows:
        table["rows"] = [list(row) for row in part.rows]
    return table


def from_dict(table: Mapping[str, Any]) -> RenderedScene:
    """Return the rendered scene that `to_dict` has put into tables."""
    parts = tuple(
        Part(
            kind=part["kind"],
            text=part.get("text", ""),
            spec=part.get("spec"),
            rows=tuple(tuple(row) for row in part.get("rows", ())),
        )
        for part in table["parts"]
    )
    return RenderedScene(
        scene_id=table["scene_id"],
        title=table["title"],
        place=table["place"],
        generation=table["generation"],
        parts=parts,
        problem=table["problem"],
    )
