"""How dense each kind of office is in the demo region, and how the publisher prints its name."""

from __future__ import annotations

from dataclasses import dataclass

WEEKDAYS = "平日"
SIX_DAYS = "平日,土曜日,祝日"
EVERY_DAY = "平日,土曜日,日曜日,祝日"


@dataclass(frozen=True)
class Service:
    """A service of the care register: offices per 10,000 aged 75+ and its usual shape."""

    code: str
    name: str
    label: str
    group: str
    per_10k: float
    capacity: tuple[int, int] | None = None
    days: str = ""
    bias: str = "plain"


@dataclass(frozen=True)
class SharedService:
    """A service that offices of another service offer under the same number."""

    code: str
    name: str
    of: str
    share: float


@dataclass(frozen=True)
class Institution:
    """A kind of medical institution or pharmacy, with its number in the publisher's 機関区分."""

    division: str
    key: str
    label: str
    file_name: str
    per_10k: float
    bias: str = "plain"


_RESIDENCE = "特定施設入居者生活介護"
_SMALL_RESIDENCE = "地域密着型特定施設入居者生活介護"
_SERVICED = "有料老人ホーム（サービス付き高齢者向け住宅"

SERVICES: tuple[Service, ...] = (
    Service("110", "訪問介護", "ヘルパーステーション", "visit", 17.0, None, EVERY_DAY),
    Service("120", "訪問入浴介護", "訪問入浴センター", "visit", 0.8, None, SIX_DAYS),
    Service("130", "訪問看護", "訪問看護ステーション", "visit", 8.4, None, WEEKDAYS, "urban"),
    Service("140", "訪問リハビリテーション", "訪問リハビリ事業所", "visit", 2.5, None, WEEKDAYS),
    Service("150", "通所介護", "デイサービスセンター", "day", 12.0, (20, 40), SIX_DAYS),
    Service("155", "指定療養通所介護", "療養通所", "day", 0.05, (5, 18), WEEKDAYS, "advanced"),
    Service("160", "通所リハビリテーション", "デイケア", "day", 3.8, (20, 60), SIX_DAYS),
    Service("170", "福祉用具貸与", "福祉用具", "equipment", 3.5, None, WEEKDAYS, "urban"),
    Service("210", "短期入所生活介護", "ショートステイ", "stay", 5.7, (8, 30), "", "rural"),
    Service("320", "認知症対応型共同生活介護", "グループホーム", "stay", 6.9, (9, 27), "", "rural"),
    Service("331", f"{_RESIDENCE}（有料老人ホーム）", "ホーム", "stay", 2.2, (30, 80), "", "urban"),
    Service("332", f"{_RESIDENCE}（軽費老人ホーム）", "ケアハウス", "stay", 0.25, (30, 60)),
    Service("334", f"{_RESIDENCE}（{_SERVICED}））", "住宅", "stay", 0.3, (20, 60), "", "urban"),
    Service(
        "335",
        f"{_RESIDENCE}（有料老人ホーム（外部サービス利用型））",
        "外部型ホーム",
        "stay",
        0.02,
        (20, 60),
    ),
    Service(
        "336",
        f"{_RESIDENCE}（軽費老人ホーム（外部サービス利用型））",
        "外部型ケアハウス",
        "stay",
        0.02,
        (30, 60),
    ),
    Service(
        "337",
        f"{_RESIDENCE}（{_SERVICED}（外部サービス利用型）））",
        "外部型住宅",
        "stay",
        0.02,
        (20, 60),
    ),
    Service("361", f"{_SMALL_RESIDENCE}（有料老人ホーム）", "小規模ホーム", "stay", 0.13, (10, 29)),
    Service(
        "362", f"{_SMALL_RESIDENCE}（軽費老人ホーム）", "小規模ケアハウス", "stay", 0.04, (10, 29)
    ),
    Service("364", f"{_SMALL_RESIDENCE}（{_SERVICED}））", "小規模住宅", "stay", 0.04, (10, 29)),
    Service("430", "居宅介護支援", "ケアプランセンター", "plan", 18.0, None, WEEKDAYS),
    Service("510", "介護老人福祉施設", "特別養護老人ホーム", "home", 4.3, (50, 110), "", "rural"),
    Service("520", "介護老人保健施設", "老人保健施設", "home", 2.0, (70, 120)),
    Service("530", "介護療養型医療施設", "療養型病床", "home", 0.05, (8, 40)),
    Service(
        "540",
        "地域密着型介護老人福祉施設入所者生活介護",
        "小規模特養",
        "home",
        1.3,
        (20, 29),
        "",
        "rural",
    ),
    Service("550", "介護医療院", "介護医療院", "home", 0.5, (20, 100)),
    Service(
        "710", "夜間対応型訪問介護", "夜間ヘルパー", "visit", 0.12, None, EVERY_DAY, "advanced"
    ),
    Service("720", "認知症対応型通所介護", "認知症デイ", "day", 1.5, (6, 12), SIX_DAYS),
    Service("730", "小規模多機能型居宅介護", "小規模多機能", "small", 2.7, (18, 29), EVERY_DAY),
    Service(
        "760",
        "定期巡回・随時対応型訪問介護看護",
        "定期巡回センター",
        "visit",
        0.75,
        None,
        EVERY_DAY,
        "advanced",
    ),
    Service(
        "770",
        "看護小規模多機能型居宅介護（複合型サービス）",
        "看護小規模多機能",
        "small",
        0.6,
        (18, 29),
        EVERY_DAY,
        "advanced",
    ),
    Service("780", "地域密着型通所介護", "小規模デイサービス", "day", 9.2, (10, 18), WEEKDAYS),
)

SHARED_SERVICES: tuple[SharedService, ...] = (
    SharedService("220", "短期入所療養介護（介護老人保健施設）", "520", 0.9),
    SharedService("230", "短期入所療養介護(療養病床を有する病院等）", "530", 0.8),
    SharedService("410", "特定福祉用具販売", "170", 0.85),
    SharedService("551", "短期入所療養介護（介護医療院）", "550", 0.2),
)

INSTITUTIONS: tuple[Institution, ...] = (
    Institution("1", "hospital", "病院", "01-1_hospital_facility_info", 4.0),
    Institution("2", "clinic", "クリニック", "02-1_clinic_facility_info", 46.0, "urban"),
    Institution("3", "dental_clinic", "歯科医院", "03-1_dental_facility_info", 30.0, "urban"),
    Institution("5", "pharmacy", "薬局", "05_pharmacy_facility_info", 28.0, "urban"),
)

# Density beside the mean by area kind; a hundredth of the advanced services reaches a village.
KIND_DENSITY: dict[str, dict[str, float]] = {
    "plain": {
        "metropolis": 1.05,
        "core_city": 1.05,
        "suburb": 0.9,
        "provincial_city": 1.05,
        "town": 0.95,
        "village": 0.7,
        "island": 0.65,
    },
    "urban": {
        "metropolis": 1.25,
        "core_city": 1.15,
        "suburb": 0.95,
        "provincial_city": 0.9,
        "town": 0.6,
        "village": 0.3,
        "island": 0.35,
    },
    "rural": {
        "metropolis": 0.8,
        "core_city": 0.95,
        "suburb": 0.9,
        "provincial_city": 1.2,
        "town": 1.35,
        "village": 1.1,
        "island": 1.0,
    },
    "advanced": {
        "metropolis": 1.5,
        "core_city": 1.3,
        "suburb": 0.9,
        "provincial_city": 0.7,
        "town": 0.25,
        "village": 0.01,
        "island": 0.01,
    },
}
