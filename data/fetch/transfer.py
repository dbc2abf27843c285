"""One file over HTTP: patient, polite, and taken up again where the connection was cut."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import requests
import urllib3.exceptions as lower

from data.errors import UserError

USER_AGENT = "home-care-dashboard/0.1 (official data; python-requests)"
_CHUNK = 65_536
_USABLE = frozenset({200, 206, 304})
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 120.0
_MAY_PASS = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    lower.ProtocolError,
    lower.ReadTimeoutError,
    lower.SSLError,
)
_CERTIFICATES = "庁内の証明書を使うときは、そのファイルを REQUESTS_CA_BUNDLE で指定してください。"
_SETTINGS = "プロキシの設定（HTTPS_PROXY）か、公表元のページを確かめてください。"
T = TypeVar("T")


@dataclass(frozen=True)
class Manner:
    """How patiently files are asked for; all times in seconds, sizes in bytes.

    A server that sends fewer bytes than `least` in `stall` seconds is given up for this time.
    """

    connect: float = 15.0
    read: float = 60.0
    attempts: int = 4
    backoff: float = 2.0
    pause: float = 1.0
    largest: int = 4_000_000_000
    stall: float = 60.0
    least: int = 65_536


@dataclass(frozen=True)
class Received:
    """What the server said of a file that has arrived.

    Nothing is kept of a body whose end the server does not tell: it may be cut, so that the next
    run shall ask for the whole of it again.
    """

    url: str
    etag: str = ""
    last_modified: str = ""


class _TryAgain(Exception):
    """A fault that may pass by itself; wait is what the server asked for."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


