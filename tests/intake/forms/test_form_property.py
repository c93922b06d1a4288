"""Forms with random layouts come back exactly, or as null with a finding: never as a wrong number."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.intake.forms.form import read_form
from tasks.terms.readings import Content, Sheet
from tests.intake.factory import CAMPAIGN, ROSTER

DIGITS = "〇一二三四五六七八九"
HEADERS = {
    "activities": [
        "社区活动",
        "社区活动（场）",
        "活动场次",
        "*社区活动\n（场）",
        "开展活动场数",
        "社区活动完成数",
        "活动（场）",
    ],
    "visits": [
        "走访家庭",
        "走访户数",
        "走访家庭（户）",
        "家庭走访",
        "入户走访（户）",
        "走访慰问户数",
        "实际走访家庭",
    ],
}
NOISE = [
    "走访户次", "活动人次", "社区活动计划数", "走访家庭任务", "完成率", "上年社区活动", "其中：走访家庭",
    "备注", "活动时间", "志愿者",
    "2022年走访户数", "走访人数", "服务人次", "负责人",
]  # fmt: skip
UNITS = {"activities": "场", "visits": "户"}


def chinese(number: int) -> str:
    if number < 10:
        return DIGITS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def styles(number: int, unit: str) -> list:
    plain = [
        number,
        float(number),
        str(number),
        f"{number}{unit}",
        f" {number} ",
        f"{number:,}",
        f"共{number}{unit}",
    ]
    wide = "".join(chr(ord(c) + 0xFEE0) for c in str(number))
    return [*plain, wide, chinese(number), chinese(number) + unit] if number < 100 else [*plain, wide]


def spoilt(number: int) -> list:
    return [
        f"约{number}",
        f"{number}余",
        f"{number}-{number + 2}",
        "若干",
        f"{number}±1",
        f"{number}²",
        f"{number}?",
        -number - 1,
    ]


@st.composite
def forms(draw):
    """(content, truth by field or None where the cell is spoilt)."""
    towns = ["三泉镇社会工作站", "三泉镇观音村社会工作室", "窑湾村"]
    units = draw(st.lists(st.sampled_from(towns), min_size=1, max_size=3, unique=True))
    columns = [
        "name",
        "activities",
        "visits",
        *draw(st.lists(st.sampled_from(NOISE), max_size=4, unique=True)),
    ]
    columns = draw(st.permutations(columns))
    header = [
        draw(st.sampled_from(HEADERS[c])) if c in HEADERS else "单位名称" if c == "name" else c
        for c in columns
    ]
    truth: dict[str, int | None] = dict.fromkeys(HEADERS, 0)
    body = []
    for unit in units:
        row = []
        for column in columns:
            if column == "name":
                row.append(unit)
            elif column in HEADERS:
                number = draw(st.integers(0, 480))
                bad = draw(st.integers(0, 9)) == 0
                row.append(draw(st.sampled_from(spoilt(number) if bad else styles(number, UNITS[column]))))
                truth[column] = None if bad or truth[column] is None else truth[column] + number
            else:
                row.append(draw(st.sampled_from([None, 7, "12", "其他"])))
        body.append(row)
    if draw(st.booleans()) and None not in truth.values():
        total = ["合计" if c == "name" else truth.get(c) for c in columns]
        body.insert(0 if draw(st.booleans()) else len(body), total)
    offset = [None] * draw(st.integers(0, 2))
    head = draw(st.sampled_from([[], [["“千场活动、万家走访”统计表"]], [["填报单位：三泉镇"], []]]))
    rows = [(*offset, *r) for r in (*head, header, *body)]
    return Content("xlsx", (Sheet("统计表", tuple(rows)),)), truth


@settings(max_examples=400, deadline=None)
@given(forms())
def test_a_form_in_any_layout_is_read_exactly_or_left_open(case):
    content, truth = case
    reading = read_form(content, CAMPAIGN, ROSTER, filename="三泉镇.xlsx")
    for field, value in truth.items():
        got = (reading.values or {}).get(field)
        if value is None:
            assert got is None
            assert reading.findings
        else:
            assert got == value or (got is None and reading.findings)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(), st.integers(-5, 500), st.floats(allow_nan=True), st.text(max_size=6),
                st.sampled_from([*NOISE, *HEADERS["activities"], *HEADERS["visits"], "合计", "三泉镇",
                "填报单位：", "零报告", "示例"]),
            ),
            max_size=6,
        ),
        max_size=8,
    )
)  # fmt: skip
def test_no_sheet_whatever_it_holds_breaks_the_reading(rows):
    reading = read_form(Content("xlsx", (Sheet("表", tuple(map(tuple, rows))),)), CAMPAIGN, ROSTER)
    known = {v for row in rows for v in row if isinstance(v, (int, float))}
    if reading.rows and all(isinstance(c, (int, float, type(None))) for row in rows for c in row):
        assert all(v in known for v in (reading.values or {}).values() if v is not None)
