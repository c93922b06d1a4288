"""Where mails and files come in: mailboxes, folders, the exchange's register."""
