"""Streamlit's scripts, styles and fonts from memory, packed once: a first view asks for 130."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_FOLDER = Path(streamlit.__file__).parent / "static" / "static"
# The hash in the name of these stands for their content.
_NAMED = re.compile(r"/static/((?:js|css|media)/[\w.-]+\.(?:js|css|woff2))$")
# Said here: what a computer's own settings call a script is not always what a browser runs.
_KINDS = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
_PACKED = (".js", ".css")
_WORTH_PACKING = 1_000
_FOR_GOOD = "public, immutable, max-age=31536000"


@dataclass(frozen=True)
class KeptFile:
    """What is sent of a file, as it is and packed, and under which name of its kind."""

    plain: bytes
    packed: bytes | None
    kind: str


_kept: dict[str, KeptFile] = {}


class KeptFiles:
    """Middleware: answers what is always the same without a look at the disk."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a file that is known by its name; pass everything else on."""
        name = _asked(scope)
        if name is None:
            await self.app(scope, receive, send)
            return
        file = _kept.get(name)
        if file is None:
            file = _kept[name] = await run_in_threadpool(_read, name)
        takes = Headers(scope=scope).get("accept-encoding", "")
        headers = {"Cache-Control": _FOR_GOOD, "Vary": "Accept-Encoding"}
        body = file.plain
        if file.packed is not None and "gzip" in takes:
            headers["Content-Encoding"] = "gzip"
            body = file.packed
        await Response(body, media_type=file.kind, headers=headers)(scope, receive, send)


def _asked(scope: Scope) -> str | None:
    if scope["type"] != "http" or scope["method"] != "GET" or "range" in Headers(scope=scope):
        return None
    found = _NAMED.search(scope["path"])
    return found[1] if found and found[1] in _names() else None


@cache
def _names() -> frozenset[str]:
    return frozenset(
        path.relative_to(_FOLDER).as_posix() for path in _FOLDER.glob("*/*") if path.is_file()
    )


def _read(name: str) -> KeptFile:
    path = _FOLDER / name
    plain = path.read_bytes()
    is_packed = path.suffix in _PACKED and len(plain) > _WORTH_PACKING
    packed = gzip.compress(plain, mtime=0) if is_packed else None
    return KeptFile(plain, packed, _KINDS[path.suffix])
