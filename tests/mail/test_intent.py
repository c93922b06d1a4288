"""Mails without a file: what their writers want of us."""

from time import process_time

import pytest

from tasks.mail import intent
from tasks.mail.parse import parse_mail
from tests.mail.letters import html, mail, part, plain, text
from tests.mail.test_classify import headed, kind

QUOTE = (
    '\n\n------------------ 原始邮件 ------------------\n发件人: "局" <b@x.example>\n'
    "请于4月4日前报送，每镇不少于3场、30户。"
)


@pytest.mark.parametrize(
    "words",
    [
        "王科长：表里“走访家庭”是按户还是按人次填？",
        "请问今年总结还要不要盖章扫描件",
        "老师您好，想咨询一下报送邮箱有没有变",
        "贵局通知里的附件2打不开，能否重新发一份？",
        "统计表第5列怎么填",
        "请问附件里的统计表需要各村分开填吗？",
    ],
)
def test_a_question_is_for_a_person_to_answer(words):
    assert kind(plain(words, headed(subject="咨询"))) == "needs_person"
    assert kind(plain(words + QUOTE, headed(subject="回复: 通知"))) == "reply"


@pytest.mark.parametrize(
    "words",
    [
        "因镇上换届，材料还没收齐，申请延期到4月7日报送，妥否，请批示。",
        "我单位经办人住院，恳请宽限三天。",
        "负责同志外出培训，能否推迟到下周一再报？",
        "特此申请免报，请批准。",
        "我社区本月没有开展活动，" + "由于人员变动，台账交接尚未完成，" * 8 + "现申请延期报送，请予批准。",
    ],
)
def test_a_request_for_time_is_for_a_person_to_answer(words):
    assert kind(plain(words, headed(subject="报送事宜"))) == "needs_person"


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("撤回: 南城街道活动总结", ""),
        ("召回：活动总结", "发件人想要撤回邮件“活动总结”。"),
        ("Recall: summary", "The sender would like to recall the message, 'summary'."),
        ("活动总结", "昨天发的那份表有误，请撤回我镇的邮件，稍后重报。"),
        ("活动总结", "上一封作废。"),
    ],
)
def test_who_takes_a_mail_back_is_told_to_a_person(subject, words):
    found = parse_mail(plain(words, headed(subject=subject)))
    assert found.kind == "needs_person"
    assert "不会因此作废" in found.reasons[0]


@pytest.mark.parametrize(
    "words",
    [
        "我镇共举办活动15场，走访216户，服务980人次。",
        "本月开展宣讲八场次、入户四十二户，无附件。",
        "活动情况：宣传活动3场，志愿者26人，发放资料500份。",
    ],
)
def test_figures_in_the_text_are_a_report_in_the_text(words):
    assert kind(plain(words)) == "body_only"
    assert kind(plain(words + QUOTE, headed(subject="回复：催报"))) == "body_only"


def test_figures_listed_by_their_labels_are_a_report_in_the_text():
    words = "石溪镇统计如下\n社区活动：12\n走访家庭： 130\n服务人次：1,900"
    assert kind(plain(words, headed(subject="统计表"))) == "body_only"
    signed = "统计表\n--\n石溪镇民政办\n电话：71420000\n邮编：408400\n传真：7142\n房间：301"
    assert kind(plain(signed, headed(subject="统计表"))) == "incomplete"


@pytest.mark.parametrize(
    "words", ["收到，我镇4月3日前报。", "好的，明天报", "谢谢，已转各村办理", "收到，本人负责此项工作"]
)
def test_an_answer_without_figures_of_its_own_is_a_reply(words):
    assert kind(plain(words + QUOTE, headed(subject="回复：催报"))) == "reply"


def test_a_table_of_figures_in_the_text_is_a_report_in_the_text():
    head = "<p>我镇情况：</p><table><tr><td>活动（场）</td><td>走访（户）</td></tr>"
    page = head + "<tr><td>5</td><td>42</td></tr></table>"
    assert kind(mail(html(page))) == "body_only"
    assert "5\t42" in parse_mail(mail(html(page))).text


@pytest.mark.parametrize(
    "words", ["请查收。\n\n--\n石溪镇民政办\n张三 13000000000", "现将我镇总结报上。", "李四\n社会事务办"]
)
def test_who_forgot_the_file_is_told_so(words):
    assert kind(plain(words, headed(subject="石溪镇宣传周活动总结"))) == "incomplete"


def test_a_signature_and_its_picture_are_no_report():
    logo = part(
        b'Content-Type: image/png; name="logo.png"\r\nContent-ID: <l@x>\r\nContent-Disposition: inline',
        b"\x89PNG\r\n\x1a\n" + b"0" * 300,
    )
    raw = mail(
        html('<div>&nbsp;</div><img src="cid:l@x">\n社会事务办 李四'), logo,
        head=headed(subject="活动总结"), kind=b"related",
    )  # fmt: skip
    found = parse_mail(raw)
    assert (found.kind, [f.filename for f in found.inline_images]) == ("incomplete", ["logo.png"])


def test_words_that_are_neither_report_nor_question_are_for_a_person():
    assert kind(plain("新年快乐，工作顺利", headed(subject="祝福"))) == "needs_person"


