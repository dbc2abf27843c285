from __future__ import annotations

from analytics.compare import choices_in_view
from ui import (
    blocks,
    compare_funnel,
    compare_mirror,
    compare_navigation,
    compare_overview,
    compare_rug,
    compare_scatter,
    compare_trend,
    similar_view,
)
from ui.compare_hidden import NOTE
from ui.compare_state import Chosen, choose_all
from ui.indicator_view import list_waiting
from ui.labels import level_label
from ui.redrawn_note import redrawn_values
from ui.selection import choose, current_area

VIEWS = {
    "map": ("地図と順位", compare_overview.draw),
    "rug": ("指標の一覧", compare_rug.draw),
    "trend": ("分布と推移", compare_trend.draw),
    "scatter": ("二つの指標", compare_scatter.draw),
    "funnel": ("ファンネル", compare_funnel.draw),
    "mirror": ("二つの地域", compare_mirror.draw),
    "similar": ("似た市区町村", similar_view.draw),
}


def draw_view(view: str, chosen: Chosen) -> None:
    _, draw = VIEWS[view]
    draw(chosen)
    blocks.notes([NOTE] if chosen.hide else [])
    blocks.notes(
        redrawn_values(
            parent_code=chosen.scope.parent_code,
            level=chosen.scope.level,
            period="" if view == "trend" else chosen.period,
            named=not chosen.hide,
        )
    )


def main() -> None:
    area = current_area()
    blocks.page_title(
        f"{area.name}の地域比較", "どの地域が高く、どの地域が低いか。差は偶然で説明できるか。"
    )
    labels = {key: label for key, (label, _) in VIEWS.items()}
    view = choose("見かた", labels, param="view", default="map", kind="segmented")
    scope, chosen = choose_all(area)
    compare_navigation.draw(scope, chosen)
    if chosen is None:
        blocks.empty(
            f"{scope.parent_name}には、{level_label(scope.level)}別に計算できた指標がありません。",
            "別の単位を選ぶか、下の一覧にある資料を読み込んでください。",
        )
    else:
        draw_view(view, chosen)
    list_waiting(choices_in_view, scope=scope)


main()
