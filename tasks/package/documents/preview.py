"""PDF previews of a package's documents, where LibreOffice is installed; never part of the package.

Two machines make different PDFs of one document, so a preview lies beside the package and is made anew.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

FOLDER = "PDF预览"
ABSENT = "本机未安装 LibreOffice，没有生成 PDF 预览；总结报告等文书请用 Word 或 WPS 打开查看"
FAILED = "PDF 预览未能生成；不影响汇总件，文书请用 Word 或 WPS 打开查看"
_SECONDS = 120


def pdf_preview(package: Path) -> str:
    """Make ``PDF预览/<package>/*.pdf`` beside the package's folder; one Chinese line of what came of it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return ABSENT
    target = package.parent / FOLDER / package.name
    with tempfile.TemporaryDirectory(prefix="baosong-pdf-") as folder:
        made = _convert(program, package, Path(folder))
        if not made:
            return FAILED
        target.mkdir(parents=True, exist_ok=True)
        for path in made:
            shutil.move(path, target / path.name)
    return f"PDF 预览（字体以本机所装为准）：{FOLDER}/{package.name}"


def _convert(program: str, package: Path, folder: Path) -> list[Path]:
    sources = [_left_aligned(p, folder / p.name) for p in sorted((package / "data").glob("*.docx"))]
    sources += sorted((package / "data").glob("*.xlsx"))
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "pdf", "--outdir", str(folder / "pdf"), *map(str, sources)]
    environment = {**os.environ, "HOME": str(folder)}
    try:
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, env=environment)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return []
    made = sorted((folder / "pdf").glob("*.pdf"))
    return made if len(made) == len(sources) else []


def _left_aligned(source: Path, target: Path) -> Path:
    """A copy for printing here: LibreOffice drops punctuation at the end of a justified line."""
    document = Document(str(source))
    for style in document.styles:
        layout = getattr(style, "paragraph_format", None)
        if layout is not None and layout.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY:
            layout.alignment = WD_ALIGN_PARAGRAPH.LEFT
    document.save(str(target))
    return target