@pytest.mark.parametrize(
    "words",
    [
        "总结放在百度网盘了，链接: pan.baidu.com/s/1AbCdEf 提取码: 8k2m",
        "文件较大，天翼云盘：https://cloud.189.cn/t/abc（访问码：x7q2）",
        "通过腾讯微云分享：https://share.weiyun.com/AbCd",
        "表在金山文档：https://www.kdocs.cn/l/cabc",
        "我用QQ邮箱发来的文件中转站文件：https://u.example/d/1",
        "夸克网盘分享「总结」，链接：https://pan.quark.cn/s/12ab",
        "链接见下，提取码：a1b2",
        "在线文档 https://docs.x.example/sheet/1 请看",
        "我已共享文件：https://1drv.ms/x/s!AbCd",
        "见 https://town-my.sharepoint.cn/:x:/g/personal/a",
        "微盘文件 https://drive.weixin.qq.com/s?k=AAAA",
        "http://mail.10086.cn/largeattachment/download?id=99",
    ],
)
def test_what_is_only_linked_to_is_a_link(words):
    assert kind(plain(words, headed(subject="活动总结"))) == "large_attachment_link"
    assert kind(plain(words + QUOTE, headed(subject="回复：催报"))) == "large_attachment_link"


def test_a_place_that_only_sounds_like_a_net_disk_is_no_link():
    assert kind(plain("我镇活动12场，走访40户，照片存在单位云盘备查。")) == "body_only"
    assert kind(plain("活动12场、走访40户。详见 https://mypan.baidu.com.evil.example/s/1")) == "body_only"


@pytest.mark.parametrize(
    ("text_", "count"),
    [
        ("4月7日前", 0), ("第七届", 0), ("电话 13012345678", 0), ("12场、30户", 2), ("三百余户", 1),
        ("本人负责", 0), ("工作人员2人", 1), ("2023年", 0), ("第3次会议", 1),
    ],
)  # fmt: skip
def test_counts_with_their_units_are_figures(text_, count):
    assert intent.figures(text_) == count


PAGES = (
    "<html><body><form action='https://x.example/l'><input type=password></form></body></html>",
    "<script>document.write(atob('PGZvcm0+'))</script>",
    '<meta http-equiv="refresh" content="0;url=https://x.example">',
    '<!DOCTYPE html><html><input type="password" name=p></html>',
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", [b"a.html", b"a.docx", b"notice.SHTML"])
def test_a_page_that_asks_for_a_password_or_unfolds_itself_is_suspicious(page, name):
    trap = part(
        b"Content-Type: text/html; name=" + name + b"\r\nContent-Disposition: attachment", page.encode()
    )
    found = parse_mail(mail(text("见附件"), trap))
    assert found.kind == "suspicious"
    assert name.decode() in found.reasons[0]


def test_a_table_saved_as_a_page_is_no_trap():
    page = "<html><body><table><tr><td>活动</td><td>12</td></tr></table></body></html>"
    saved = part(b"Content-Type: text/html; name=a.htm\r\nContent-Disposition: attachment", page.encode())
    assert parse_mail(mail(text("见附件"), saved)).kind == "submission"


def test_a_form_for_a_password_in_the_mail_itself_is_suspicious():
    assert kind(mail(html("<p>邮箱升级</p><form><input type='password'></form>"))) == "suspicious"
    assert kind(mail(html("<style>input[type=password]{}</style><p>活动12场，走访40户</p>"))) == "body_only"


@pytest.mark.parametrize(
    "words",
    [
        "白庙镇今年共检查场所41处，发现隐患31条，整改31条。\n安管办 赵某 电话000-1190041 QQ 900041",
        "我镇秋防工作已结束，猪免疫6420头，羊免疫871只，家禽免疫75600羽。统计表稍后由分管同志签字后再报。",
        "截至今日春播1.32万亩，其中玉米4200亩。",
        "本月接种流感疫苗320支，新冠疫苗15剂，异常反应0例。",
        "10月完成产值1530万元，从业45人。",
    ],
)
def test_figures_of_any_office_in_the_body_are_a_report_without_a_form(words):
    assert kind(plain(words, headed(subject="数据上报"))) == "body_only"


@pytest.mark.parametrize(
    "words",
    [
        "王科长，表在做了，周三前发您。电话000-1190041，QQ 900041",
        "收到，我镇12个村正在统计，3天后报。",
        "2026年11月20日的会我们2位同志参加。",
        "请问12个村是都要报，还是只报3个？",
    ],
)
def test_dates_telephones_and_talk_are_no_figures_of_a_report(words):
    assert kind(plain(words, headed(subject="关于统计"))) != "body_only"


def test_a_table_in_the_body_is_a_report_whatever_it_counts():
    rows = (
        ("填报单位", "生猪免疫（头）", "牛免疫（头）", "家禽免疫（羽）"),
        ("大圩镇", "9120", "415", "120300"),
    )
    table = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    said = mail(html(f"<p>县局：我镇情况如下。</p><table>{table}</table>"))
    assert kind(said) == "body_only"


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("测试邮件，请忽略", ""),
        ("测试", "看看能不能收到"),
        ("【测试】", "附件随便填的"),
        ("东山镇", "测试一下邮箱能否收发，请忽略，数据是随便填的。"),
    ],
)
def test_a_mail_that_only_tries_the_line_is_for_a_person_whatever_hangs_on_it(subject, words):
    assert intent.only_tests(subject, words)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("测试工作总结", "现将总结报上，请查收。"),
        ("核酸检测试点情况", "请忽略前一封"),
        ("东山镇总结", "开展心理测试3场，请查收"),
        ("总结", "请忽略前一封，以此为准"),
    ],
)
def test_tests_a_report_speaks_of_are_no_test_of_the_line(subject, words):
    assert not intent.only_tests(subject, words)


@pytest.mark.parametrize("unit", ["\t", " ", "\n", "1\t", "社区活动：1\n", "是"])
def test_no_text_makes_it_run_wild(unit):
    begun = process_time()
    intent.reports(unit * 100_000)
    intent.asks(unit * 100_000)
    assert process_time() - begun < 2
