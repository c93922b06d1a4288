"""Encrypted connections: the server's certificate is always checked."""

import ssl

from tasks.terms.errors import Misconfigured


def tls_context(ca_file: str | None) -> ssl.SSLContext:
    """A context that trusts the system's authorities, or only the office's own.

    Raises:
        Misconfigured: the authority's file is missing or no certificate.
    """
    try:
        return ssl.create_default_context(cafile=ca_file or None)
    except (OSError, ssl.SSLError) as fault:
        raise Misconfigured(f"根证书文件 {ca_file} 无法读取（{fault}），请检查账户的 ca_file") from fault
