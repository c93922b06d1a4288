"""Forms and summaries as offices lay them out in Word, built as .docx; LibreOffice's .doc of each is kept.

``python -m tests.documents.word_papers`` has LibreOffice write ``libreoffice.zip`` anew: every paper as .doc,
and that .doc as the .docx LibreOffice itself reads it to be, a second opinion on what the .doc holds.
"""

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tasks.notice.load import campaign_ids, load_campaign
from tasks.roster.read import read_roster
from tasks.settings import SHIPPED, Home

KEPT = Path(__file__).with_name("libreoffice.zip")
Merge = tuple[int, int, int, int]
HEAD = ("单位", "清淤沟渠（公里）", "整修山塘（口）", "投工投劳（人次）", "投入资金（万元）")


class Paper:
    """One document under way; the text behind its last table is what Word, too, asks for."""

    def __init__(self, *lines: str) -> None:
        self.made = docx.Document()
        self.lines(*lines)

    def lines(self, *lines: str) -> "Paper":
        for line in lines:
            self.made.add_paragraph(line)
        return self

    def table(self, *rows: tuple[str | None, ...], merged: tuple[Merge, ...] = ()) -> "Paper":
        grid = self.made.add_table(len(rows), max(map(len, rows)))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                grid.cell(number, column).text = text or ""
        for top, left, bottom, right in merged:
            grid.cell(top, left).merge(grid.cell(bottom, right))
        return self

    def cell(self, row: int, column: int):
        return self.made.tables[-1].cell(row, column).paragraphs[0]

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.made.add_paragraph("")
        self.made.save(out)
        return out.getvalue()


def _merged() -> Paper:
    groups = ("单位", "完成情况", None, None, None)
    figures = (
        ("甲村", "6.5", "2", "１４０", "8"),
        ("乙村", "6", "4", "200", ""),
        ("合计", "12.5", "6", "340", "8"),
    )
    paper = Paper("溪南县2024年冬修水利统计表", "填报单位：竹岗镇")
    return paper.table(groups, (None, *HEAD[1:]), *figures, merged=((0, 1, 0, 4), (0, 0, 1, 0))).lines(
        "填表人：某"
    )


def _groups() -> Paper:
    rows = (
        ("组", "项目", "完成"),
        ("工程", "整修山塘（口）", "６"),
        (None, "清淤沟渠（公里）", "12.5"),
        ("人力", "", "340"),
    )
    return Paper("项目表").table(*rows, merged=((1, 0, 2, 0),))


def _two() -> Paper:
    return (
        Paper("甲表").table(HEAD, ("竹岗镇", "1", "2", "3", "4")).lines("乙表").table(("a", "b"), ("", "2"))
    )


def _summary() -> Paper:
    text = "全镇共清淤沟渠12.5公里，整修山塘6口。" + "干部群众积极性高，工程质量有保证。" * 6
    paper = Paper("竹岗镇冬修水利总结", text).table(("项目", "完成"), ("整修山塘（口）", "6"))
    return paper.lines("竹岗镇人民政府", "2024年12月3日")


def _lines_in_cells() -> Paper:
    paper = Paper("多行").table(("项目\n（全称）", "数量"), ("甲", "３０"), ("", ""))
    paper.cell(1, 0).add_run("\n乙")
    return paper


def _left_out() -> Paper:
    paper = Paper("划掉和隐藏").table(("a", "b", "c"), ("1", "2", "3"))
    paper.cell(1, 0).add_run("9").font.hidden = True
    paper.cell(1, 1).add_run("8").font.strike = True
    paper.cell(1, 2).add_run("7").font.double_strike = True
    return paper


def _field() -> Paper:
    paper = Paper("域").table(("a", "b"), ("1", "共"))
    parts = ("begin", " =SUM(ABOVE) ", "separate", "42", "end")
    for part in parts:
        inside = f'<w:fldChar w:fldCharType="{part}"/>' if part.isalpha() else f"<w:t>{part}</w:t>"
        inside = f"<w:instrText>{part}</w:instrText>" if "=" in part else inside
        paper.cell(1, 1)._p.append(parse_xml(f"<w:r {nsdecls('w')}>{inside}</w:r>"))
    return paper


