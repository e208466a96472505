"""Who is who across releases, and what sources and places are called: what no single release can tell.

Everything here is a function of what the archive holds and of people's corrections: the same in any order of adding.
`partition` divides the spellings of a name among people, `surnames` attaches a surname with an office, `value_names`
gives a place or a source one name, `furniture` tells who stands in a folder's letterhead; `settle` brings the rows into
that state. What an address means: addresses.py.
"""

from archive.store.identities.bindings import Unbound
from archive.store.identities.families import find_unbound
from archive.store.identities.furniture import settle_furniture
from archive.store.identities.offices import office_key
from archive.store.identities.settle import settle_people
from archive.store.identities.value_names import settle_values

__all__ = ["Unbound", "find_unbound", "office_key", "settle_furniture", "settle_people", "settle_values"]
