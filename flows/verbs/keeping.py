"""backup, restore: everything of one home folder in one file, and back."""

import argparse
from pathlib import Path

from flows.verbs.common import DONE, Verbs, home_of


def add(verbs: Verbs) -> None:
    """Enter the verbs."""
    out = verbs.add_parser("backup", help="备份：配置、模板、台账、原件、汇总件合为一个文件")
    out.add_argument("file", type=Path, metavar="文件", help="备份文件，如 baosong-20230404.tar")
    out.set_defaults(verb=_backup)
    back = verbs.add_parser("restore", help="恢复：把备份放进空的主目录，并逐件核验")
    back.add_argument("file", type=Path, metavar="文件", help="备份文件")
    back.set_defaults(verb=_restore)


def _backup(given: argparse.Namespace) -> int:
    from tasks.backup import backup

    size = backup(home_of(given), given.file)
    print(f"已备份到 {given.file}（{size / (1 << 20):.1f} MB）；其中有原件和邮箱地址，请妥善保管")
    return DONE


def _restore(given: argparse.Namespace) -> int:
    from tasks.backup import restore

    print(f"已恢复 {restore(given.file, given.home)} 个文件到 {given.home}，逐件核验无误")
    return DONE
