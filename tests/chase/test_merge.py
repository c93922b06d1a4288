import pytest

from tasks.chase.letter import Letters
from tasks.chase.merge import fill_html, fill_text
from tasks.chase.samples import samples
from tasks.settings import SHIPPED
from tasks.terms.errors import Misconfigured
from tasks.terms.letters import LETTER_KINDS

NAMES = ["东山镇", "甲&乙<镇>", 'O\'Neil "x"', "$1 \\1 {{ unit }}", "", "南川区".ljust(120, "某")]


@pytest.fixture
def shipped():
    return Letters(SHIPPED / "templates")


@pytest.fixture
def own(tmp_path):
    """Letters whose plain body is the given template."""

    def made(body, html="<p>{{ unit }}</p>", subject="催报"):
        folder = tmp_path / "letters" / "reminder"
        folder.mkdir(parents=True)
        for name, text in (("subject.j2", subject), ("body.txt.j2", body), ("body.html.j2", html)):
            (folder / name).write_text(text, "utf-8")
        return Letters(tmp_path)

    return made


@pytest.mark.parametrize("kind", sorted(LETTER_KINDS.keys() - {"sign_off"}))  # its subject names the signer
def test_a_form_filled_in_is_the_letter_written_out(shipped, kind):
    for facts in samples(kind):
        for name in NAMES:
            written = shipped.compose(kind, {**facts, "unit": name})
            form = shipped.form(kind, {**facts, "unit": name})
            assert form is not None
            filled = form.subject, fill_text(form.text, name), fill_html(form.html, name)
            assert filled == (written.subject, written.text, written.html)


def test_letters_that_differ_in_the_name_alone_are_one_form(shipped):
    full, bare = samples("reminder")
    one, two = (shipped.form("reminder", {**full, "unit": name}) for name in ("东山镇", "西山镇"))
    assert one is two
    assert shipped.form("reminder", {**bare, "unit": "东山镇"}) != one


@pytest.mark.parametrize(
    "body",
    [
        "{% if unit == '东山镇' %}甲{% else %}乙{% endif %}",
        "{{ unit|upper }}",
        "{{ unit[:2] }}",
        "{{ unit ~ '：' }}",
        "{% set name = unit %}{{ name|length }}",
        "{% set name %}{{ unit }}{% endset %}{{ name|length }}",
        "{% filter upper %}{{ unit }}{% endfilter %}",
        "{% macro m() %}{{ unit }}{% endmacro %}{{ m()|length }}",
        "{% for unit in items %}{{ unit }}{% endfor %}",
        "{% block b %}{{ unit }}{% endblock %}{{ self.b()|length }}",
        "{% set part = 'sign.txt.j2' %}{% include part %}",
        "{% filter upper %}{% include 'owed.txt.j2' %}{% endfilter %}",
    ],
)
def test_a_template_that_does_more_with_the_name_than_print_it_is_written_out_each_time(own, body):
    assert own(body).form("reminder", samples("reminder")[0]) is None


def test_a_name_in_the_subject_is_written_out_each_time(own):
    letters = own("{{ unit }}", subject="催报 {{ unit }}")
    assert letters.form("reminder", samples("reminder")[0]) is None


def test_a_name_that_is_not_plain_is_written_out(shipped):
    facts = samples("reminder")[0]
    for name in ("东\n山镇", " 东山镇", "东\ue000镇", "\u202e镇"):
        assert shipped.form("reminder", {**facts, "unit": name}) is None
    assert shipped.form("reminder", {**facts, "campaign": "有\ue000"}) is None
    assert shipped.form("reminder", {**facts, "items": object()}) is None


def test_a_wrong_template_is_still_told(own):
    letters = own("{{ nobody_knows }}")
    with pytest.raises(Misconfigured, match="nobody_knows"):
        letters.form("reminder", samples("reminder")[0])
