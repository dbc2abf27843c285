"""Workshop: scenes, a room that follows them, what the groups write, files to take along."""

from __future__ import annotations

from access.roles import Action, may
from ui import blocks
from ui.actor import current_actor
from ui.group_console import draw_groups
from ui.room_console import current_room, draw_room
from ui.scene_editor import draw_editor
from ui.selection import choose
from ui.workshop_files import draw_files

VIEWS = {"scenes": "シーン", "room": "ルーム", "groups": "グループ", "files": "ファイル"}


def main() -> None:
    blocks.page_title("研修・検討会", "画面をそろえて見せ、答えを集め、グループで計画を書く。")
    holds = may(current_actor(), Action.HOLD_WORKSHOP)
    view = choose(
        "すること", VIEWS, param="view", default="scenes" if holds else "room", kind="segmented"
    )
    if view == "scenes":
        draw_editor()
        return
    room = current_room()
    if view == "files":
        draw_files(room)
    elif view == "groups" and room is not None:
        draw_groups(room)
    else:
        draw_room()


main()
