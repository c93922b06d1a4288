"""What an editor tells a clerk is what the loader will say."""

import ast
import json
import re
from datetime import date, datetime

import jsonschema
import pytest
import yaml

from tasks.notice.load import campaign_ids, load_campaign
from tasks.notice.schema import as_text, campaign_schema
from tasks.settings import SHIPPED, Home, load_office
from tests.notice.homes import NANCHUAN, campaign_file, new_home, replace_in
from tests.notice.spoilt import SPOILT

CHECKER = jsonschema.Draft202012Validator(campaign_schema())
UNSEEN = {
    "id unlike the file's name", "key given twice",
    "day that does not exist", "leap day of a common year", "thirteenth month",
    "moment that does not exist", "hour after midnight",
}  # fmt: skip
"""What no schema can say: the file's name, what stood there before, how many days a month has."""


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2, as editors read it: a date is text, yes is a word."""


AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith(("timestamp", "bool"))]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
AsEditorsRead.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def read(path):
    return yaml.load(path.read_text("utf-8"), AsEditorsRead)


def records(schema):
    return [schema, *schema["$defs"].values()]


def test_the_committed_schema_is_the_one_the_model_gives():
    committed = (SHIPPED / "config" / "campaign.schema.json").read_text("utf-8")
    assert committed == as_text(), "run: python -m tasks.notice.schema > config/campaign.schema.json"


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(json.loads(as_text()))


@pytest.mark.parametrize("campaign", campaign_ids(Home.at(SHIPPED)))
def test_the_shipped_campaigns_keep_to_it(campaign):
    path = campaign_file(Home.at(SHIPPED), campaign)
    assert [each.message for each in CHECKER.iter_errors(read(path))] == []
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=../campaign.schema.json\n")


@pytest.mark.parametrize("what", sorted(set(SPOILT) - UNSEEN))
def test_what_the_loader_refuses_is_marked_while_it_is_typed(tmp_path, what):
    path = campaign_file(new_home(tmp_path), NANCHUAN)
    replace_in(path, *SPOILT[what][:2])
    assert list(CHECKER.iter_errors(read(path))), what


def test_every_key_is_explained_in_chinese_and_no_unknown_one_is_let_by():
    for record in records(campaign_schema()):
        assert record["additionalProperties"] is False
        for name, known in record["properties"].items():
            help_text = known.get("description", "")
            assert any("\u4e00" <= c <= "\u9fff" for c in help_text), name


def test_nothing_computed_can_be_typed():
    names = {name for record in records(campaign_schema()) for name in record["properties"]}
    assert "how" not in names
    assert {"recurrence", "inner", "closes", "since", "roll", "month_end", "working_days_after"} <= names


@pytest.mark.parametrize(
    ("written", "fits"),
    [("2023-04-04T18:00", True), ("2023-04-04T18:00+08:00", True), ("2023-04-04 18:00", True),
     ("2023-04-04", False), ("18:00", False), ("4月4日", False)],
)  # fmt: skip
def test_a_moment_is_written_as_the_loader_reads_it(written, fits):
    at = campaign_schema()["$defs"]["PackageRule"]["properties"]["at"]
    assert jsonschema.Draft202012Validator(at).is_valid(written) is fits
    if fits:
        assert isinstance(datetime.fromisoformat(written), datetime)


def test_a_date_is_written_in_full():
    day = campaign_schema()["$defs"]["Window"]["properties"]["start"]
    assert jsonschema.Draft202012Validator(day).is_valid(date(2023, 3, 21).isoformat())
    assert not jsonschema.Draft202012Validator(day).is_valid("2023-3-21")


def test_a_campaign_file_is_read_without_parsing_any_source(tmp_path, monkeypatch):
    """Python 3.11 cannot parse source in two threads at once, and Prefect parses beside us."""

    def parse(*_args, **_more):
        raise AssertionError("source was parsed")

    monkeypatch.setattr(ast, "parse", parse)
    home = new_home(tmp_path)
    assert load_campaign(home, NANCHUAN).id == NANCHUAN
    assert load_office(home).bureau
    with pytest.raises(AssertionError, match="source was parsed"):
        campaign_schema()
