"""What config/README.md tells clerks is true: its example loads, and no key is left unexplained."""

import re
from datetime import time

from tasks.documents.strict_yaml import Document, shaped
from tasks.notice.schema import campaign_schema
from tasks.notice.tables import LocalFile, load_calendar
from tasks.notice.unfold import unfolded
from tasks.settings import SHIPPED, Home, Season
from tasks.terms import times
from tasks.terms.campaign import Campaign
from tasks.terms.due import Due
from tests.notice.test_deadline import due

README = (SHIPPED / "config" / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)


def test_the_example_is_a_campaign():
    campaign = shaped(Document("README", BLOCKS[0]), Campaign)
    made = unfolded(campaign, load_calendar(Home.at(SHIPPED)), lambda _: time(18))
    assert [o.id for o in made.obligations] == [
        "summary", "progress.2023-03-24", "progress.2023-03-31", "progress.2023-04-07", "awards",
    ]  # fmt: skip


def test_the_local_days_and_the_seasons_are_as_the_loader_reads_them():
    assert len(shaped(Document("README", BLOCKS[1]), LocalFile).days) == 2
    seasons = Document("README", BLOCKS[2]).value["seasons"]
    assert shaped(Document("README", BLOCKS[2].split("- ", 1)[1]), Season).name == seasons[0]["name"]


def test_every_key_of_a_campaign_file_is_explained():
    schema = campaign_schema()
    names = {name for record in (schema, *schema["$defs"].values()) for name in record["properties"]}
    assert {name for name in names if f"`{name}`" not in README} == set()


def test_the_ways_of_writing_a_due_moment_give_what_the_table_says():
    rows = re.findall(r"^\| [^|]+ \| `(\{date.*?\})` \| (\d+)月(\d+)日(\d\d:\d\d)?", README, re.MULTILINE)
    assert len(rows) >= 6
    for written, month, day, hour in rows:
        known = shaped(Document("README", written), Due)
        keys = {k: v for k, v in vars(known).items() if k not in {"date", "quote"}}
        local = times.local(due(known.date.isoformat(), **keys).at)
        assert (local.month, local.day) == (int(month), int(day)), written
        assert not hour or times.moment_zh(local).endswith(hour), written
