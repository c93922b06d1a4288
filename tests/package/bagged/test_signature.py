import subprocess

import pytest

from flows.__main__ import main
from tasks.dispatch.layout import lay_out
from tasks.package.bagged.signature import beside, check, sign
from tasks.package.bagged.verify import verify
from tasks.package.build import build_package
from tasks.terms.errors import NeedsPerson
from tests.dispatch.bureau import bureau
from tests.package import factory

WHO = "签名测试 <sign@office.example>"


@pytest.fixture(scope="module")
def keyring(tmp_path_factory):
    """A keyring of the office with one key that asks for no password."""
    folder = tmp_path_factory.mktemp("k")
    folder.chmod(0o700)
    command = ["gpg", "--homedir", str(folder), "--batch", "--passphrase", "", "--quick-gen-key", WHO]
    subprocess.run([*command, "ed25519", "sign", "never"], check=True, capture_output=True)
    yield folder
    subprocess.run(["gpgconf", "--homedir", str(folder), "--kill", "all"], check=False)


@pytest.fixture
def office(keyring, monkeypatch):
    monkeypatch.setenv("GNUPGHOME", str(keyring))
    return "sign@office.example"


@pytest.fixture
def stranger(monkeypatch, tmp_path):
    """Another machine, without the key."""

    def go():
        empty = tmp_path / "empty"
        empty.mkdir(mode=0o700)
        monkeypatch.setenv("GNUPGHOME", str(empty))

    return go


@pytest.fixture
def built(tmp_path):
    dossier, store = factory.haikou()
    return build_package(dossier, store.read, tmp_path / "packages")


def test_a_signed_package_is_checked_as_folder_and_as_zip_and_its_bytes_are_untouched(built, office):
    before = built.zip_path.read_bytes()
    path = sign(built.path, office)
    assert path == beside(built.path) == beside(built.zip_path)
    for package in (built.path, built.zip_path):
        found = check(package)
        assert found.outcome == "good"
        assert "签名测试" in found.line
        assert verify(package) == []
    assert built.zip_path.read_bytes() == before
    first = path.read_bytes()
    assert sign(built.path, office).read_bytes() == first


def test_a_manifest_changed_after_signing_does_not_pass(built, office, capsys):
    sign(built.path, office)
    manifest = built.path / "manifest-sha256.txt"
    manifest.write_bytes(manifest.read_bytes() + b"0" * 64 + b"  data/x\n")
    assert check(built.path).outcome == "bad"
    assert main(["verify", str(built.path)]) == 1
    assert "签名与清单不符" in capsys.readouterr().out


def test_without_the_key_the_check_says_so_and_a_person_looks(built, office, stranger, capsys):
    sign(built.path, office)
    stranger()
    assert main(["verify", str(built.zip_path)]) == 3
    assert "没有公钥" in capsys.readouterr().out


def test_a_package_without_signature_needs_none(built):
    assert check(built.path) is None


def test_rubbish_beside_a_package_is_no_signature(built, office):
    beside(built.path).write_text("不是签名")
    assert check(built.path).outcome == "bad"


def test_a_key_that_is_not_there_holds_the_package_back_with_the_reason(tmp_path, office):
    made = bureau(tmp_path)
    with (made.home.config / "office.yaml").open("a") as file:
        file.write("sign_key: nobody@office.example\n")
    made.report("A01", "2023-06-01T09:00")
    told = made.compile()
    assert told["sent"] == []
    assert "签名未成" in told["why"]["1"]
    assert made.letters("dispatch") == []


def test_the_signature_goes_with_the_package_by_mail_and_into_the_layout(tmp_path, office):
    made = bureau(tmp_path)
    with (made.home.config / "office.yaml").open("a") as file:
        file.write(f"sign_key: {office}\n")
    made.report("A01", "2023-06-01T09:00")
    assert made.compile()["sent"] == [1]
    (letter,) = made.letters("dispatch")
    names = [part.get_filename() for part in letter.iter_attachments()]
    assert names == ["drill-第01号.zip", "drill-第01号.签名.asc"]
    dossier, store = factory.haikou()
    package = build_package(dossier, store.read, tmp_path / "exchange")
    sign(package.path, office)
    folder = lay_out(package, dossier.campaign, tmp_path / "exchange")
    assert (folder / f"{package.name}.签名.asc").read_bytes() == beside(package.path).read_bytes()


def test_without_gpg_nothing_is_signed_and_a_signature_is_not_called_bad(built, office, monkeypatch):
    sign(built.path, office)
    monkeypatch.setattr("tasks.package.bagged.signature.shutil.which", lambda _: None)
    assert check(built.path).outcome == "unknown"
    beside(built.path).unlink()
    with pytest.raises(NeedsPerson, match="没有安装 gpg"):
        sign(built.path, office)
