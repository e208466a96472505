"""The language of a release: stated, by its letters, by its small words."""

from __future__ import annotations

import pytest

from archive.extract.language import find_language, locale_of, read_language
from archive.release import Record, Stated
from archive.rules import rule

TEXTS = [
    ("en", "The quay was opened by the board on Tuesday, and the people of the town were there to see it for an hour."),
    ("de", "Die Ministerin hat am Mittwoch die neue Brücke eröffnet, und die Menschen der Stadt waren dabei."),
    ("fr", "La ministre a inauguré mardi un nouveau pont sur le fleuve, et les gens de la ville en sont contents."),
    ("es", "La ministra inauguró el martes un nuevo puente sobre el río, y la gente de la ciudad está contenta."),
    ("pt", "A ministra inaugurou na terça uma nova ponte sobre o rio, e as pessoas da cidade não ficaram em casa."),
    ("it", "La ministra ha inaugurato martedì un nuovo ponte sul fiume, e la gente della città è contenta di vederlo."),
    ("nl", "De minister heeft op woensdag de nieuwe brug geopend en de mensen van de stad waren er bij."),
    ("pl", "Minister otworzył we wtorek nowy most na rzece, a ludzie z miasta nie kryli, że są z tego zadowoleni."),
    ("ru", "Министр открыл во вторник новый мост через реку, и жители города были этому рады."),
    ("uk", "Міністр відкрив у вівторок новий міст через річку, і мешканці міста були цьому раді."),
    ("bg", "Министърът откри във вторник нов мост над реката и жителите на града бяха доволни от това."),
    ("ar", "افتتح الوزير يوم الثلاثاء جسرا جديدا على النهر وكان سكان المدينة سعداء بذلك"),
    ("fa", "وزیر روز سه‌شنبه پل جدیدی را بر روی رودخانه گشود و مردم شهر از آن خوشحال بودند پس"),
    ("zh", "部长星期二为河上的新桥揭幕，市民们对此感到高兴。"),
    ("ja", "大臣は火曜日に川にかかる新しい橋を開通させ、市民は喜んだ。"),
    ("ko", "장관은 화요일 강 위의 새 다리를 개통했고 시민들은 기뻐했다."),
]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_the_language_of_a_text(language: str, text: str) -> None:
    assert find_language(text) == language
    found, is_for_people = read_language(Record(text, b"", "text/plain"), text)
    assert (found, is_for_people) == (language, language == "en")


@pytest.mark.parametrize("text", ["", "Quay", "Anson Quay Lindqvist Berg Halvorsen Lund Vell Zork", "12 34 56 78"])
def test_a_text_that_does_not_tell(text: str) -> None:
    assert find_language(text) == ""


def test_a_few_words_of_another_script_do_not_tell() -> None:
    text = "The ministry, МИД in its own letters, said on Tuesday that the quay of the town is open to all of us."
    assert find_language(text) == "en"


@pytest.mark.parametrize(
    ("stated", "language", "locale"),
    [("en-GB", "en", "en-GB"), ("en_us", "en", "en-US"), ("zh-Hant-TW", "zh", "zh-TW"), ("de", "de", "de")],
)
def test_a_stated_language_wins_and_may_have_a_country(stated: str, language: str, locale: str) -> None:
    record = Record("", b"", "text/plain", stated=(Stated("language", stated, rule("language-of-page")),))
    found, _ = read_language(record, "La ministre a inauguré mardi un pont sur le fleuve et la ville en est contente.")
    assert (found, locale_of(record, found)) == (language, locale)


def test_a_country_of_another_language_is_not_the_texts() -> None:
    record = Record("", b"", "text/plain", stated=(Stated("language", "en-US", rule("language-of-page")),))
    assert locale_of(record, "de") == "de"
