"""The verbs that give words to somebody, and what stands between a verb and its subject."""

from __future__ import annotations

import re

from archive.extract.cues import SAID

_MORE = (
    "urged|pledged|vowed|claimed|reiterated|tweeted|lamented|joked|quipped|admitted|answered|began|announced|testified"
    "|writes|promised|confirmed|affirmed|maintained|predicted|advised|reflected|alleged|quoted|cited|proclaimed"
    "|suggested|estimated|charged|agreed|promised|thinks|believes|adds|notes|states|explains|continues|concludes"
    "|emphasizes|argues|asserts|warns|recalls|wrote"
)
SPEECH = rf"(?:{SAID}|{_MORE})"
CALLED = (
    r"(?:called|calling|described|describing|labell?ed|dubbed|referred\sto|denounced|criticized|praised|blasted|hailed)"
)
"""Verbs before a few words that somebody used."""

SAYING = (
    r"(?:saying|adding|noting|stating|writing|explaining|arguing|asserting|emphasizing|stressing|warning|declaring"
    r"|testifying|commenting|remarking|concluding|observing|insisting|urging)"
)
ADVERBS = (
    r"(?:(?:also|later|then|today|yesterday|tonight|further|furthermore|has|had|have|recently|who|once|again|subsequently"
    r"|previously|publicly|in\sturn|meanwhile|simply|just|\w{2,12}ly"
    r"|(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s){0,3}"
)
LETTER_SAYS = r"reads?|states|stated|says|said|continues|continued|concludes|concluded|adds|added|went\son\sto\ssay"
"""Verbs of a letter that is quoted: alternatives of a pattern."""

PARTY = r"(?:\s\([^()\n]{1,40}\))?"
ASIDE = rf"{PARTY}(?:,[^.!?;:\n“”\"]{{1,160}},)?"
"""What may stand between a name and its verb: a party, an office between commas."""

ENDS_SENTENCE = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|Lt|St|Jr|Sr|Lt|vs|No))(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Maj|Sgt|Amb|Adm|Cpl|Pvt|Del"
    r"|Hon|Rev|Sec))(?<!\b(?:Sens|Reps|Govs|Capt|Prof|Asst|Dept|Pres))[.!?][\"”’')\]]{0,2}\s+(?=[A-Z“\"(\[‘])"
)
"""Where one sentence ends and the next begins."""

POSSESSIVE = re.compile(r"['’]s?\s")
"""What makes the name before it that of whom something else belongs to: "Lee's office said"."""

PRONOUN = r"(?:[Hh]e|[Ss]he)"
NOBODY_NOUNS = frozenset(
    "coalition company department agency group report complaint letter lawsuit board committee court statement office "
    "bill administration union study release document commission team family state government indictment affidavit "
    "order law act rule code article story newspaper paper magazine website site page email e-mail message memo plan "
    "program public other others people officials prosecutors authorities investigators victims they it which that "
    "states attorneys".split()
)
"""Nouns that speak and are nobody: "the complaint said"."""
