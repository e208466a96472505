"""What every request and answer passes on its way: passwords, headers, addresses of static files, compression."""

from __future__ import annotations

from web.middleware.access import Access, hash_password, read_password_file, restrict_readers
from web.middleware.compression import register_compression
from web.middleware.security import (
    ORIGINAL_POLICY,
    is_from_own_page,
    limit_addresses,
    register_headers,
    restrict_hosts,
)
from web.middleware.static_files import register_static_urls

__all__ = [
    "ORIGINAL_POLICY",
    "Access",
    "hash_password",
    "is_from_own_page",
    "limit_addresses",
    "read_password_file",
    "register_compression",
    "register_headers",
    "register_static_urls",
    "restrict_hosts",
    "restrict_readers",
]
