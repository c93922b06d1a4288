#!/bin/sh
# The real servers the tests run against. Nothing is started here; each test starts its own, on loopback.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
missing=
need() { [ -e "$1" ] || command -v "$1" >/dev/null || missing="$missing $2"; }
need /usr/sbin/dovecot "dovecot-imapd dovecot-lmtpd"
need /usr/lib/dovecot/lmtp dovecot-lmtpd
need /usr/sbin/postfix postfix
need /usr/lib/postgresql "postgresql postgresql-contrib"
need chromium "chromium fonts-noto-cjk"
need soffice "libreoffice-writer-nogui libreoffice-calc-nogui"
need pdftoppm poppler-utils
need strace strace
need zip zip
need /usr/sbin/ip iproute2
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086  # a list of names
    "$here/packages.sh" $missing
fi
