import pytest

from tasks.package.documents import preview


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch):
    """PDF previews have tests of their own; LibreOffice takes seconds for each package."""
    monkeypatch.setattr("tasks.package.make.pdf_preview", lambda _: preview.ABSENT)
