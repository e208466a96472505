"""The quotations of a draft checked against every release: exact, altered, joined, cut, another's, or not here.

Its rooms: `drafts` (what a draft quotes), `passages` (a quotation beside a text). The rule is docs/CHECKING.md.
"""

from indexer.checking.draft_check import MAX_QUOTATIONS, check_draft
from indexer.checking.drafts import DraftText, Kind, Quoted, read_draft_text, read_typed_text
from indexer.checking.errors import DraftNotRead
from indexer.checking.json_serializer import checked_to_json, sources_to_json
from indexer.checking.links import cite_place, passage_path
from indexer.checking.passages import Turn
from indexer.checking.report import describe_counts, describe_sources, report_to_markdown, sources_to_markdown
from indexer.checking.text_sources import Sources, find_sources
from indexer.checking.verdicts import Answer, Checked, Joined, JoinOrder, Place, Verdict
from indexer.checking.wording import HEADINGS, describe_release, describe_versions, remarks, split_passage, summarise

__all__ = [
    "HEADINGS",
    "MAX_QUOTATIONS",
    "Answer",
    "Checked",
    "DraftNotRead",
    "DraftText",
    "JoinOrder",
    "Joined",
    "Kind",
    "Place",
    "Quoted",
    "Sources",
    "Turn",
    "Verdict",
    "check_draft",
    "checked_to_json",
    "cite_place",
    "describe_counts",
    "describe_release",
    "describe_sources",
    "describe_versions",
    "find_sources",
    "passage_path",
    "read_draft_text",
    "read_typed_text",
    "remarks",
    "report_to_markdown",
    "sources_to_json",
    "sources_to_markdown",
    "split_passage",
    "summarise",
]
