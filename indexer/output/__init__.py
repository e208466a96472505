"""Output of the commands: terminal lines, reports, JSON."""

from indexer.output import reports, terminal
from indexer.output.invisible_characters import escape_json, make_line_visible, make_visible, replace_invisible
from indexer.output.json_output import NonEmptyPath, json_option, print_json
from indexer.output.plurals import format_count
from indexer.output.reports import format_remark, print_add_report, print_field_corrections, print_import_summary
from indexer.output.terminal import print_error, progress, say, style_snippet, write_output
from indexer.output.whole_file import write_whole_file

__all__ = [
    "NonEmptyPath",
    "escape_json",
    "format_count",
    "format_remark",
    "json_option",
    "make_line_visible",
    "make_visible",
    "print_add_report",
    "print_error",
    "print_field_corrections",
    "print_import_summary",
    "print_json",
    "progress",
    "replace_invisible",
    "reports",
    "say",
    "style_snippet",
    "terminal",
    "write_output",
    "write_whole_file",
]
