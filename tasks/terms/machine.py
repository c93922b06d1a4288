"""What the machine itself says no to, in Chinese: a full disk, a missing permission, a drive that is gone.

The system's own words (``strerror``) are English, and staff do not read English.
"""

import errno
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from tasks.terms.errors import Misconfigured, Transient

_WHY = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "所在磁盘是只读的",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EIO: "磁盘读写错误",
    errno.ESTALE: "网络盘断开了",
    errno.ENOTCONN: "网络盘断开了",
    errno.EHOSTDOWN: "网络盘断开了",
    errno.ENOENT: "不存在",
    errno.ENOTDIR: "上级路径不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EEXIST: "同名的已存在",
    errno.ELOOP: "链接互相指来指去",
    errno.ENAMETOOLONG: "名称太长",
    errno.EFBIG: "文件太大",
    errno.EBUSY: "正被占用",
    errno.EXDEV: "不在同一个磁盘上",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.ECONNREFUSED: "对方没有开放这个端口",
    errno.ECONNRESET: "连接被对方断开",
    errno.ECONNABORTED: "连接被断开",
    errno.EPIPE: "连接被对方断开",
    errno.ETIMEDOUT: "没有按时回应",
    errno.ENETUNREACH: "网络不通",
    errno.EHOSTUNREACH: "网络不通",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_NOT_ALLOWED = {errno.EROFS, errno.EACCES, errno.EPERM}
_NO_FOLDER = {errno.ENOTDIR, errno.ELOOP}
_GONE = {errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN}
_TOO_MANY = {errno.EMFILE, errno.ENFILE}


def why(fault: OSError) -> str:
    """Why the system refused, in a few words that fit into brackets."""
    if isinstance(fault, socket.gaierror):
        return "找不到这个名称的服务器"
    if isinstance(fault, ssl.SSLCertVerificationError):
        return "证书不可信"
    if isinstance(fault, ssl.SSLError):
        return "加密连接没有建立起来"
    if isinstance(fault, TimeoutError):
        return "没有按时回应"
    if fault.errno is None:
        return "连接中断"
    return _WHY.get(fault.errno, f"系统错误 {fault.errno}")


@contextmanager
def faults_told() -> Iterator[None]:
    """A fault of the machine becomes one that has a sentence; any other is a bug and stays as it is.

    Raises:
        Misconfigured: something may not be read or written here.
        Transient: no room, or a disk that does not answer.
    """
    try:
        yield
    except OSError as fault:
        if told := _told(fault):
            raise told from fault
        raise


def _told(fault: OSError) -> Misconfigured | Transient | None:
    what = f"{fault.filename} " if fault.filename else ""
    if fault.errno in _NO_ROOM:
        return Transient(f"{what}写不进去：{why(fault)}；请腾出空间后再运行，已入账的不受影响")
    if fault.errno in _NOT_ALLOWED:
        asked = "请让运行报送系统的用户能读 config、能读写 var，再运行"
        return Misconfigured(f"{what or '文件'}不能读写：{why(fault)}；{asked}，已入账的不受影响")
    if fault.errno in _NO_FOLDER:
        return Misconfigured(f"{what or '所在位置'}不能用：{why(fault)}；请检查主目录后再运行")
    if fault.errno in _GONE:
        return Transient(f"{what}读写出错：{why(fault)}；请检查磁盘或网络盘后再运行，已入账的不受影响")
    if fault.errno in _TOO_MANY:
        return Transient(f"{what}打不开：{why(fault)}；请稍后再运行，常出现的请调高本机的打开文件数上限")
    return None
