"""Latency of the routes beside the pages: health, polygons, and polygons a browser has."""

from __future__ import annotations

import http.client
import json
import time
from urllib.parse import urlsplit

from bench.figures import Figure, figure
from bench.subjects import Subject
from tests.serving import Server


def _ask(
    connection: http.client.HTTPConnection, path: str, headers: dict[str, str], *, expected: int
) -> tuple[float, bytes, str]:
    """Return milliseconds, body and ETag; another status than the expected one is a failure."""
    started = time.perf_counter()
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    milliseconds = 1000 * (time.perf_counter() - started)
    if response.status != expected:
        raise RuntimeError(f"{path} answered {response.status} instead of {expected}")
    return milliseconds, body, response.headers.get("ETag", "")


def measure_routes(
    subject: Subject, server: Server, *, repeat: int
) -> tuple[list[Figure], list[str]]:
    """Time each route over one kept connection; return figures, and what answered wrongly."""
    figures: list[Figure] = []
    failures: list[str] = []
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        figures += _health(connection, repeat)
    except RuntimeError as error:
        failures.append(f"route {error}")
    for name, (level, parent) in subject.polygons.items():
        path = f"/geo/{subject.generation.stem}/{level}/{parent}.json"
        try:
            figures += _polygons(connection, path, name, repeat)
        except RuntimeError as error:
            failures.append(f"route {error}")
    connection.close()
    return figures, failures


def _health(connection: http.client.HTTPConnection, repeat: int) -> list[Figure]:
    asked = [_ask(connection, "/healthz", {}, expected=200) for _ in range(repeat + 1)]
    if json.loads(asked[-1][1])["status"] != "ok":
        raise RuntimeError("/healthz does not say ok")
    return [figure("route", "/healthz", "200", [a[0] for a in asked[1:]], unit="ms")]


def _polygons(
    connection: http.client.HTTPConnection, path: str, name: str, repeat: int
) -> list[Figure]:
    scope, _, level = name.partition(" ")
    packed = {"Accept-Encoding": "gzip"}
    asked = [_ask(connection, path, packed, expected=200) for _ in range(repeat + 1)]
    size, etag = len(asked[-1][1]), asked[-1][2]
    known = packed | {"If-None-Match": etag}
    unchanged = [_ask(connection, path, known, expected=304)[0] for _ in range(repeat)]
    shown = f"/geo {level}"
    return [
        figure("route", shown, "200", [a[0] for a in asked[1:]], unit="ms", scope=scope),
        figure("route", shown, "304", unchanged, unit="ms", scope=scope),
        figure("route", shown, "size", [size / 1000], unit="KB", scope=scope),
    ]
