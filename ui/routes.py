"""Routes beside the pages: health, and polygons."""

from __future__ import annotations

import gzip
import time

import duckdb
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from analytics.geometry import topology
from analytics.sources import health_counts, meta_values
from data.errors import UserError
from data.generations import open_generation
from ui.store import connection, serving, store

_FOREVER = "public, max-age=31536000, immutable"


def _health() -> tuple[dict[str, object], int]:
    """Query the database in earnest and say how it stands, without any path."""
    started = time.perf_counter()
    try:
        current = serving()
        with open_generation(current.path) as con:
            facts = dict(meta_values(con))
            counts = health_counts(con)
    except UserError as error:
        return {"status": "error", "reason": error.message, "action": error.action}, 503
    except (duckdb.Error, OSError) as error:
        reason = f"データを読めません（{type(error).__name__}）。"
        return {"status": "error", "reason": reason}, 503
    ok = counts["area"] > 0
    body: dict[str, object] = {
        "status": "ok" if ok else "error",
        "generation": facts.get("generation"),
        "dataset": facts.get("dataset"),
        "built_at": facts.get("built_at"),
        "checks": {
            "database": "ok",
            "areas": counts["area"],
            "population_rows": counts["population_total"],
            "observation_rows": counts["observation"],
            "newest_generation": current.banner is None,
            "milliseconds": round(1000 * (time.perf_counter() - started), 1),
        },
    }
    if not ok:
        body["reason"] = "地域が1件もありません。"
    return body, 200 if ok else 503


async def healthz(request: Request) -> Response:
    """Answer whether the data can be served."""
    body, status = await run_in_threadpool(_health)
    return JSONResponse(body, status_code=status, headers={"Cache-Control": "no-store"})


def _polygons(generation: str, level: str, parent: str) -> tuple[bytes, str] | None:
    current = serving().path
    if generation == current.stem:
        with connection().cursor() as cursor:
            return topology(cursor, level=level, parent=parent)
    wanted = next((path for path in store().generations() if path.stem == generation), None)
    if wanted is None:
        return None
    with open_generation(wanted) as con:
        return topology(con, level=level, parent=parent)


async def geometry(request: Request) -> Response:
    """Answer the polygons of a level inside an area, as stored."""
    names = request.path_params
    try:
        found = await run_in_threadpool(
            _polygons, names["generation"], names["level"], names["parent"]
        )
    except (UserError, duckdb.Error):
        return JSONResponse({"reason": "データを読めません。"}, status_code=503)
    if found is None:
        return JSONResponse({"reason": "その地域の境界はありません。"}, status_code=404)
    packed, etag = found
    headers = {"Cache-Control": _FOREVER, "ETag": f'"{etag}"', "Vary": "Accept-Encoding"}
    if f'"{etag}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(packed, headers=headers, media_type="application/json")
    return Response(gzip.decompress(packed), headers=headers, media_type="application/json")


ROUTES = [
    Route("/healthz", healthz, methods=["GET"]),
    Route("/geo/{generation}/{level}/{parent}.json", geometry, methods=["GET"]),
]
