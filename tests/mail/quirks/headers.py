"""Quirks of headers and of the names of files."""

from urllib.parse import quote

from tests.mail.quirks.kit import CLERK, TOWN, file, head, mixed, part, quirk, story, word, words

S = "东山镇关于报送防汛演练总结的报告"
NAME = "东山镇防汛演练总结.txt"
GBK = S.encode("gb18030")
A = {"outcome": "submission", "units": (TOWN,)}


def named(parameters: bytes) -> bytes:
    return part(b"application/octet-stream" + parameters, story(), "Content-Disposition: attachment")


def disposed(value: bytes) -> bytes:
    return part("application/octet-stream", story(), b"Content-Disposition: attachment" + value)


@quirk("编码字带 RFC 2231 语言标记", "submission", subject=S, **A)
def language_tag():
    return mixed(file(NAME), top=head(word(S).replace(b"?B?", b"*zh-CN?B?", 1)))


@quirk("四字节汉字断在两个编码字之间", "submission", subject="东山镇𠮷㐀总结", **A)
def four_octets():
    data = "东山镇𠮷㐀总结".encode("gb18030")
    return mixed(file(NAME), top=head(word(data[:8], "gb18030") + b"\r\n " + word(data[8:], "gb18030")))


@quirk("三个编码字：base64 流被拦腰切断", "submission", subject=S, **A)
def base64_cut():
    whole = word(S)
    text = whole[10:-2]
    cut = b"\r\n\t".join(b"=?utf-8?B?" + text[n : n + 22] + b"?=" for n in range(0, len(text), 22))
    return mixed(file(NAME), top=head(cut))


@quirk("主题标 us-ascii，实为 GBK", "submission", subject=S, **A)
def ascii_label():
    return mixed(file(NAME), top=head(word(GBK, "us-ascii")))


@quirk("主题标 windows-1252，实为 UTF-8", "submission", subject=S, **A)
def western_label():
    return mixed(file(NAME), top=head(word(S.encode(), "windows-1252")))


@quirk("主题里夹着换行和假的头部", "submission", subject="总结 Bcc: x@evil.example", **A)
def injected():
    return mixed(file(NAME), top=head(word("总结\r\nBcc: x@evil.example")))


@quirk("主题里有翻转方向的字符", "submission", subject="总结cod.exe", **A)
def turned():
    return mixed(file(NAME), top=head("总结\u202ecod.exe"))


@quirk("没有主题", "submission", subject="", **A)
def no_subject():
    return mixed(file(NAME), top=head().replace(b"Subject: " + word("防汛演练总结") + b"\r\n", b""))


@quirk("两个主题", "submission", subject=S, **A)
def two_subjects():
    return mixed(file(NAME), top=head(S, "", b"Subject: second"))


@quirk("发件人：名字用逗号隔开，未加引号", "submission", sender=CLERK, **A)
def comma_in_name():
    return mixed(
        file(NAME), top=head(S, word("东山镇") + b", " + word("应急办") + b" <" + CLERK.encode() + b">")
    )


@quirk("发件人：地址（名字）的老写法", "submission", sender=CLERK, **A)
def old_style():
    return mixed(file(NAME), top=head(S, f"{CLERK} (".encode() + word("东山镇") + b")"))


@quirk("发件人：裸 GBK 名字，地址大写", "submission", sender=CLERK, **A)
def raw_name():
    return mixed(file(NAME), top=head(S, "东山镇".encode("gbk") + b" <A01@District.Example>"))


@quirk("发件人与 Sender、Reply-To 不同：认 From", "submission", sender=CLERK, **A)
def other_sender():
    top = head(S, "", "Sender: list@other.example", "Reply-To: x@other.example")
    return mixed(file(NAME), top=top)


@quirk("发件日期是 1970 年", "submission", **A)
def old_date():
    return mixed(file(NAME), top=head(S, date="Thu, 1 Jan 1970 08:00:00 +0800"))


@quirk("发件日期是 2099 年", "submission", **A)
def future_date():
    return mixed(file(NAME), top=head(S, date="Fri, 31 Dec 2099 23:59:59 +0800"))


@quirk("发件日期是中文", "submission", **A)
def chinese_date():
    return mixed(file(NAME), top=head(S, date="2023年6月1日 星期四 09:30"))


@quirk("没有日期，没有 Message-ID", "submission", **A)
def no_date():
    raw = mixed(file(NAME), top=head(S, date=None))
    return raw[: raw.index(b"Message-ID")] + raw[raw.index(b"MIME-Version") :]


@quirk("头部行只用 LF 换行", "submission", subject=S, files=(NAME,), **A)
def bare_lf():
    return mixed(words("请查收"), file(NAME), top=head(S)).replace(b"\r\n", b"\n")


@quirk("分界线带单引号和等号", "submission", files=(NAME,), **A)
def odd_boundary():
    return mixed(words("请查收"), file(NAME), mark="--'=_(x):1=")


@quirk("文件名：RFC 2231 带语言标记", "submission", files=(NAME,), **A)
def name_with_language():
    return mixed(disposed(f"; filename*=UTF-8'zh-CN'{quote(NAME)}".encode()))


@quirk("文件名：RFC 2231 分段，段号乱序", "submission", files=(NAME,), **A)
def pieces_out_of_order():
    text = quote(NAME)
    at = text.index("%", 40)
    return mixed(disposed(f"; filename*1*={text[at:]};\r\n filename*0*=utf-8''{text[:at]}".encode()))


@quirk("文件名：分段里混有不转义的一段", "submission", files=("东山镇 final.txt",), **A)
def mixed_pieces():
    return mixed(disposed(f"; filename*0*=utf-8''{quote('东山镇')}; filename*1=\" final.txt\"".encode()))


@quirk("文件名：filename 里直接写百分号编码", "submission", files=(NAME,), **A)
def percent_name():
    return mixed(disposed(f'; filename="{quote(NAME)}"'.encode()))


@quirk("文件名：HTML 字符实体", "submission", files=(NAME,), **A)
def entity_name():
    return mixed(disposed(b'; filename="' + "".join(f"&#{ord(c)};" for c in NAME[:-4]).encode() + b'.txt"'))


@quirk("文件名：只在 Content-Type 的 name 里，GBK 裸字节", "submission", files=(NAME,), **A)
def raw_gbk_name():
    return mixed(named(b'; name="' + NAME.encode("gbk") + b'"'))


@quirk("文件名：两个 filename 参数，第一个是问号", "submission", files=(NAME,), **A)
def question_marks():
    return mixed(
        part(
            b"application/octet-stream; name*=UTF-8''" + quote(NAME).encode(),
            story(),
            'Content-Disposition: attachment; filename="??????????.txt"',
        )
    )


@quirk("文件名：带路径和驱动器", "submission", files=(NAME,), **A)
def name_with_path():
    return mixed(file("C:\\Users\\办公室\\桌面\\" + NAME))


@quirk("文件名：三百个字", "submission", **A)
def long_name():
    return mixed(file("东山镇" + "总" * 300 + ".txt"))


@quirk("文件名：没有名字", "submission", **A)
def no_name():
    return mixed(disposed(b""))
