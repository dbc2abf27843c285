"""How participants find a room: the address of this server for their devices, and a QR code."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from ui.blocks import plain
from ui.copyable import copyable
from ui.hosts import LOOPBACK, host_name
from ui.redirect import with_base
from ui.room_routes import qr_svg
from workshop.codes import spaced
from workshop.rooms import Room

_KEY = "room_server"
_ONLY_HERE = (
    "このアドレスは、このコンピューターの中でしか開けません。ほかの端末から参加してもらうには、"
    "環境変数 HOST=0.0.0.0 を付けてサーバーを起動し直し、このコンピューターのアドレス"
    "（例：192.0.2.10:8501）でこの画面を開くか、下の欄に入れてください。"
    "名前で開くときは、ALLOWED_HOSTS にその名前を入れます。"
)


def draw_address(room: Room) -> None:
    """Draw code, address and QR code; the address may be changed."""
    st.session_state.setdefault(_KEY, _server())
    server = _cleaned(st.session_state[_KEY])
    address = f"{server}{with_base(f'/room/{room.code}')}"
    st.metric("コード", spaced(room.code), width="content")
    if is_only_here(server):
        st.warning(_ONLY_HERE)
    st.image(qr_svg(address).decode(), width=220)
    copyable(address)
    st.text_input("参加者に見せるサーバーのアドレス", key=_KEY, max_chars=200)
    st.link_button("会場の画面を開く", f"{address}/wall", icon=":material/open_in_new:")
    st.caption(plain(f"コードを手で入れるときは {server}{with_base('/room')} を開いてもらいます。"))


def is_only_here(server: str) -> bool:
    """Tell whether an address leads every device to itself."""
    name = host_name(urlsplit(server).netloc)
    return name in LOOPBACK or (name or "").startswith("127.")


def _server() -> str:
    parts = urlsplit(str(st.context.url or ""))
    host = st.context.headers.get("host", "") or parts.netloc
    return f"{parts.scheme or 'http'}://{host}"


def _cleaned(typed: str) -> str:
    """Return scheme, name and port of what was typed; what this browser uses where it is none."""
    text = typed.strip()
    parts = urlsplit(text if "://" in text else f"http://{text}")
    if parts.scheme not in ("http", "https") or host_name(parts.netloc) is None:
        return _server()
    return f"{parts.scheme}://{parts.netloc}"
