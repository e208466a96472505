"""The search engine behind one protocol, with a package for each engine."""

from indexer.engine.protocol import (
    MAX_FORMS,
    Backend,
    Engine,
    EngineSettings,
    Frequencies,
    IndexSummary,
    Progress,
    QuotationGroup,
    QuotationPlace,
    QuotationSet,
    ResultSet,
    Spelling,
    Unit,
)
from indexer.engine.selection import open_engine

__all__ = [
    "MAX_FORMS",
    "Backend",
    "Engine",
    "EngineSettings",
    "Frequencies",
    "IndexSummary",
    "Progress",
    "QuotationGroup",
    "QuotationPlace",
    "QuotationSet",
    "ResultSet",
    "Spelling",
    "Unit",
    "open_engine",
]
