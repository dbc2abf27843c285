"""A page opened without a browser: what it sends can be forged, replayed and left out at will."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
from google.protobuf import text_format
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


def xsrf_of(client: httpx.Client) -> str:
    client.get("/_stcore/health")
    return client.cookies.get("_streamlit_xsrf", "")


@dataclass
class RawSession:
    """One connection to the page's own channel."""

    socket: ClientConnection
    session_id: str = ""
    heard: list[ForwardMsg] = field(default_factory=list)

    def rerun(self, *, query: str = "", page: str = "", page_hash: str = "") -> str:
        """Ask for a run as the browser does; return everything it sent, as text."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        message.rerun_script.page_script_hash = page_hash
        return self.send(message)

    def send(self, message: BackMsg) -> str:
        self.socket.send(message.SerializeToString())
        return self.listen()

    def listen(self) -> str:
        """Read until the run has ended."""
        self.heard = []
        while True:
            received = ForwardMsg()
            received.ParseFromString(self.socket.recv(timeout=30))
            self.heard.append(received)
            kind = received.WhichOneof("type")
            if kind == "new_session":
                self.session_id = received.new_session.initialize.session_id
            if kind == "script_finished":
                return self.words()

    def words(self) -> str:
        return "\n".join(text_format.MessageToString(m, as_utf8=True) for m in self.heard)

    def pages(self) -> dict[str, str]:
        """Return the titles of the pages in the navigation, with their hash."""
        found = [m.navigation for m in self.heard if m.WhichOneof("type") == "navigation"]
        return {
            page.page_name: page.page_script_hash
            for page in found[-1].app_pages
            if not page.is_hidden
        }

    def element_ids(self, key: str) -> list[str]:
        """Return the identifiers of widgets whose key ends so."""
        return re.findall(rf'"(\$\$ID-[^"]*-{re.escape(key)})"', self.words())

    def redirects(self) -> list[str]:
        return [m.auth_redirect.url for m in self.heard if m.WhichOneof("type") == "auth_redirect"]


def open_raw(
    url: str,
    client: httpx.Client,
    *,
    origin: str | None = "own",
    session_id: str = "",
    headers: dict[str, str] | None = None,
    cookies: dict[str, str] | None = None,
) -> RawSession:
    """Connect with the cookies of a client; `origin=None` leaves the header out."""
    kept = {cookie.name: cookie.value or "" for cookie in client.cookies.jar} | (cookies or {})
    host = urlsplit(url).netloc
    subprotocols = ["streamlit", xsrf_of(client) or "none", *([session_id] if session_id else [])]
    kept |= {"_streamlit_xsrf": client.cookies.get("_streamlit_xsrf", "")}
    socket = connect(
        f"ws://{host}/_stcore/stream",
        subprotocols=subprotocols,  # type: ignore[arg-type]
        origin=url if origin == "own" else origin,  # type: ignore[arg-type]
        additional_headers={
            "Cookie": "; ".join(f"{name}={value}" for name, value in kept.items()),
            **(headers or {}),
        },
        max_size=None,
        legacy=True,
    )
    return RawSession(socket)
