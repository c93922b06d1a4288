"""validate, verify: whether a campaign file, a package or the ledger is what it claims to be."""

import argparse
import sys
from pathlib import Path

from flows.verbs.common import DONE, FAULT, LOOK, WRONG_USE, Verbs, home_of
from tasks.settings import Home


def add(verbs: Verbs) -> None:
    """Enter the verbs."""
    validate = verbs.add_parser("validate", help="检查专项文件")
    validate.add_argument("campaign", nargs="?", metavar="专项", help="专项代号；不写即检查全部")
    validate.set_defaults(verb=_validate)
    verify = verbs.add_parser("verify", help="核验汇总件，或不带参数核验台账")
    verify.add_argument(
        "package", type=Path, nargs="?", metavar="汇总件", help="汇总件的目录或压缩包；不写即核验台账"
    )
    verify.set_defaults(verb=_verify)


def _validate(given: argparse.Namespace) -> int:
    from tasks.chase.proof import letter_faults
    from tasks.notice.load import campaign_ids, load_campaign
    from tasks.roster.validate import validate

    home = home_of(given)
    chosen = [given.campaign] if given.campaign is not None else campaign_ids(home)
    faults = []
    for each in chosen:
        faults += validate(home, each) or letter_faults(home, load_campaign(home, each))
    for line in faults:
        print(line, file=sys.stderr)
    if not faults:
        print("专项文件无误")
    return WRONG_USE if faults else DONE


def _verify(given: argparse.Namespace) -> int:
    if given.package is None:
        return _verify_ledger(home_of(given))
    from tasks.package.bagged.signature import check
    from tasks.package.bagged.verify import verify

    if not given.package.exists():
        print(f"没有这个文件或文件夹：{given.package}", file=sys.stderr)
        return WRONG_USE
    faults = verify(given.package)
    print("\n".join(faults) if faults else f"{given.package.name}：完好，与清单一致")
    signed = check(given.package)
    if signed is not None:
        print(signed.line)
    if faults or (signed is not None and signed.outcome == "bad"):
        return FAULT
    return LOOK if signed is not None and signed.outcome == "unknown" else DONE


def _verify_ledger(home: Home) -> int:
    from tasks.health.originals import damaged
    from tasks.home_ledger import open_ledger
    from tasks.ledger import acts, packages
    from tasks.package.at_hand import unlike
    from tasks.settings import load_office

    with open_ledger(home).read() as connection:
        broken = acts.broken_link(connection)
        kept = [p for p in packages.every(connection) if (home.root / p.path).exists()]
    sound = "台账操作记录完整，前后相连"
    print(sound if broken is None else f"台账第 {broken} 条操作记录与前一条不相连，或已不在，曾被改动")
    count, faults = damaged(home, load_office(home))
    print("\n".join(faults) or f"原件 {count} 件，都在，与校验值一致")
    altered = [fault for each in kept for fault in unlike(home.root / each.path, each)[:1]]
    if kept:
        print("\n".join(altered) or f"汇总件 {len(kept)} 件，与台账记录一致")
    return FAULT if faults or altered or broken is not None else DONE
