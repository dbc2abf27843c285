"""An export of the 「見える化」 system through the upload page."""

from __future__ import annotations

from data.generations import Store
from data.harmonise.mieruka_places import NO_PREFECTURE
from tests.pages.opening import words
from tests.pages.uploading import figures, opened, publish, table
from tests.unit.mieruka_book import BY_AREA, TOTAL, by_area
from tests.unit.table_stand import rows_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RATES = "select area_code, value from measure where measure_id = 'cert_rate_adjusted_published'"
BOOK = by_area((TOTAL, 17.5), places=("山手市",))


def test_a_name_is_looked_for_in_the_region_that_is_chosen(tiny_store: Store) -> None:
    app = opened(area="00")
    app.file_uploader[0].upload(BY_AREA, BOOK, XLSX).run()
    assert "見える化システムの書き出し" in words(app)
    assert NO_PREFECTURE in table(app, "place")["text"].iloc[0]
    app = opened()
    app.file_uploader[0].upload(BY_AREA, BOOK, XLSX).run()
    assert figures(app)["行"] == "1"
    publish(app)
    assert rows_of(tiny_store, RATES) == [("81201", 17.5)]