class Transfer:
    """A session with one publisher after another; proxy and CA come from the environment."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._session = requests.Session()
        self._session.headers["User-Agent"] = USER_AGENT
        self._session.headers["Accept-Encoding"] = "identity"
        self._asked = 0.0
        self._silent: set[str] = set()

    def page(self, url: str) -> tuple[str, str]:
        """Return the text of a page, and the address to which it has moved."""

        def once() -> tuple[str, str]:
            with self._ask(url, {}) as answer:
                return _decoded(b"".join(self._pieces(answer)), answer), answer.url

        return self._patiently(once, url)

    def file(self, url: str, part: Path, *, unless: dict[str, str]) -> Received | None:
        """Write a file to `part`; None when the server says that nothing has changed.

        `unless` holds the conditions (If-None-Match, If-Modified-Since) of a known copy.
        """
        return self._patiently(lambda: self._once(url, part, unless), url, part=part)

    def _once(self, url: str, part: Path, unless: dict[str, str]) -> Received | None:
        mark = _mark(part)
        start = part.stat().st_size if part.exists() and mark.exists() else 0
        headers = dict(unless)
        if start:
            headers = {"Range": f"bytes={start}-", "If-Range": mark.read_text("utf-8")}
        with self._ask(url, headers) as answer:
            if answer.status_code == requests.codes.not_modified:
                return None
            if answer.status_code == 416 or not _starts_at(start, answer):
                mark.unlink(missing_ok=True)
                raise _TryAgain(f"HTTP {answer.status_code}")
            tag, day = answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
            mark.unlink(missing_ok=True)
            if (tag and not tag.startswith("W/")) or day:
                mark.write_text(tag if tag and not tag.startswith("W/") else day, "utf-8")
            self._write(answer, part, start if answer.status_code == 206 else 0)
            mark.unlink(missing_ok=True)
            return Received(answer.url, tag, day) if _is_sized(answer) else Received(answer.url)

    def _write(self, answer: requests.Response, part: Path, start: int) -> None:
        size = start
        with part.open("ab" if start else "wb") as stream:
            for piece in self._pieces(answer):
                size += len(piece)
                if size > self._manner.largest:
                    raise UserError(f"大きすぎるため、やめました（{size:,}バイト）。")
                stream.write(piece)

    def _pieces(self, answer: requests.Response) -> Iterator[bytes]:
        """Yield the body as it comes, not first in full chunks; one that drips is broken off."""
        since, came = time.monotonic(), 0
        while piece := answer.raw.read1(_CHUNK, decode_content=True):
            yield piece
            came += len(piece)
            passed = time.monotonic() - since
            if passed >= self._manner.stall:
                if came < self._manner.least:
                    raise _TryAgain(f"遅すぎます：{passed:.0f}秒で{came:,}バイト")
                since, came = time.monotonic(), 0

    def _ask(self, url: str, headers: dict[str, str]) -> requests.Response:
        time.sleep(max(0.0, self._asked + self._manner.pause - time.monotonic()))
        timeout = (self._manner.connect, self._manner.read)
        answer = self._session.get(url, headers=headers, stream=True, timeout=timeout)
        self._asked = time.monotonic()
        status = answer.status_code
        if status in _USABLE or (status == 416 and "Range" in headers):
            return answer
        answer.close()
        if status in _TRY_AGAIN:
            raise _TryAgain(f"HTTP {status}", _seconds(answer.headers.get("Retry-After", "")))
        raise UserError(f"サーバーが HTTP {status} と答えました。", _advice(status))

    def _patiently(self, once: Callable[[], T], url: str, *, part: Path | None = None) -> T:
        """Call until it works; what may pass by itself is tried again after a longer wait.

        A host given up once is tried only once for each further file, so that a run ends.
        """
        reason, host = "", urlsplit(url).netloc
        attempts = 1 if host in self._silent else self._manner.attempts
        for attempt in range(attempts):
            try:
                got = once()
                self._silent.discard(host)
                return got
            except _TryAgain as error:
                reason, asked = str(error), error.wait
            except requests.exceptions.SSLError as error:
                raise UserError("証明書を確かめられません。", _CERTIFICATES) from error
            except _MAY_PASS as error:
                reason, asked = type(error).__name__, 0.0
            except (requests.RequestException, lower.HTTPError) as error:
                raise UserError(f"取得できません（{type(error).__name__}）。", _SETTINGS) from error
            if attempt + 1 < attempts:
                time.sleep(min(_LONGEST_WAIT, max(asked, self._manner.backoff * 2**attempt)))
        self._silent.add(host)
        raise UserError(
            f"{attempts}回試しましたが、取得できません（{reason}）。",
            f"あとでもう一度実行してください{_kept(part)}：{url}",
        )


def _kept(part: Path | None) -> str:
    """Say whether the next run can go on where this one was cut."""
    if part is None:
        return ""
    is_marked = part.exists() and _mark(part).exists()
    return f"。{'続き' if is_marked else 'はじめ'}から取ります"


def _mark(part: Path) -> Path:
    """Return the file that says of which version a half file is."""
    return part.with_name(f"{part.name}.mark")


def _seconds(asked: str) -> float:
    """Return the wait that Retry-After names, in seconds or as a time of day; 0 when neither."""
    if asked.isdecimal():
        return float(asked)
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except ValueError:
        return 0.0


def _kind(answer: requests.Response) -> str:
    return answer.headers.get("Content-Type", "").lower()


def _starts_at(start: int, answer: requests.Response) -> bool:
    """Say whether a piece begins where the half file ends; a whole body always does."""
    told = answer.headers.get("Content-Range", "").strip().lower()
    return answer.status_code != 206 or told.startswith(f"bytes {start}-")


def _is_sized(answer: requests.Response) -> bool:
    chunked = answer.headers.get("Transfer-Encoding", "").lower() == "chunked"
    return chunked or "Content-Length" in answer.headers


def _decoded(body: bytes, answer: requests.Response) -> str:
    encoding = answer.encoding if "charset" in _kind(answer) else None
    try:
        return body.decode(encoding or "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _advice(status: int) -> str:
    if status in (404, 410):
        return "場所が変わったようです。公表元のページで確かめてください。"
    return _SETTINGS
