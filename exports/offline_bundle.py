"""Scenes in one HTML file that needs no server and no network: for a hall that has neither."""

from __future__ import annotations

import base64
import csv
import gzip
import hashlib
import html
import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any, Protocol

import vl_convert

from charts.map_tiles import NAME as TILES
from charts.projected import projected

SAVED_TYPE = "application/octet-stream"  # to be saved, never shown under our own address
Geometry = Callable[[str], Any]  # what an address gives: JSON, or a table as CSV text
_HERE = Path(__file__).parent
_LEFT_OUT = ("$schema", "usermeta")

_PAGE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style></head>
<body>
<header><h1>{title}</h1>
<button id="before" type="button">前へ</button><output id="count"></output>
<button id="after" type="button">次へ</button>
<select id="list" aria-label="シーンを選ぶ"></select>
<button id="whole" type="button">全画面</button></header>
<main id="scene">
<noscript>このファイルは Edge か Chrome で開きます。</noscript></main>
<div id="hint" role="status" hidden></div>
<script type="text/plain" id="library">{library}</script>
<script type="text/plain" id="content">{content}</script>
<script>{script}</script>
</body></html>
"""


class ShownPart(Protocol):
    """One piece of a scene: its kind, its words, and a figure or rows of cells."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def spec(self) -> Mapping[str, Any] | None: ...  # noqa: D102
    @property
    def rows(self) -> Sequence[Sequence[str]]: ...  # noqa: D102


class ShownScene(Protocol):
    """A scene that is finished, or the reason why it cannot be shown."""

    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def place(self) -> str: ...  # noqa: D102
    @property
    def parts(self) -> Sequence[ShownPart]: ...  # noqa: D102
    @property
    def problem(self) -> str: ...  # noqa: D102


def to_bundle(scenes: Sequence[ShownScene], *, title: str, geometry: Geometry) -> bytes:
    """Return the scenes as one HTML file; polygons that several figures draw are in it once."""
    files: dict[str, str] = {}
    packed = {
        "scenes": [_scene(scene, files) for scene in scenes],
        "files": {key: _content(geometry(url)) for url, key in files.items()},
    }
    script, style = _asset("offline_bundle.js"), _asset("offline_bundle.css")
    library, digest = _library()
    page = _PAGE.format(
        policy=_policy((_digest(script), digest), _digest(style)),
        title=html.escape(title),
        style=style,
        script=script,
        library=library,
        content=_packed(json.dumps(packed, ensure_ascii=False, separators=(",", ":"))),
    )
    return page.encode("utf-8")


def _policy(scripts: Sequence[str], style: str) -> str:
    """Return the policy: these scripts and this style only, nothing fetched, nothing compiled."""
    hashes = " ".join(f"'sha256-{digest}'" for digest in scripts)
    return "; ".join((
        "default-src 'none'",
        f"script-src {hashes}",
        f"style-src 'sha256-{style}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ))  # fmt: skip


@cache
def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def _library() -> tuple[str, str]:
    """Return Vega, packed, and the digest under which the page may run it."""
    text = str(vl_convert.javascript_bundle(snippet=None))
    return _packed(text), _digest(text)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _packed(text: str) -> str:
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _scene(scene: ShownScene, files: dict[str, str]) -> dict[str, Any]:
    return {
        "title": scene.title,
        "place": scene.place,
        "problem": scene.problem,
        "parts": [_part(part, files) for part in scene.parts],
    }


def _part(part: ShownPart, files: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": part.kind, "text": part.text}
    if part.spec is not None:
        found["spec"] = _inside(_in_a_hall(part.spec), files)
    if part.rows:
        found["rows"] = [list(row) for row in part.rows]
    return found


def _in_a_hall(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figure as a projector shows it, without tiles, which nobody could fetch."""
    shown = {name: part for name, part in projected(spec).items() if name not in _LEFT_OUT}
    layers = [layer for layer in shown.get("layer", ()) if layer.get("name") != TILES]
    return {**shown, "layer": layers} if layers else shown


def _inside(node: Any, files: dict[str, str]) -> Any:  # noqa: ANN401 - any part of a specification
    """Name what an address of the server gives by its place in this file."""
    if isinstance(node, float) and not math.isfinite(node):
        return None
    if isinstance(node, list | tuple):
        return [_inside(child, files) for child in node]
    if not isinstance(node, Mapping):
        return node
    if "format" in node and ("url" in node or isinstance(node.get("values"), str)):
        return _rows_inside(node, files)
    return {name: _inside(child, files) for name, child in node.items()}


def _rows_inside(node: Mapping[str, Any], files: dict[str, str]) -> dict[str, Any]:
    is_csv = node["format"].get("type") == "csv"
    found = {**node, "format": {**node["format"], **({"type": "json"} if is_csv else {})}}
    if "url" in node:
        found["url"] = files.setdefault(str(node["url"]), f"file{len(files)}")
    elif is_csv:
        found["values"] = _content(node["values"])
    return found


def _content(given: Any) -> Any:  # noqa: ANN401 - JSON
    """Return JSON; CSV becomes rows of text, since Vega would compile code to read it."""
    if not isinstance(given, str):
        return given
    return list(csv.DictReader(StringIO(given), restval=""))
