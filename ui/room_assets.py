"""The light page and what it is made of: a few files of ours, and Vega in one piece."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from html import escape
from importlib.metadata import version
from pathlib import Path

import vl_convert

from ui.redirect import with_base

FOLDER = Path(__file__).parent / "room"
VEGA = "vega.js"
_KINDS = {".js": "text/javascript", ".css": "text/css"}


def asset_kind(name: str) -> str | None:
    """Return the media type of a file that is handed out; None for any other name."""
    kind = _KINDS.get(Path(name).suffix)
    is_ours = name == VEGA or (Path(name).name == name and (FOLDER / name).is_file())
    return kind if kind and is_ours else None


@cache
def asset(name: str) -> tuple[bytes, str]:
    """Return a file packed with gzip, and its mark."""
    plain = vega() if name == VEGA else (FOLDER / name).read_bytes()
    return gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:16]


@cache
def vega() -> bytes:
    """Return Vega, Vega-Lite and vega-embed as one module; it takes two seconds to make."""
    return str(vl_convert.javascript_bundle(snippet=None)).encode()


@cache
def assets_mark() -> str:
    """Return what changes with any of the files, so that browsers may keep them for good."""
    digest = hashlib.sha256(version("vl-convert-python").encode())
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in _KINDS:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def room_html(name: str, *, problem: str = "") -> bytes:
    """Return a page with the addresses of its files, and what is wrong, filled in."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    said = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    text = text.replace("PROBLEM", said)
    text = text.replace("ASSETS/", with_base(f"/room-assets/{assets_mark()}/"))
    return text.replace("ROOMS", with_base("/room")).encode()
