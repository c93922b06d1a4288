"""Mails written by hand, octet by octet, as other people's programs write them."""

from base64 import encodebytes

HEAD = b"From: clerk@dongcheng.example\r\nTo: bureau@nanchuan.example\r\nSubject: report\r\n"


def part(headers: bytes, body: bytes) -> bytes:
    return headers + b"\r\n\r\n" + body


def attached(
    parameters: bytes, data: bytes = b"PK content", kind: bytes = b"application/octet-stream"
) -> bytes:
    headers = b"Content-Type: " + kind + b"\r\nContent-Disposition: attachment" + parameters
    return part(headers + b"\r\nContent-Transfer-Encoding: base64", encodebytes(data))


def text(words: str, charset: str = "utf-8") -> bytes:
    return part(b"Content-Type: text/plain; charset=" + charset.encode(), words.encode(charset))


def html(source: str) -> bytes:
    return part(b"Content-Type: text/html; charset=utf-8", source.encode())


def mail(*parts: bytes, head: bytes = HEAD, kind: bytes = b"mixed", end: bool = True) -> bytes:
    body = b"".join(b"--BOUND\r\n" + each + b"\r\n" for each in parts) + (b"--BOUND--\r\n" if end else b"")
    return (
        head + b"MIME-Version: 1.0\r\nContent-Type: multipart/" + kind + b'; boundary="BOUND"\r\n\r\n' + body
    )


def plain(words: str, head: bytes = HEAD) -> bytes:
    return head + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + words.encode()
