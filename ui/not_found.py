"""The answer to an address at which there is no page."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from ui.redirect import with_base

PAGES = frozenset(path.stem for path in (Path(__file__).parent.parent / "pages").glob("*.py"))
# Browsers ask for it on pages that name no icon, and report an answer of 404 as an error.
ASKED_UNASKED = "favicon.ico"
_PAGE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ページがありません｜{product}</title><style>
body {{ font: 16px/1.7 'Noto Sans JP', 'Noto Sans CJK JP', 'Yu Gothic UI', Meiryo, sans-serif;
  color: #0d1117; background: #f2f5f8; margin: 0; }}
main {{ max-width: 30rem; margin: 8vh auto 2rem; padding: 1.5rem 2rem; background: #fff;
  border: 1px solid #8a949e; border-radius: .5rem; }}
h1 {{ font-size: 1.375rem; margin: 0 0 1rem; word-break: keep-all; }}
a {{ color: #0b5cad; }}
:focus-visible {{ outline: 3px solid #d55e00; outline-offset: 2px; }}
</style></head><body><main><h1>このアドレスの<wbr>ページは<wbr>ありません</h1>
<p>アドレスの打ち間違いがないか確かめるか、概況のページから開き直してください。</p>
<p><a href="{front}">概況を開く</a></p><p>{product}</p></main></body></html>"""


def is_page(path: str) -> bool:
    """Tell whether a path is the front page, one of the pages below it, or a browser's own."""
    asked = path.removeprefix(with_base("")).strip("/")
    return not asked or asked in PAGES or asked == ASKED_UNASKED


@cache
def not_found_page(product: str) -> bytes:
    """Return the page that leads back."""
    return _PAGE.format(product=escape(product), front=escape(with_base("/"))).encode("utf-8")
