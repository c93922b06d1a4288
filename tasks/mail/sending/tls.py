"""Encrypted connections: the server's certificate is always checked."""

import ssl

from tasks.terms.errors import Misconfigured
from tasks.terms.machine import why

_EXPIRED, _OTHER_NAME = 10, {62, 64}
"""X509_V_ERR_CERT_HAS_EXPIRED; X509_V_ERR_HOSTNAME_MISMATCH and _IP_ADDRESS_MISMATCH (OpenSSL x509_vfy.h)."""


def tls_context(ca_file: str | None) -> ssl.SSLContext:
    """A context that trusts the system's authorities, or only the office's own.

    Raises:
        Misconfigured: the authority's file is missing or no certificate.
    """
    try:
        return ssl.create_default_context(cafile=ca_file or None)
    except (OSError, ssl.SSLError) as fault:
        raise Misconfigured(f"根证书文件 {ca_file} 无法读取（{why(fault)}），请检查账户的 ca_file") from fault


def why_not_trusted(fault: ssl.SSLCertVerificationError) -> str:
    """What is wrong with a server's certificate and what to look at."""
    if fault.verify_code == _EXPIRED:
        return "已过期，请联系邮箱服务商"
    if fault.verify_code in _OTHER_NAME:
        return "证书上的名称与 host 不符，请核对 imap 的 host"
    return "签发机构不受信任，本单位自建的邮箱请填 ca_file"
