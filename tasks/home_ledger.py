"""The ledger of a home folder: opened, begun when the home is new, and never begun anew by itself."""

from functools import lru_cache

from tasks.ledger.session import Ledger
from tasks.ledger.trouble import shown
from tasks.settings import Home
from tasks.terms.errors import Misconfigured


def ledger_of(home: Home) -> Ledger:
    """The home's ledger, brought up to date; kept open for whoever asks again.

    Raises:
        Misconfigured: it cannot be opened, or it is gone from a home that has worked.
    """
    return _kept(home.ledger_url, home)


@lru_cache(maxsize=8)
def _kept(_url: str, home: Home) -> Ledger:
    return open_ledger(home)


def forget_ledgers() -> None:
    """Open anew what is asked for from here on: a ledger's file was taken away."""
    _kept.cache_clear()


def open_ledger(home: Home) -> Ledger:
    """As ``ledger_of``, for the caller alone."""
    return Ledger(home.ledger_url, before_new=lambda: _ensure_never_worked(home))


def _ensure_never_worked(home: Home) -> None:
    """Refuse to begin a ledger in a home that has worked with one.

    An empty ledger would take everybody who has reported for silent, and write every letter again.
    """
    traces = {
        "收件核对的记录": home.pulses.glob("*"),
        "原件": home.store.glob("??/*"),
        "汇总件": home.packages.glob("*"),
    }
    left = [name for name, found in traces.items() if any(not p.name.startswith(".") for p in found)]
    if left:
        raise Misconfigured(
            f"台账不见了：{shown(home.ledger_url)} 没有或是空的，而 {home.var} 里已有{'、'.join(left)}；"
            "为免催已报的单位、重发已发的信，没有新建台账。"
            "请先核对环境变量 BAOSONG_LEDGER_URL 有没有写错或漏写；"
            "台账确已丢失的，用 baosong --home 新的空目录 restore 备份文件 恢复；"
            "确要从头开始的，把 var 改名（如 var-旧）后再运行"
        )
