from __future__ import annotations

from access.roles import Action, require
from ui import blocks
from ui.actor import current_actor
from ui.admin_audit import audit_view
from ui.admin_restore import restore_view
from ui.admin_users import users_view
from ui.selection import choose

VIEWS = {"users": "利用者", "audit": "操作の記録", "restore": "世代の復元"}
DRAWN = {"users": users_view, "audit": audit_view, "restore": restore_view}


def main() -> None:
    require(current_actor(), Action.MANAGE_USERS)
    blocks.page_title("管理", "利用者と役割を決め、だれが何をしたかを確かめる。")
    view = choose("することを選ぶ", VIEWS, param="view", default="users", kind="segmented")
    DRAWN[view]()


main()
