"""By which ways a report may be handed in: what is forbidden, refused or only for questions is none."""

import pytest

from tests.notice.draft.texts import read

HEAD = "清河县水务局\n关于报送水利工作总结的通知\n各乡镇水务站：\n请于3月15日前将工作总结报县水务局。\n"
FOOT = "\n联系人：顾一苇，电话：5550001\n清河县水务局\n2024年3月5日"


def ways(line: str) -> list[tuple[str, str | None]]:
    return [(each["type"], each["address"]) for each in read(HEAD + line + FOOT)["channels"]]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("电子版发至 shuiwu @ qinghe.example。", [("email", "shuiwu@qinghe.example")]),
        ("电 子 版 同 时 发 至 shuiwu @ qinghe-sw . example 。", [("email", "shuiwu@qinghe-sw.example")]),
        ("电子版发至shuiwu＠qinghe．example。", [("email", "shuiwu@qinghe.example")]),
        ("登录“联网直报”平台填报。", [("website", "联网直报")]),
        ("材料签字盖章后交县水务局水资源股（312室）。", [("paper", "县水务局水资源股（312室）")]),
        ("材料发群里，不要发图片。", [("chat_group", None)]),
        ("请在工作群里接龙报送。", [("chat_group", None)]),
        ("填好后发到群内。", [("chat_group", None)]),
        ("材料通过浙政钉发送至水利股。", [("chat_group", None)]),
        ("材料通过政务内网邮箱报送，邮箱：shuiwu@qinghe.example。", [("email", "shuiwu@qinghe.example")]),
        ("材料通过党政内网“公文传输”发县水务局办公室。", [("document_exchange", None)]),
        ("材料通过税务综合办公系统（OA）发送至县局办公室，无需报送纸质材料。", [("document_exchange", None)]),
        ("材料通过县政府协同办公平台“信息报送”栏目报送，不接受邮件、传真。", [("document_exchange", None)]),
        ("材料均加盖公章，一式两份，报送我局。", [("paper", None)]),
        ("材料签字盖章后交至县水务局205室。", [("paper", "县水务局205室")]),
        (
            "通过电子邮件报送，不得以个人邮箱发送。邮箱：shuiwu@qinghe.example。",
            [("email", "shuiwu@qinghe.example")],
        ),
    ],
)
def test_a_way_in_is_found(line, wanted):
    assert ways(line) == wanted


@pytest.mark.parametrize(
    "line",
    [
        "严禁将登记表拍照上传至微信群。",
        "不得通过微信、QQ等方式传输涉密材料。",
        "不再寄送纸质件。",
        "无需另行报送纸质材料。",
        "不接收传真件。",
        "有疑问请加入QQ群咨询。",
        "业务交流QQ群：123456789（仅供咨询）。",
        "各单位微信公众号要同步推送。",
    ],
)
def test_what_is_forbidden_or_for_questions_is_no_way_in(line):
    assert ways(line) == []
