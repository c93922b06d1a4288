import hashlib

from hypothesis import given
from hypothesis import strategies as st

from tasks.package.bagged import bag


def test_the_tag_files_are_those_of_the_standard():
    entries = [bag.Entry("data/乙.txt", "b" * 64, 5), bag.Entry("data/甲.txt", "a" * 64, 7)]
    tags = bag.tag_files(entries, {"Bagging-Date": "2023-04-06"})
    assert tags["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert tags["bag-info.txt"] == b"Bagging-Date: 2023-04-06\nPayload-Oxum: 12.2\n"
    assert tags["manifest-sha256.txt"].decode() == f"{'b' * 64}  data/乙.txt\n{'a' * 64}  data/甲.txt\n"
    listed, faults = bag.read_manifest(tags["tagmanifest-sha256.txt"].decode())
    assert not faults
    assert listed == {
        name: hashlib.sha256(tags[name]).hexdigest()
        for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
    }


@given(st.dictionaries(st.text(min_size=1).filter(str.strip), st.just("c" * 64), max_size=5))
def test_any_path_comes_back_from_a_manifest_as_it_went_in(paths):
    # A manifest's line cannot begin its path with a blank; no path of ours does.
    digests = {f"data/{path}": digest for path, digest in paths.items() if path.isprintable() or "\n" in path}
    assert bag.read_manifest(bag.manifest(digests).decode()) == (digests, [])


def test_broken_and_repeated_lines_are_told_by_their_number():
    text = f"{'a' * 64}  data/x\nnonsense\n{'b' * 64}  data/x\n"
    assert bag.read_manifest(text) == ({"data/x": "a" * 64}, ["第2行格式不对", "第3行重复列出同一文件"])


def test_folded_lines_of_bag_info_are_joined():
    assert bag.read_info("A: 1\n  2\nB:3\nA: 9\n") == {"a": "1 2", "b": "3"}
