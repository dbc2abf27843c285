"""A local server that plays the publishers: pages, files, and everything that goes wrong."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """What stands at a path: cut sends only so many bytes, once; failures come before it.

    With drip, the body comes byte by byte, so many seconds apart. One that is not sized ends when
    the server hangs up. A stubborn one calls the whole body the piece that was asked for.
    """

    body: bytes
    kind: str = "application/octet-stream"
    status: int = 200
    etag: str = '"one"'
    cut: int = 0
    failures: list[int] = field(default_factory=list)
    delay: float = 0.0
    location: str = ""
    wait: str = "0"
    modified: str = ""
    drip: float = 0.0
    sized: bool = True
    stubborn: bool = False


@dataclass
class Publisher:
    """The server's address, what it offers, and the requests that it has seen."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def asked(self, path: str) -> list[dict[str, str]]:
        return [headers for one, headers in self.seen if one == path]


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of readers who hang up."""


@contextmanager
def publisher(tls: ssl.SSLContext | None = None) -> Iterator[Publisher]:
    """Serve on a free port of this machine until the test is over, in TLS where it is given."""
    server = _Server(("127.0.0.1", 0), BaseHTTPRequestHandler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    playing = Publisher(f"http{'s' if tls else ''}://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = type("Handler", (_Handler,), {"playing": playing})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield playing
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    playing: Publisher

    def do_GET(self) -> None:
        self.playing.seen.append((self.path, dict(self.headers)))
        answer = self.playing.answers.get(self.path, Answer(b"gone", status=404))
        time.sleep(answer.delay)
        if answer.failures:
            self._send(answer.failures.pop(0), b"", {"Retry-After": answer.wait})
        elif answer.location:
            self._send(302, b"", {"Location": answer.location})
        elif self._is_known(answer):
            self._send(304, b"", {})
        else:
            self._body(answer)

    def _is_known(self, answer: Answer) -> bool:
        told = {"If-None-Match": answer.etag, "If-Modified-Since": answer.modified}
        return any(value and self.headers.get(name) == value for name, value in told.items())

    def _body(self, answer: Answer) -> None:
        told = {"ETag": answer.etag, "Last-Modified": answer.modified}
        headers = {"Content-Type": answer.kind} | {k: v for k, v in told.items() if v}
        asked = self.headers.get("Range", "")
        if asked and self.headers.get("If-Range") in filter(None, told.values()):
            start = 0 if answer.stubborn else int(asked.removeprefix("bytes=").removesuffix("-"))
            size = len(answer.body)
            if start >= size:
                self._send(416, b"", {"Content-Range": f"bytes */{size}"})
                return
            headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
            self._send(206, answer.body[start:], headers)
            return
        if answer.drip:
            self._send(answer.status, b"", headers, size=len(answer.body))
            for at in range(len(answer.body)):
                self.wfile.write(answer.body[at : at + 1])
                time.sleep(answer.drip)
            return
        cut, answer.cut = answer.cut, 0
        self._send(answer.status, answer.body, headers, cut=cut, sized=answer.sized)

    def _send(
        self,
        status: int,
        body: bytes,
        headers: dict[str, str],
        *,
        cut: int = 0,
        size: int = 0,
        sized: bool = True,
    ) -> None:
        self.send_response(status)
        length = {"Content-Length": str(size or len(body))} if sized else {}
        for name, value in (headers | length).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[:cut] if cut else body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing on the console."""