def _hyphen() -> Paper:
    paper = Paper("连字符").table(("a", "b"), ("1", "3"))
    run = f"<w:r {nsdecls('w')}><w:noBreakHyphen/><w:t>5</w:t></w:r>"
    paper.cell(1, 1)._p.append(parse_xml(run))
    return paper


def _begins_right() -> Paper:
    paper = Paper("前空").table(("a", "b", "c"), ("4", "5", "6"))
    row = paper.made.tables[-1].rows[1]._tr
    row.remove(row.tc_lst[0])
    before = (
        f'<w:gridBefore {nsdecls("w")} w:val="1"/>',
        f'<w:wBefore {nsdecls("w")} w:w="2880" w:type="dxa"/>',
    )
    for each in before:
        row.get_or_add_trPr().append(parse_xml(each))
    return paper


def _headed() -> Paper:
    paper = Paper("正文").table(("a", "b"), ("1", "2"))
    paper.made.sections[0].header.paragraphs[0].text = "竹岗镇人民政府文件"
    paper.made.sections[0].footer.paragraphs[0].text = "页脚"
    return paper


def _block() -> Paper:
    rows = (tuple(f"{r}{c}" for c in range(5)) for r in range(5))
    return Paper("横竖").table(*rows, merged=((1, 1, 2, 3), (3, 0, 4, 1)))


def _wide() -> Paper:
    return Paper("宽表").table(tuple(f"列{n}" for n in range(30)), tuple(map(str, range(30))))


PAPERS: dict[str, Callable[[], Paper]] = {
    "merged": _merged, "groups": _groups, "two": _two, "summary": _summary, "lines": _lines_in_cells,
    "left-out": _left_out, "field": _field, "hyphen": _hyphen, "begins-right": _begins_right,
    "headed": _headed, "block": _block, "wide": _wide,
}  # fmt: skip


def campaign_forms() -> Iterator[tuple[str, bytes]]:
    """The form of each shipped campaign, filled in by a unit of its roster."""
    home = Home.at(SHIPPED)
    for name in campaign_ids(home):
        campaign = load_campaign(home, name)
        (form,) = (o for o in campaign.obligations if o.deliverable == "form")
        unit = next(iter(read_roster(home.config / campaign.roster))).name
        head = ("单位", *(f"{f.title}（{f.unit}）" for f in form.fields))
        figures = (unit, *(str(61 + n) for n in range(len(form.fields))))
        yield name, Paper(f"{form.title}", f"填报单位：{unit}").table(head, figures).saved()


def papers() -> dict[str, bytes]:
    """Every paper as .docx by its name."""
    return {name: build().saved() for name, build in PAPERS.items()} | dict(campaign_forms())


def kept(name: str) -> bytes:
    """What LibreOffice made of a paper: ``merged.doc``, and ``merged.docx`` of that."""
    with zipfile.ZipFile(KEPT) as archive:
        return archive.read(name)


def convert(folder: Path, ending: str, files: list[Path]) -> None:
    """Have LibreOffice write the files under another ending, into a folder of that name."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = ["--outdir", str(folder / ending)]
    command = ["soffice", "--headless", profile, "--convert-to", ending, *out, *map(str, files)]
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for paper, data in papers().items():
            (folder / f"{paper}.docx").write_bytes(data)
        convert(folder, "doc", sorted(folder.glob("*.docx")))
        convert(folder, "docx", sorted(folder.glob("doc/*.doc")))
        with zipfile.ZipFile(KEPT, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted((*folder.glob("doc/*.doc"), *folder.glob("docx/*.docx"))):
                archive.write(path, path.name)


if __name__ == "__main__":
    main()
