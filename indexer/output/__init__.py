"""What people and scripts are shown: lines on a terminal, reports, JSON, addresses."""

from indexer.output import reports, terminal
from indexer.output.invisible_characters import escape_json, replace_invisible, visible, visible_line
from indexer.output.json_output import GivenPath, json_option, print_json
from indexer.output.plurals import count
from indexer.output.reports import print_added, print_arrival, print_corrected, remark_line
from indexer.output.terminal import error, progress, say, styled

__all__ = [
    "GivenPath",
    "count",
    "error",
    "escape_json",
    "json_option",
    "print_added",
    "print_arrival",
    "print_corrected",
    "print_json",
    "progress",
    "remark_line",
    "replace_invisible",
    "reports",
    "say",
    "styled",
    "terminal",
    "visible",
    "visible_line",
]
