import io
import re
import zipfile

import pytest

from tasks.dispatch import parts
from tasks.dispatch.hand_up import hand_up_all
from tasks.ledger import submissions
from tasks.package.bagged.verify import verify
from tasks.package.make import make
from tasks.settings import CAPTURE
from tasks.status.view import look
from tests.line import papers
from tests.tiers import chain
from tests.tiers.chain import LATER, STATIONS

TOLD = {code: (2 + n, 30 + 7 * n) for n, code in enumerate(STATIONS)}


@pytest.fixture
def lower(tmp_path):
    """Both districts, all stations but the last reported, each package handed up."""
    made = {code: chain.district(tmp_path, code) for code in chain.DISTRICTS}
    for code in list(STATIONS)[:-1]:
        chain.station_reports(made[code[:2]], code, *TOLD[code])
    for each in made.values():
        assert each.compile()["sent"] == [1]
    return made


def test_from_station_to_province_every_unit_and_every_total_is_the_same(lower, tmp_path):
    city, province = chain.city(tmp_path), chain.province(tmp_path)
    for code, below in lower.items():
        chain.hand_on(below, city, code)
    assert city.compile()["sent"] == [1]
    chain.hand_on(city, province, "C1")
    assert province.compile()["sent"] == [1]

    reported = {c: {"drills": float(d), "people": float(p)} for c, (d, p) in list(TOLD.items())[:-1]}
    below = {**chain.figures(lower["D1"]), **chain.figures(lower["D2"])}
    assert below == chain.figures(city) == chain.figures(province) == reported
    whole = {f: sum(v[f] for v in reported.values()) for f in ("drills", "people")}
    assert chain.sums(city) == chain.sums(province) == whole
    districts = [chain.sums(each) for each in lower.values()]
    assert {f: sum(s[f] for s in districts) for f in whole} == whole
    assert chain.queue(city) == chain.queue(province) == []


def test_the_station_that_did_not_report_is_missing_at_every_tier(lower, tmp_path):
    city, province = chain.city(tmp_path), chain.province(tmp_path)
    for code, below in lower.items():
        chain.hand_on(below, city, code)
    city.compile()
    chain.hand_on(city, province, "C1")
    province.compile()
    last = list(STATIONS)[-1]
    for tier in (lower["D2"], city, province):
        states = {s.unit: s.state.value for s in look(tier.desk()).standings if s.obligation == "figures"}
        assert [unit for unit, state in states.items() if state == "missing"] == [last]


def test_the_package_below_travels_whole_and_still_verifies(lower, tmp_path):
    city = chain.city(tmp_path)
    chain.hand_on(lower["D1"], city, "D1")
    city.compile()
    folder = city.home.root / city.packages()[-1].path
    assert verify(folder) == []
    inner = next((folder / "data/原件").rglob("d1-第01号.zip"))
    assert verify(inner) == []
    figures = (folder / "data/数据/figures.csv").read_text("utf-8-sig")
    assert "d1-第01号.zip data/原件/" in figures  # from the total to the package, the file in it, the cell
    assert re.search(r"统计表\.xlsx .*![A-Z]+\d+", figures)


def test_a_supplement_below_becomes_a_new_version_above(lower, tmp_path):
    city = chain.city(tmp_path)
    for code, below in lower.items():
        chain.hand_on(below, city, code)
    city.compile()
    last = list(STATIONS)[-1]
    chain.station_reports(lower["D2"], last, *TOLD[last], when="2023-06-05T09:00")
    lower["D2"].compile("2023-06-06T17:00")
    chain.hand_on(lower["D2"], city, "D2", when="2023-06-06T16:00")
    assert city.compile(LATER)["sent"] == [2]
    assert set(chain.figures(city, LATER)) == set(STATIONS)
    assert chain.sums(city)["drills"] == sum(d for d, _ in TOLD.values())


def test_the_same_package_twice_and_a_second_run_add_nothing(lower, tmp_path):
    city = chain.city(tmp_path)
    chain.hand_on(lower["D1"], city, "D1")
    chain.hand_on(lower["D1"], city, "D1", when="2023-06-02T17:10")
    city.take_in()
    city.take_in()
    desk = city.desk()
    with desk.ledger.read() as connection:
        rows = submissions.of_campaign(connection, "city", desk.now)
    assert [(r.unit, r.obligation, r.version) for r in rows] == [("D1", "figures", 1), ("D1", "summary", 1)]


