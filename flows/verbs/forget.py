"""forget: personal data of a campaign long over, deleted by rule; without --yes it only shows."""

import argparse
from datetime import UTC, datetime

from flows.verbs.common import DONE, Verbs, add_campaign, home_of


def add(verbs: Verbs) -> None:
    """Enter the verb."""
    parser = verbs.add_parser("forget", help="到期删除个人信息（不加 --yes 只列出）")
    add_campaign(parser, _forget)
    parser.add_argument("--yes", action="store_true", help="真的删除；删除后不能恢复")
    parser.add_argument("--packages", action="store_true", help="连同汇总件（内有各单位原件）一并删除")
    parser.add_argument("--who", default="", metavar="姓名", help="经办人")
    parser.add_argument("--why", default="", metavar="依据", help="依据")


def _forget(given: argparse.Namespace) -> int:
    from tasks.desk import open_desk
    from tasks.health.retention import forget_all, survey

    desk = open_desk(given.campaign, given.as_of or datetime.now(UTC), home_of(given))
    if given.yes:
        found = forget_all(desk, packages=given.packages, who=given.who, why=given.why)
    else:
        found = survey(desk, packages=given.packages)
    done = "已删除" if given.yes else "将删除"
    print(f"{done}：原件和信件原文 {len(found.digests)} 件，本机留存的信 {len(found.letters)} 封，")
    print(f"　　　　汇总件 {len(found.packages)} 个；台账中的发件人、邮箱、主题、文件名一并抹去")
    print("保留：报送数字、状态、时限、操作记录" + ("" if given.packages else "、汇总件"))
    if not given.yes:
        print("确认无误后加 --yes --who 经办人 --why 依据；此前的备份须另行销毁")
    return DONE
