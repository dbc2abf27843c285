"""Names of areas in one form, so that spellings of the same place meet."""

from __future__ import annotations

import re
import unicodedata

PREFECTURES = (
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県",
    "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県",
    "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府",
    "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県",
    "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県",
    "鹿児島県", "沖縄県",
)  # fmt: skip
PREFECTURE_KANA = (
    "ほっかいどう", "あおもりけん", "いわてけん", "みやぎけん", "あきたけん", "やまがたけん",
    "ふくしまけん", "いばらきけん", "とちぎけん", "ぐんまけん", "さいたまけん", "ちばけん",
    "とうきょうと", "かながわけん", "にいがたけん", "とやまけん", "いしかわけん", "ふくいけん",
    "やまなしけん", "ながのけん", "ぎふけん", "しずおかけん", "あいちけん", "みえけん",
    "しがけん", "きょうとふ", "おおさかふ", "ひょうごけん", "ならけん", "わかやまけん",
    "とっとりけん", "しまねけん", "おかやまけん", "ひろしまけん", "やまぐちけん", "とくしまけん",
    "かがわけん", "えひめけん", "こうちけん", "ふくおかけん", "さがけん", "ながさきけん",
    "くまもとけん", "おおいたけん", "みやざきけん", "かごしまけん", "おきなわけん",
)  # fmt: skip

_VARIANTS = str.maketrans(
    {
        "ヶ": "ケ", "ヵ": "カ", "ｹ": "ケ", "が": "ケ", "ガ": "ケ", "ッ": "ツ", "っ": "つ",
        "龍": "竜", "竈": "釜", "竃": "釜", "齋": "斎", "斉": "斎", "齊": "斎", "﨑": "崎",
        "嵜": "崎", "澤": "沢", "濱": "浜", "濵": "浜", "嶋": "島", "嶌": "島", "檜": "桧",
        "曾": "曽", "藪": "薮", "鰺": "鯵", "諫": "諌", "髙": "高", "德": "徳", "祇": "祗",
        "邊": "辺", "邉": "辺", "惠": "恵", "廣": "広", "國": "国", "與": "与", "條": "条",
        "瀨": "瀬", "黑": "黒", "靜": "静", "榮": "栄", "繩": "縄", "礪": "砺",
        "之": "ノ", "の": "ノ", "驒": "騨", "驛": "駅", "籠": "篭",
        "渕": "淵", "渊": "淵", "莊": "荘", "庄": "荘", "舘": "館", "峯": "峰", "鷗": "鴎",
        "梼": "檮", "麴": "麹", "糀": "麹", "蘂": "蕊", "蘒": "萩",
    }
)  # fmt: skip
_DISTRICT = re.compile(r"(?P<district>[^郡]{1,5}郡)(?P<own>.{1,7}[町村])")


def fold_name(name: str) -> str:
    """Return a name for matching: width, spaces and variant characters made alike."""
    text = unicodedata.normalize("NFKC", name)
    return re.sub(r"\s", "", text).translate(_VARIANTS)


def is_name(printed: str, own: str) -> bool:
    """Tell whether a printed name is the area's, also without 市 or 圏域 and the like."""
    short, full = fold_name(printed), fold_name(own)
    return bool(short) and (full.endswith(short) or full.startswith(short) or short.endswith(full))


def split_district(name: str) -> tuple[str, str]:
    """Return district and own name; the district is blank where none is written."""
    found = _DISTRICT.fullmatch(name)
    return (found["district"], found["own"]) if found else ("", name)


def prefecture_name(code: str) -> str | None:
    """Return the name of one of the 47 prefectures by its two-digit code."""
    number = int(code)
    return PREFECTURES[number - 1] if 1 <= number <= len(PREFECTURES) else None


def prefecture_kana(code: str) -> str | None:
    """Return the reading of one of the 47 prefectures."""
    number = int(code)
    return PREFECTURE_KANA[number - 1] if 1 <= number <= len(PREFECTURE_KANA) else None
