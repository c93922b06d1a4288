from dataclasses import replace

from tasks.package.dossier import Remark
from tasks.package.whose_findings import WhoseFindings
from tasks.terms.readings import CODES, FINDING_ZH
from tests.package import factory

WHOLE = Remark("HIDDEN_ROWS", "有隐藏行，请核对")


def form_of_three(remarks, findings):
    """One form that speaks for a town and two of its studios, with these findings in it."""
    dossier, _ = factory.nanchuan(towns=1, organisations=0, studios=2)
    figures = [
        replace(s, submission=7, findings=findings) for s in dossier.standings if s.obligation == "figures"
    ]
    cells = {f"{s.unit}/visits": f"1月 统计表.xlsx 填报 表!D{n}" for n, s in enumerate(figures, 5)}
    dossier = replace(dossier, standings=tuple(figures), evidence={7: cells}, remarks={7: remarks})
    return WhoseFindings(dossier), figures


def test_a_figure_below_its_quota_is_told_of_the_unit_it_belongs_to_and_of_no_other():
    low = Remark("BELOW_TARGET", "未达到任务数", "填报 表!D6")
    found, standings = form_of_three((low,), ("BELOW_TARGET",))
    assert list(map(found, standings)) == ["", "低于任务数", ""]


def test_what_is_found_in_the_form_as_a_whole_is_told_of_every_unit_in_it():
    low = Remark("BELOW_TARGET", "未达到任务数", "填报 表!D6")
    found, standings = form_of_three((low, WHOLE), ("BELOW_TARGET", "HIDDEN_ROWS"))
    assert list(map(found, standings)) == ["有隐藏行列", "低于任务数、有隐藏行列", "有隐藏行列"]


def test_a_finding_on_a_cell_that_is_no_units_is_told_of_every_unit():
    sum_of_all = Remark("TOTAL_MISMATCH", "合计不符", "填报 表!D9")
    found, standings = form_of_three((sum_of_all,), ("TOTAL_MISMATCH",))
    assert set(map(found, standings)) == {"合计与分项不符"}


def test_findings_whose_place_nobody_kept_stay_with_every_unit():
    found, standings = form_of_three((), ("VAGUE",))
    assert set(map(found, standings)) == {"数字不明确"}


def test_every_finding_has_a_chinese_name():
    assert set(FINDING_ZH) == set(CODES)
