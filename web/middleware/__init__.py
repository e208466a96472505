"""What every request and answer passes on its way: the password that is asked for, and compression."""

from __future__ import annotations

from web.middleware.access import Access, hash_password, read_password_file, restrict_readers
from web.middleware.compression import register_compression

__all__ = ["Access", "hash_password", "read_password_file", "register_compression", "restrict_readers"]
