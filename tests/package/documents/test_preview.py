import pypdfium2
import pytest

from tasks.package.bagged.verify import verify
from tasks.package.build import build_package
from tasks.package.documents import preview
from tests.package import factory


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    dossier, store = factory.haikou()
    return build_package(dossier, store.read, tmp_path_factory.mktemp("packages"))


def stand_in(folder, script):
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(folder)


def test_without_libreoffice_its_absence_is_said_plainly(built, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "未安装 LibreOffice" in preview.pdf_preview(built.path)
    assert not (built.path.parent / preview.FOLDER).exists()


def test_a_converter_that_fails_spoils_nothing(built, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", stand_in(tmp_path, "exit 77"))
    assert preview.pdf_preview(built.path) == preview.FAILED
    assert verify(built.path) == []


def test_every_document_gets_a_pdf_beside_the_package_or_the_reader_is_told_there_is_none(built):
    said = preview.pdf_preview(built.path)
    folder = built.path.parent / preview.FOLDER / built.name
    assert verify(built.path) == []
    if said == preview.ABSENT:
        assert not folder.exists()
        return
    names = ["呈报函.pdf", "总结报告.pdf", "汇总表.pdf", "缺报说明.pdf"]
    assert sorted(p.name for p in folder.iterdir()) == sorted(names)
    text = pypdfium2.PdfDocument(folder / "总结报告.pdf")[0].get_textpage().get_text_range()
    assert "海口市民政局" in text
