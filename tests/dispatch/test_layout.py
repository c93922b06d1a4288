from dataclasses import replace

import pytest
from docx import Document

from tasks.dispatch.layout import lay_out
from tasks.package.build import build_package
from tasks.package.dossier import Earlier
from tests.package import factory


@pytest.fixture(scope="module")
def haikou(tmp_path_factory):
    dossier, store = factory.haikou()
    return dossier, build_package(dossier, store.read, tmp_path_factory.mktemp("packages"))


def test_body_attachments_and_the_fields_to_paste_lie_ready_in_order(haikou, tmp_path):
    dossier, package = haikou
    folder = lay_out(package, dossier.campaign, tmp_path)
    assert folder == tmp_path / "公文系统上传" / package.name
    assert sorted(p.name for p in folder.iterdir()) == sorted([
        "正文_关于海口市2023年社会工作主题宣传活动情况的报告.docx",
        "附件2_汇总表.xlsx", "附件3_缺报说明.docx",
        f"附件4_{package.name}.zip", "填报要素.txt", "发文登记.csv",
    ])  # fmt: skip
    assert (folder / f"附件4_{package.name}.zip").read_bytes() == package.zip_path.read_bytes()


def test_the_files_carry_the_numbers_the_report_gives_its_annexes(haikou, tmp_path):
    dossier, package = haikou
    folder = lay_out(package, dossier.campaign, tmp_path)
    body = next(folder.glob("正文_*.docx"))
    text = [p.text.strip() for p in Document(str(body)).paragraphs]
    assert "附件：1. 各单位报送情况表" in text  # it stands in the report itself
    for number, name in ((2, "汇总表"), (3, "缺报说明")):
        assert any(line.startswith(f"{number}. {name}") for line in text)
        assert list(folder.glob(f"附件{number}_{name}.*"))


def test_a_supplement_is_filed_under_the_title_its_report_bears(tmp_path):
    dossier, store = factory.haikou(number=2)
    package = build_package(replace(dossier, earlier=Earlier(1, {})), store.read, tmp_path / "packages")
    folder = lay_out(package, dossier.campaign, tmp_path)
    body = next(folder.glob("正文_*.docx"))
    title = "".join(p.text for p in Document(str(body)).paragraphs[:1]).replace("\n", "")
    elements = (folder / "填报要素.txt").read_text("utf-8-sig")
    assert title == "海口市民政局关于补报海口市2023年社会工作主题宣传活动情况的报告"
    assert f"标题：{title}\r\n" in elements.replace("\n", "\r\n").replace("\r\r", "\r")


def test_what_only_the_office_knows_is_marked_and_not_made_up(haikou, tmp_path):
    dossier, package = haikou
    text = (lay_out(package, dossier.campaign, tmp_path) / "填报要素.txt").read_text("utf-8-sig")
    for line in (
        "主送单位：海南省民政厅",
        "发文字号：待编",
        "联系电话：待填",
        "承办科室：待填",
        "成文日期：2023年4月12日",
    ):
        assert line in text
    assert "unknown" not in text
    assert package.digest in text


def test_a_layout_a_clerk_has_worked_on_is_left_alone(haikou, tmp_path):
    dossier, package = haikou
    elements = lay_out(package, dossier.campaign, tmp_path) / "填报要素.txt"
    elements.write_text("发文字号：海民报〔2023〕1号")
    lay_out(package, dossier.campaign, tmp_path)
    assert elements.read_text() == "发文字号：海民报〔2023〕1号"


def test_a_layout_broken_off_is_made_anew(haikou, tmp_path):
    dossier, package = haikou
    half = tmp_path / "公文系统上传" / f".building-{package.name}"
    half.mkdir(parents=True)
    (half / "正文.docx").write_text("半")
    folder = lay_out(package, dossier.campaign, tmp_path)
    assert not half.exists()
    assert len(list(folder.iterdir())) == 6


def test_the_register_opens_in_a_spreadsheet_with_one_row(haikou, tmp_path):
    dossier, package = haikou
    data = (lay_out(package, dossier.campaign, tmp_path) / "发文登记.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert len(data.decode("utf-8-sig").splitlines()) == 2
