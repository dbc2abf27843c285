"""A rendered scene on the editor's page, and as a picture to save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from charts.map_tiles import NAME as TILES
from charts.scene_text import scene_text
from exports.pictures import to_png
from ui.blocks import plain
from ui.map_urls import content_at
from ui.scene_rendering import render
from workshop.rendered import Part, RenderedScene
from workshop.scenes import Scene

MOST_SENTENCES = 2
_IN_WORDS = ("metric", "sentence", "note")


def scene_png(scene: Scene) -> bytes:
    """Return the first figure of a scene with its title, sentence and source; words without one."""
    return figure_png(render([scene])[0], 0)


def figure_png(rendered: RenderedScene, number: int) -> bytes:
    """Return a figure of a rendered scene as PNG; its words where it has none."""
    figures = [part.spec for part in rendered.parts if part.spec is not None]
    said = [part.text for part in rendered.parts if part.kind == "sentence"][:MOST_SENTENCES]
    source = [part.text for part in rendered.parts if part.kind == "source"][:1]
    if figures:
        drawn = _without_tiles(figures[number])
        return to_png(drawn, title=rendered.title, source=[*said, *source], geometry=content_at)
    words = [rendered.problem] if rendered.problem else _words(rendered.parts)
    return to_png(scene_text(words), title=rendered.title, source=source, geometry=content_at)


def _without_tiles(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figure without background tiles, which a file cannot fetch."""
    layers = [layer for layer in spec.get("layer", ()) if layer.get("name") != TILES]
    return {**spec, "layer": layers} if layers else dict(spec)


def _words(parts: tuple[Part, ...]) -> list[str]:
    """Return what a scene says without a figure: numbers and sentences, notes where it has none."""
    rows = [row for part in parts if part.kind == "metric" for row in part.rows]
    said = ["　".join(cell for cell in row if cell) for row in rows]
    said += [part.text for part in parts if part.kind == "sentence"]
    return said or [part.text for part in parts if part.kind == "note"]


def draw_rendered(rendered: RenderedScene) -> None:
    """Draw a scene as participants see it."""
    if rendered.problem:
        st.warning(plain(rendered.problem))
        return
    for number, part in enumerate(rendered.parts):
        _draw(part, key=f"part_{rendered.scene_id}_{number}")


def _draw(part: Part, *, key: str) -> None:
    if part.kind == "heading":
        st.markdown(f"**{plain(part.text)}**")
    elif part.kind == "sentence":
        st.text(part.text)
    elif part.kind == "figure":
        st.vega_lite_chart(dict(part.spec or {}), theme=None, alt=part.text, key=key)
    elif part.kind == "metric":
        label, value, note = part.rows[0]
        st.text(f"{label}　{value}{f'（{note}）' if note else ''}")
    elif part.kind == "table":
        heads, *rows = part.rows
        st.dataframe(pd.DataFrame(rows, columns=list(heads)), hide_index=True, key=key, alt="表")
    else:
        st.caption(plain(part.text))
