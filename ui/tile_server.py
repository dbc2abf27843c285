"""The server of background tiles, where the site has configured one; else there is none."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

VARIABLE = "TILE_URL"
_PLACES = ("{z}", "{x}", "{y}")


def tile_template() -> str | None:
    """Return the address of tiles with places for z, x and y; None where it is not usable."""
    text = os.environ.get(VARIABLE, "").strip()
    parts = urlsplit(text)
    is_usable = (
        parts.scheme in ("http", "https")
        and parts.hostname is not None
        and not set(text) & set(" ;,'\"")
        and all(place in parts.path for place in _PLACES)
    )
    return text if is_usable else None


def tile_origin() -> str | None:
    """Return scheme and host of the tile server, for the policy of the page and for its credit."""
    template = tile_template()
    if template is None:
        return None
    parts = urlsplit(template)
    return f"{parts.scheme}://{parts.netloc}"