def rebuilt(data, path, change):
    """The zip with one member changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename.endswith(path) else content)
    return out.getvalue()


def test_a_package_changed_on_the_way_is_returned_and_the_file_is_named(lower, tmp_path):
    city = chain.city(tmp_path)
    tampered = "数据/figures.csv"
    chain.hand_on(
        lower["D1"], city, "D1", spoil=lambda d: rebuilt(d, tampered, lambda c: c.replace(b",30,", b",90,"))
    )
    city.take_in()
    assert chain.figures(city) == {}
    desk = city.desk()
    with desk.ledger.read() as connection:
        rows = submissions.of_campaign(connection, "city", desk.now)
    assert {r.verdict for r in rows} == {"returned"}
    assert "内容已改动：data/数据/figures.csv" in rows[0].reading["findings"][0]["text"]


def test_a_station_no_roster_above_knows_stops_the_package_and_is_named(lower, tmp_path):
    known = {c: n for c, n in STATIONS.items() if c != "D102"}
    city = chain.city(tmp_path, known)
    chain.hand_on(lower["D1"], city, "D1")
    city.take_in()
    assert chain.figures(city) == {}
    (reason,) = chain.queue(city)
    assert STATIONS["D102"] in reason


def test_a_package_for_another_bureau_or_from_a_stranger_waits_for_a_clerk(lower, tmp_path):
    province = chain.province(tmp_path)
    chain.hand_on(lower["D1"], province, "C1")
    chain.hand_on(lower["D1"], province, "X9")
    province.take_in()
    assert chain.figures(province) == {}
    reasons = sorted(chain.queue(province))
    assert len(reasons) == 2
    assert any("不是本机关" in r for r in reasons)
    assert any("不能确定" in r for r in reasons)


def test_an_office_that_sends_on_anothers_package_has_not_reported_itself(lower, tmp_path):
    """Without villages of their own in the roster above, whatever is in it would count as the sender's."""
    city = chain.city(tmp_path, {})
    campaign = city.home.config / "campaigns" / "city.yaml"
    campaign.write_text(campaign.read_text("utf-8").replace("kind: station", "kind: district"), "utf-8")
    chain.hand_on(lower["D1"], city, "D2")
    city.take_in()
    assert chain.figures(city) == {}
    (reason,) = chain.queue(city)
    assert "东区应急管理局" in reason
    assert "西区应急管理局" in reason
    chain.hand_on(lower["D1"], city, "D1")
    city.take_in()
    assert list(chain.figures(city)) == ["D1"]


def test_a_package_in_the_drop_folder_counts_as_its_folders_office(lower, tmp_path):
    city = chain.city(tmp_path)
    place = city.home.var / "drop" / "city" / chain.DISTRICTS["D1"]
    place.mkdir(parents=True)
    package = lower["D1"].packages()[0]
    source = lower["D1"].home.root / f"{package.path}.zip"
    (place / source.name).write_bytes(source.read_bytes())
    city.take_in()
    assert chain.figures(city) == chain.figures(lower["D1"])


def test_the_documents_laid_beside_a_package_are_no_reports_of_their_own(lower, tmp_path):
    city = chain.city(tmp_path)
    place = city.home.var / "drop" / "city" / chain.DISTRICTS["D1"]
    place.mkdir(parents=True)
    package = lower["D1"].home.root / lower["D1"].packages()[0].path
    for source in (package.with_name(f"{package.name}.zip"), *(package / "data").glob("*.*")):
        (place / source.name).write_bytes(source.read_bytes())
    city.take_in()
    desk = city.desk()
    with desk.ledger.read() as connection:
        rows = submissions.of_campaign(connection, "city", desk.now)
    assert [(r.obligation, r.version) for r in rows] == [("figures", 1), ("summary", 1)]
    assert chain.queue(city) == []
    assert chain.figures(city) == chain.figures(lower["D1"])


@pytest.mark.parametrize("order", [1, -1])
def test_a_package_in_parts_counts_when_the_last_part_has_come(tmp_path, order, monkeypatch):
    below, city = chain.district(tmp_path, "D1", ", size_limit_mb: 2"), chain.city(tmp_path)
    for code in list(STATIONS)[:3]:
        chain.station_reports(below, code, *TOLD[code])
    below.take_in()
    make(below.desk())
    # As if the mailbox took hardly more than the documents: the originals need parts of their own.
    monkeypatch.setattr(parts, "_room", lambda _: documents(below) + 15_000)
    assert hand_up_all(below.desk())["sent"] == [1]
    letters = below.letters("dispatch")[::order]
    assert len(letters) == 2
    for count, letter in enumerate(letters):
        assert chain.figures(city) == {}
        part = next(letter.iter_attachments())
        files = [(part.get_filename(), part.get_payload(decode=True))]
        when = f"2023-06-02T17:00:{count:02d}"
        mail = papers.mail(chain.address("D1"), CAPTURE.address, "呈报汇总材料", files, when)
        city.receive(mail, f"part-{count}")
        city.take_in()
    assert chain.figures(city) == chain.figures(below)
    assert chain.queue(city) == []


