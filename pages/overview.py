from __future__ import annotations

from ui.blocks import page_title
from ui.selection import current_area

area = current_area()
page_title(f"{area.name}の概況", "この地域はいまどうなっていて、これからどうなるか。")
