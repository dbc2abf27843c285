"""Addresses of what the resource map fetches beside the polygons, and their content for files."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any
from urllib.parse import parse_qs, quote

import streamlit as st

from analytics.map_files import cell_file, point_file
from ui.resource_choice import ResourceChoice
from ui.store import ask, generation, geometry_at, served


def points_url(area_code: str, choice: ResourceChoice) -> str:
    """Return the address of the located facilities of an area, as narrowed by the choice."""
    asked = ""
    if choice.is_narrowed:
        narrowing = json.dumps([choice.filters, choice.search], ensure_ascii=False)
        asked = f"&q={quote(narrowing, safe='')}"
    return _address(f"points/{generation()}/{area_code}/{','.join(choice.types)}.csv") + asked


def cells_url(area_code: str, resolution: int) -> str:
    """Return the address of the outlines of the cells of an area."""
    return _address(f"cells/{generation()}/{area_code}/{resolution}.json")


def _address(path: str) -> str:
    """Lead to the path below the server's base, marked with the store that is served.

    Browsers keep the answer for good, and two stores may give their generations the same name.
    """
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    mark = hashlib.sha256(served().encode()).hexdigest()[:12]
    return f"{'/' + base if base else ''}/{path}?v={mark}"


def content_at(url: str) -> Any:  # noqa: ANN401 - text of a table, or JSON
    """Return what an address of the map gives, for a picture that stands alone."""
    path, _, query = url.partition("?")
    kind, _, area_code, name = path.rsplit("/", 3)
    kind = kind.rsplit("/", 1)[-1]
    if kind == "cells":
        packed = ask(cell_file, area_code=area_code, resolution=int(name.removesuffix(".json")))
        return json.loads(gzip.decompress(packed[0]))
    if kind == "points":
        filters, search = narrowing_of(parse_qs(query).get("q", [""])[0])
        types = tuple(name.removesuffix(".csv").split(","))
        found = ask(
            point_file, area_code=area_code, facility_types=types, filters=filters, search=search
        )
        return gzip.decompress(found[0]).decode("utf-8") if found else ""
    return geometry_at(url)


def narrowing_of(text: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return conditions and search from an address; ValueError when it holds anything else."""
    if not text:
        return (), ""
    match json.loads(text):
        case [list(pairs), str(search)] if all(_is_pair(pair) for pair in pairs):
            return tuple((key, value) for key, value in pairs), search
    raise ValueError("not a narrowing")


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, str) for p in pair)
