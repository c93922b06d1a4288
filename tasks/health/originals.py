"""The originals: whether the store answers, and still holds byte for byte what the ledger names."""

import hashlib
from collections.abc import Iterator

from tasks.desk import originals
from tasks.health.finding import Found, fault, look, ok
from tasks.home_ledger import ledger_of
from tasks.ledger.originals import named
from tasks.settings import Home, Office
from tasks.store.files import Store
from tasks.store.shared import SharedStore
from tasks.terms.errors import BaosongError
from tasks.terms.machine import why

PROBE = b"baosong doctor\n"
_SHOWN = 3


def examine_originals(home: Home, office: Office) -> Iterator[Found]:
    """Whether the store takes something and gives it back, and lacks nothing the ledger names."""
    try:
        wanted = _named(home)
    except BaosongError:
        return  # told with the ledger
    try:
        store = originals(home, office)
        if isinstance(store, SharedStore):
            yield from _shared(store, office)
        lost = sorted(wanted - set(store.digests()))
    except BaosongError as wrong:
        yield fault("原件库", str(wrong))
        return
    except OSError as wrong:
        yield fault("原件库", f"{wrong.filename or home.store} 读写不了（{why(wrong)}），请检查")
        return
    if lost:
        shown = "、".join(f"{each[:12]}…" for each in lost[:_SHOWN])
        yield fault("原件库", f"台账里有 {len(lost)} 件原件不在原件库（{shown}），请从备份恢复")
    else:
        yield ok("原件库", "台账里的原件都在")


def _shared(store: SharedStore, office: Office) -> Iterator[Found]:
    digest = store.put(PROBE)
    store.forget_here(digest)
    store.read(digest)
    where = office.store
    assert where is not None
    yield ok("原件库", f"共用原件库 {where.endpoint}/{where.bucket} 能存能取")
    if not where.encrypted:
        yield look("原件库", "与共用原件库之间没有加密（http），只可用在内部网段；请尽量改用 https")
    if stale := len(store.stale()):
        yield look(
            "原件库",
            f"本机缓存 {store.root} 里有 {stale} 件已从共用原件库删除的原件，请删掉该目录（随时可删）",
        )


def damaged(home: Home, office: Office) -> tuple[int, list[str]]:
    """How many originals the ledger names, and a Chinese line for each that is not what it was."""
    store, names = originals(home, office), sorted(_named(home))
    return len(names), [line for each in names if (line := _fault_of(store, each))]


def _fault_of(store: Store, digest: str) -> str:
    try:
        data = store.read(digest)
    except FileNotFoundError:
        return f"原件 {digest[:12]}… 不在原件库"
    except BaosongError as wrong:
        return str(wrong)
    return "" if hashlib.sha256(data).hexdigest() == digest else f"原件 {digest[:12]}… 与校验值不符，曾被改动"


def _named(home: Home) -> set[str]:
    with ledger_of(home).read() as connection:
        return named(connection)