def documents(of):
    """What the documents of its package take up in a part."""
    folder = of.home.root / of.packages()[-1].path
    files = [p for p in folder.rglob("*") if p.is_file() and "原件" not in p.parts]
    return sum(p.stat().st_size + 1000 for p in files)


def cut(tmp_path, monkeypatch, code="D1"):
    """A district's package in two parts: the letters that carry it."""
    below = chain.district(tmp_path, code, ", size_limit_mb: 2")
    for station in (c for c in list(STATIONS)[:3] if c.startswith(code)):
        chain.station_reports(below, station, *TOLD[station])
    below.take_in()
    make(below.desk())
    monkeypatch.setattr(parts, "_room", lambda _: documents(below) + 15_000)
    assert hand_up_all(below.desk())["sent"] == [1]
    return below, [next(letter.iter_attachments()) for letter in below.letters("dispatch")]


def files_of(attachments):
    return [(part.get_filename(), part.get_payload(decode=True)) for part in attachments]


def test_several_parts_in_one_mail_are_all_taken(tmp_path, monkeypatch):
    below, attachments = cut(tmp_path, monkeypatch)
    city = chain.city(tmp_path)
    mail = papers.mail(
        chain.address("D1"), CAPTURE.address, "呈报汇总材料", files_of(attachments), "2023-06-02T17:00:01"
    )
    city.receive(mail, "together")
    city.take_in()
    assert chain.figures(city) == chain.figures(below) != {}
    assert chain.queue(city) == []


def test_two_packages_in_one_mail_wait_for_a_clerk_and_neither_is_lost(lower, tmp_path):
    city = chain.city(tmp_path)
    files = [
        files_of(letter.iter_attachments())[0]
        for each in lower.values()
        for letter in each.letters("dispatch")
    ]
    assert len(files) == 2
    mail = papers.mail(chain.address("D1"), CAPTURE.address, "呈报汇总材料", files, "2023-06-02T17:00:01")
    city.receive(mail, "two")
    city.take_in()
    assert chain.figures(city) == {}
    (reason,) = chain.queue(city)
    assert all(name in reason for name, _ in files)


def test_parts_of_two_offices_with_the_same_names_do_not_mix_in_the_drop_folder(tmp_path, monkeypatch):
    below, attachments = cut(tmp_path, monkeypatch)
    city = chain.city(tmp_path)
    for name in chain.DISTRICTS.values():
        place = city.home.var / "drop" / "city" / name
        place.mkdir(parents=True)
        whose = files_of(attachments) if name == chain.DISTRICTS["D1"] else files_of(attachments)[:1]
        for filename, data in whose:
            (place / filename).write_bytes(data)
    city.take_in()
    desk = city.desk()
    with desk.ledger.read() as connection:
        rows = submissions.of_campaign(connection, "city", desk.now)
    assert {(r.unit, r.verdict) for r in rows} == {("D1", "accepted")}
    assert chain.figures(city) == chain.figures(below)


def test_figures_a_later_package_only_repeats_are_no_new_version_above(lower, tmp_path):
    city = chain.city(tmp_path)
    chain.hand_on(lower["D1"], city, "D1")
    city.take_in()
    files = [("补充总结.docx", papers.narrative("东区应急管理局甲镇补充"))]
    mail = papers.mail(chain.address("D101"), CAPTURE.address, "东区甲镇补报总结", files, "2023-06-05T09:00")
    lower["D1"].receive(mail, "again")
    lower["D1"].compile(LATER)
    assert lower["D1"].packages(LATER)[-1].number == 2
    chain.hand_on(lower["D1"], city, "D1", when="2023-06-06T16:00")
    city.take_in(LATER)
    desk = city.desk(LATER)
    with desk.ledger.read() as connection:
        rows = submissions.of_campaign(connection, "city", desk.now)
    assert [(r.obligation, r.version) for r in rows] == [("figures", 1), ("summary", 1), ("summary", 2)]
    assert chain.figures(city, LATER) == chain.figures(lower["D1"], LATER)
