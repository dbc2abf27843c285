"""Response headers, the one HTML page in Japanese, and what is said where there is no page."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.not_found import is_page, not_found_page
from ui.tile_server import tile_origin

FORMS = ("/sign-in", "/password", "/try-out")
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?")
_CHANNELS = "{channels}"
_ROOM = re.compile(r"/room(/[^/]+(/(wall|group))?)?$")
TITLE = "在宅医療・介護連携 地域比較ダッシュボード"
# Pages lie one step below the root, wherever a proxy puts it; told so, the browser need not probe.
_WHERE = '<script>window.__streamlit={BACKEND_BASE_URL:new URL("./",location.href).href}</script>'
# Every page draws a chart: its scripts, and all that these import, are fetched while the first ones
# still run.
_EARLY_SCRIPTS = ("Selectbox", "ArrowVegaLiteChart", "loadVegaEmbed", "embed", "vega-interpreter")
# What stands on every page is in place at once, and is not sent again with each run of a script.
_STYLES = ("frame.css", "page.css")
_SCRIPTS = ("copyable.js", "first_figure.js")
_IMPORTED = re.compile(r'(?:from|import)\s*"\./([^"]+\.js)"')
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def html_page() -> bytes:
    """Return Streamlit's page with the language and the name of the product."""
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    text = index.read_text(encoding="utf-8")
    text = text.replace('<html lang="en">', '<html lang="ja">', 1)
    early = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{script}">'
        for script in _early_scripts(index.parent / "static" / "js")
        if script not in text
    )
    here = Path(__file__).parent
    styles = "".join((here / name).read_text(encoding="utf-8") for name in _STYLES)
    scripts = "".join(
        f"<script>{{{(here / name).read_text(encoding='utf-8')}}}</script>" for name in _SCRIPTS
    )
    ours = f"<title>{TITLE}</title>{_WHERE}{scripts}<style>{styles}</style>"
    text = text.replace("<title>Streamlit</title>", ours, 1)
    return text.replace("</head>", f"{early}</head>", 1).encode("utf-8")


def _early_scripts(folder: Path) -> list[str]:
    """Return the scripts that a chart needs, each before those that it imports."""
    waiting = [path.name for name in _EARLY_SCRIPTS for path in sorted(folder.glob(f"{name}.*.js"))]
    found: dict[str, None] = {}
    while waiting:
        script = waiting.pop(0)
        if script not in found:
            found[script] = None
            waiting += _IMPORTED.findall((folder / script).read_text(encoding="utf-8"))
    return list(found)


def content_security_policy(host: str = "") -> str:
    """Return the policy: this server only, and images of the tile server that is configured.

    To newer browsers 'self' means its channels too; older ones need them by the host's name.
    """
    channels = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return _policy(tile_origin()).replace(_CHANNELS, channels)


@cache
def _policy(tiles: str | None) -> str:
    """Return the policy; Vega compiles expressions, hence unsafe-eval."""
    scripts = _INLINE_SCRIPT.findall(html_page().decode("utf-8"))
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    inline = " ".join(f"'sha256-{digest}'" for digest in digests)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval' blob: {inline}",
            "style-src 'self' 'unsafe-inline'",
            " ".join(["img-src 'self' data: blob:", *([tiles] if tiles else [])]),
            "font-src 'self' data:",
            f"connect-src 'self'{_CHANNELS} data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


class PageHeaders:
    """Middleware: safe headers on every answer, the Japanese page in place of Streamlit's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and amend the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        replaced: bytes | None = None

        async def amended(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                host = Headers(scope=scope).get("host", "")
                _make_safe(headers, host=host, is_https=scope.get("scheme") == "https")
                if _is_page_of_streamlit(headers, scope["path"]) and message["status"] == 200:
                    is_known = is_page(scope["path"])
                    replaced = html_page() if is_known else not_found_page(TITLE)
                    message["status"] = 200 if is_known else 404
                    _describe_page(headers, length=len(replaced))
            elif replaced is not None and message["type"] == "http.response.body":
                if message.get("more_body"):
                    return
                body = b"" if scope["method"] == "HEAD" else replaced
                message = {"type": "http.response.body", "body": body}
            await send(message)

        await self.app(scope, receive, amended)


def _make_safe(headers: MutableHeaders, *, host: str, is_https: bool) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "SAMEORIGIN"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    headers["Content-Security-Policy"] = content_security_policy(host)
    if is_https:
        headers["Strict-Transport-Security"] = "max-age=31536000"


def _is_page_of_streamlit(headers: MutableHeaders, path: str) -> bool:
    is_html = headers.get("content-type", "").startswith("text/html")
    return is_html and not path.endswith(FORMS) and not _ROOM.search(path)


def _describe_page(headers: MutableHeaders, *, length: int) -> None:
    for name in ("content-encoding", "etag", "last-modified"):
        if name in headers:
            del headers[name]
    headers["Content-Length"] = str(length)
