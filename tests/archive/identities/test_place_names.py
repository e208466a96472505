"""One name a place: forms, regions and misprints join; different towns of one name do not."""

from __future__ import annotations

import pytest

from archive.store.identities.place_names import name_places

ALONE = {"paris": frozenset({"france"}), "washington": frozenset({"d-c"})}


@pytest.mark.parametrize(
    ("uses", "names"),
    [
        ({"Washington": 500, "Washington, D.C.": 3}, {"Washington": "Washington, D.C."}),
        ({"Washington": 5, "Washington, Mo.": 9}, {}),
        ({"Paris": 4, "Paris, Texas": 30}, {}),
        ({"Paris": 4, "Paris, France": 1, "Paris, Texas": 30}, {"Paris": "Paris, France"}),
        ({"Santa Ana": 8, "Santa Ana, Calif.": 3}, {"Santa Ana": "Santa Ana, Calif."}),
        ({"Santa Ana": 8, "Santa Ana, Calif.": 2}, {}),
        ({"Springfield": 8, "Springfield, Ill.": 5, "Springfield, Mo.": 5}, {}),
        ({"Springfield": 8, "Springfield, Ill.": 18, "Springfield, Mo.": 1}, {"Springfield": "Springfield, Ill."}),
        ({"KÖLN": 1, "Köln": 4}, {"KÖLN": "Köln"}),
        ({"San Salvadror": 1, "San Salvador": 40}, {"San Salvadror": "San Salvador"}),
        ({"San Salvadror": 3, "San Salvador": 90}, {}),
        ({"San Salvadror": 1, "San Salvador": 19}, {}),
        ({"Lyma": 1, "Lima": 90}, {}),
        ({"Washinton, D.C.": 1, "Washington, D.C.": 30}, {"Washinton, D.C.": "Washington, D.C."}),
        ({"Portland, Ore.": 40, "Portland, Me.": 1}, {}),
    ],
)
def test_names(uses: dict[str, int], names: dict[str, str]) -> None:
    assert name_places(uses, ALONE) == names
    assert name_places(dict(reversed(uses.items())), ALONE) == names
