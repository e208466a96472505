"""Mail: single messages, mailboxes, and pages saved as MIME."""

from archive.readers.mail import mail, mailbox_file, saved_page

__all__ = ["mail", "mailbox_file", "saved_page"]
