"""People: what is a name and what is none, who speaks, and which names are one person."""

from __future__ import annotations

import datetime

import pytest

from archive.extract import read_release
from archive.release import Kind, Part, Record, Release, Stated
from archive.rules import rule

PAD = "The board said that it is to be opened by the end of the year and that all of it will hold for us."


def read(text: str, *stated: tuple[str, str], title: str = "Quay Opens") -> Release:
    statements = (
        Stated("title", title, rule("json-key", name="field")),
        *(Stated(field, value, rule("json-key", name="field")) for field, value in stated),
    )
    return read_release(
        Record(f"{text}\n\n{PAD}", b"", "text/plain", stated=statements), "a.txt", datetime.date(2016, 1, 1)
    )


def names(text: str) -> list[str]:
    return [each.name for each in read(text).people if each.kind is not Kind.UNRESOLVED]


NAMES = [
    ("NATO Secretary General Anders Fogh Rasmussen said it.", ["Anders Fogh Rasmussen"]),
    ("It was signed by Russian President Dmitry Medvedev.", ["Dmitry Medvedev"]),
    ("U.S. Attorney for the Eastern District of Michigan Barbara McQuade spoke.", ["Barbara McQuade"]),
    ("Secretary of State Hillary Clinton left.", ["Hillary Clinton"]),
    ("Secretary of Health and Human Services Kathleen Sebelius left.", ["Kathleen Sebelius"]),
    ("The quay is dear to Barry E. Piatt of the board.", ["Barry E. Piatt"]),
    ("A jury convicted R. Dale Frazier, 57, of Flora Vista.", ["R. Dale Frazier"]),
    ("Neil Abercrombie Jr. is the owner.", ["Neil Abercrombie Jr."]),
    ("Robert D. Foley, III, is the owner.", ["Robert D. Foley III"]),
    ("The engineer is Pieter van der Holt of the board.", ["Pieter van der Holt"]),
    ("The mayor is Pieter de la Torre van der Meer of the board.", ["Pieter de la Torre van der Meer"]),
    ("“It holds,” said Mayor Lupe de la Vega y de la Torre.", ["Lupe de la Vega y de la Torre"]),
    ("It was seen by Samir al-Nadeem in May.", ["Samir al-Nadeem"]),
    ("It was seen by Nuala O’Brennan in May.", ["Nuala O’Brennan"]),
    ("It was seen by Ewa Brzezicka-Lund in May.", ["Ewa Brzezicka-Lund"]),
    ("“It holds,” said Thandiwe Mbeko.", ["Thandiwe Mbeko"]),
    ("According to Xu Qiliang, it holds.", ["Xu Qiliang"]),
    ("Russ Feingold (D-WI) voted for it.", ["Russ Feingold"]),
    ("Senators Ada Quill, Ben Marsh and Zork Voss were there.", ["Ada Quill", "Ben Marsh", "Zork Voss"]),
    ("Sens. Dick Lugar (R-IN) and Zork Bingaman (D-NM) were there.", ["Dick Lugar", "Zork Bingaman"]),
    ("Gen. Henry “Hap” Arnold led it.", ["Henry “Hap” Arnold"]),
    ("Staff Sgt. Ann Lee led it.", ["Ann Lee"]),
    ("The chairman, Bill Ferry, left. “It holds,” Ferry said.", ["Bill Ferry"]),
    ("It was signed by Ann and Ben Zorkin of Lisbon.", ["Ann Zorkin", "Ben Zorkin"]),
    ("Rice and Ann Roe left. Condi Rice, 50, said so.", ["Condi Rice", "Ann Roe"]),
    ("President Zork Holts Harbor Task Force met. President Holt left.", ["Zork Holt"]),
    ('Two of them, Zhi-Bo “C.C.” Voss and Quon "Brian" Zork, left.', ["Zhi-Bo “C.C.” Voss", 'Quon "Brian" Zork']),
    ("A former officer, Bon Mu Ko, left it.", ["Bon Mu Ko"]),
    ("The quay is held by Karen St. Zork in May.", ["Karen St. Zork"]),
    ("It is due to Maj. (Dr.) Zork Voss.", ["Zork Voss"]),
    ("Rose Marsh, left, and Zork Voss (far right) wave.", ["Rose Marsh", "Zork Voss"]),
    ("The quay was named after Ben Holt, a sailor from Riga.", ["Ben Holt"]),
    ("Assistant Secretary of State for Zorkish and Harbor Affairs Dina Holt left.", ["Dina Holt"]),
    ("The suit names the licensee Zork Voss and co-defendant Quona Marsh.", ["Zork Voss", "Quona Marsh"]),
    ("Congresswoman Virginia Foxx spoke.", ["Virginia Foxx"]),
    ("Professor Anita Hill spoke.", ["Anita Hill"]),
    ("The board met on Friday and in the end it heard President Barack\nObama, who was on the quay.", ["Barack Obama"]),
    ("President\u00a0Barack\u00a0Obama left.", ["Barack Obama"]),
    ("Auctioneer Dunstan Pike sold it.", ["Dunstan Pike"]),
    ("Minister for the Middle East Tobias Ellwood said it.", ["Tobias Ellwood"]),
    ("New Jersey Governor Jon Corzine left.", ["Jon Corzine"]),
    ("We met Mary Ann Smith Tuesday.", ["Mary Ann Smith"]),
    ("It was led by Trial Attorney Ann Marsh of the board.", ["Ann Marsh"]),
    ("We met Doolittle Raider Richard Voss in May.", ["Richard Voss"]),
    ("Capt. James M. Steel, age 29, left.", ["James M. Steel"]),
    ("It was seen by Anne Venice Jarrow of the board.", ["Anne Venice Jarrow"]),
    ("It was bought by Warren Blevett in May.", ["Warren Blevett"]),
    ("It was bought by Neeharu N. Garg in May.", ["Neeharu N. Garg"]),
    ("It was bought by W. Stuart Symes in May.", ["W. Stuart Symes"]),
    ("It was bought by Kwok Ka-lin in May.", ["Kwok Ka-lin"]),
    ("Bradlee Birken pleaded guilty, and so did Silas Birken.", ["Silas Birken"]),
]

NOT_NAMES = [
    "The county was declared a Major Disaster Area on Tuesday.",
    "Students entered the Congressional Art Competition, a contest of the board.",
    "The vests are made of DuPonts Kevlar, director of fibres.",
    "The Ryan White Program pays for it.",
    "It was moved to Walter Reed in May.",
    "It was moved to the Walter Reed Army Medical Center.",
    "The Barbara Bush Foundation pays for it.",
    "They live on Martin Luther King Boulevard.",
    "The USS Ronald Reagan sailed.",
    "It was sold to Arnold & Porter LLP.",
    "It was sold to Charles Schwab.",
    "It was bought by Morgan Stanley.",
    "He flew to Santa Barbara and to San Jose Sharks Arena.",
    "She lives in Glen Burnie, Md.",
    "They met in Virginia Beach.",
    "They met at Camp David.",
    "The Department of Justice Civil Rights Division sued.",
    "President Today is a magazine.",
    "General Motors and General Electric met.",
    "The Christian Science Monitor wrote it.",
    "Happy New Year from the Harbor Board.",
    "Good Morning America showed it.",
    "The Dodd-Frank Act and the Clean Water Act passed.",
    "On Friday Mark will be there, and so will Bill.",
    "Fannie Mae and Freddie Mac lent it.",
    "The Attorney General for Civil Matters will arrive.",
    "Comet Marr was seen.",
    "President Obama left.",
    "Mr. Pell left.",
    "The Denmark-based A.P. Moller group left.",
    "It was made by Johnson & Johnson.",
    "The Bronze Star Medal was given.",
    "He was known aka Jim Bob, and left.",
    "Irika Shipping pleaded guilty.",
    "Bill Listening Session is on the list.",
    "They had Hepatitis C. This is so.",
]


@pytest.mark.parametrize(("text", "people"), NAMES)
def test_names(text: str, people: list[str]) -> None:
    assert names(text) == people


@pytest.mark.parametrize("text", NOT_NAMES)
def test_not_names(text: str) -> None:
    assert names(text) == []


ROLES = [
    ("NATO Secretary General Anders Fogh Rasmussen said it.", "NATO Secretary General"),
    ("President Barack Obama left.", "President"),
    ("Meanwhile, Russian President Dmitry Medvedev left.", "Russian President"),
    ("Senators Ada Quill and Ben Marsh left.", "Senator"),
    ("Secretary of State Hillary Clinton left.", "Secretary of State"),
    ("Special Agent in Charge James L. Turgal left.", "Special Agent in Charge"),
    ("Chief of Staff Gen. Mark Welsh left.", "Chief of Staff Gen."),
    ("Ann Lee, director of the museum, left.", "director of the museum"),
    ("Alan Greenspan, Chairman; and others left.", "Chairman"),
    ("Mr. Alan Greenspan left.", ""),
    ("Ann Lee, 42, left.", ""),
    ("Ann Lee, a resident of Ohio, left.", ""),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_roles(text: str, role: str) -> None:
    assert read(text).people[0].role == role


SPEAKERS = [
    "“It holds,” Ann Lee said.",
    "“It holds,” said Ann Lee.",
    "“It holds,” said Commissioner Ann Lee.",
    "Ann Lee, director of the museum, said it holds.",
    "Ann Lee (D-WI) today issued the following statement.",
    "Ann Lee also told reporters that it holds.",
    "According to Ann Lee, it holds.",
]

NOT_SPEAKERS = [
    "The quay was built by Ann Lee.",
    "He told Ann Lee that it holds.",
    "Ann Lee heard it said that it holds.",
    "Ann Lee, director of the museum, left.",
    "Ann Lee left. The board said it holds.",
    "Ann Lee today announced plans.",
    "The board said that Ann Lee left.",
    "It was so after Ann Lee testified before the board.",
]


@pytest.mark.parametrize("text", SPEAKERS)
def test_speakers(text: str) -> None:
    assert [(each.name, each.kind) for each in read(text).people] == [("Ann Lee", Kind.SPEAKER)]


@pytest.mark.parametrize("text", NOT_SPEAKERS)
def test_not_speakers(text: str) -> None:
    assert [(each.name, each.kind) for each in read(text).people] == [("Ann Lee", Kind.NAMED)]


def test_a_surname_joins_the_full_name_and_the_fullest_form_names() -> None:
    text = "Sen. Dick Lugar left. Richard G. Lugar, 74, came back. “No,” Lugar said. Senator Lugar’s bill passed."
    person = read(text).people[0]
    assert person.name == "Richard G. Lugar"
    assert [mention.name for mention in person.mentions] == ["Dick Lugar", "Richard G. Lugar", "Lugar", "Lugar"]
    assert len(read(text).people) == 1


def test_a_surname_two_people_share_joins_neither() -> None:
    people = read("Ann Lee met Jim Lee. “No,” Lee said.").people
    assert [(each.name, len(each.mentions)) for each in people] == [("Ann Lee", 1), ("Jim Lee", 1)]


@pytest.mark.parametrize(
    "text",
    ["Ann B. Lee met Ann C. Lee.", "John Lee Jr. met John Lee Sr.", "Ann Lee met Jim Lee."],
)
def test_two_people(text: str) -> None:
    assert len(read(text).people) == 2


def test_particles_belong_to_the_surname() -> None:
    person = read("Engineer Pieter van der Holt came. “No,” van der Holt said.").people[0]
    assert [mention.name for mention in person.mentions] == ["Pieter van der Holt", "van der Holt"]


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Maria do Carmo", "do Carmo"),  # Portugal, Brazil
        ("Maria da Fonseca", "da Fonseca"),
        ("Luís dos Santos", "dos Santos"),
        ("Pedro de los Rios", "de los Rios"),  # Spain
        ("Ana de las Casas", "de las Casas"),
        ("Carmen del Castillo", "del Castillo"),
        ("Luca della Rovere", "della Rovere"),  # Italy
        ("Paul du Pont", "du Pont"),  # France
        ("Jan ter Horst", "ter Horst"),  # Netherlands
        ("Karl von der Tann", "von der Tann"),  # Germany
        ("Greta af Klint", "af Klint"),  # Sweden
        ("Khalid bin Walid", "bin Walid"),  # Arabic
    ],
)
def test_names_with_particles(name: str, surname: str) -> None:
    people = read(f"The mayor, {name}, 42, came. Later {surname} left.").people
    assert [person.name for person in people] == [name]
    assert [mention.name for mention in people[0].mentions] == [name, surname]
    assert names(f"The keeper of the quay is Mayor {name}.") == [name]


def test_what_somebody_does_is_no_particle() -> None:
    assert names("This is what Mayor Ben Marsh had Ann Lee do Monday.") == ["Ben Marsh", "Ann Lee"]
    assert names("The unions do what Ann Lee does.") == ["Ann Lee"]


def test_known_people_are_found_in_the_title() -> None:
    person = read("Sen. Jon Kyl left.", title="SEN. KYL: QUAY IS OPEN").people[0]
    assert [(mention.name, mention.part) for mention in person.mentions] == [
        ("KYL", Part.TITLE),
        ("Jon Kyl", Part.BODY),
    ]


def test_people_come_in_the_order_of_their_first_appearance() -> None:
    assert names("President Ann Lee met Ben Marsh and Carla Voss, 42.") == ["Ann Lee", "Ben Marsh", "Carla Voss"]


def test_a_line_that_is_a_name_and_an_office_makes_a_statement() -> None:
    text = f"Ann Marsh, Secretary of Quays\n\n{PAD}"
    assert [(each.name, each.kind) for each in read(text).people] == [("Ann Marsh", Kind.SPEAKER)]


def test_a_signature_in_capitals() -> None:
    people = read(f"{PAD}\n\nANN R. MARSH JR.\n\nTHE QUAY HOUSE").people
    assert [(each.name, each.mentions[0].name, each.kind) for each in people] == [
        ("Ann R. Marsh Jr.", "ANN R. MARSH JR.", Kind.SPEAKER)
    ]


def test_the_turns_of_a_transcript() -> None:
    person = read("Secretary Ann Marsh met the press.\n\nQUESTION: Why?\n\nSECRETARY MARSH: It is to be so.").people[0]
    assert [(each.name, each.kind) for each in person.mentions] == [
        ("Ann Marsh", Kind.NAMED),
        ("MARSH", Kind.SPEAKER),
    ]


def test_a_stated_byline_is_a_person_of_its_own_kind() -> None:
    people = read("The quay is open.", ("byline", "Ann Marsh")).people
    assert [(each.name, each.kind, each.mentions[0].part) for each in people] == [
        ("Ann Marsh", Kind.BYLINE, Part.STATED)
    ]


CONTACTS = [
    "Contact: Andrew Wilder and Ryan Patmintra, 202/224-4521.",
    "Media Contact:\nAndrew Wilder\n(202) 224-4521\nRyan Patmintra\n(202) 224-4522",
    "For more information, contact Andrew Wilder or Ryan Patmintra at 202-224-4521.",
]


@pytest.mark.parametrize("text", CONTACTS)
def test_contacts(text: str) -> None:
    assert {(each.name, each.kind) for each in read(f"{PAD}\n\n{text}").people} == {
        ("Andrew Wilder", Kind.CONTACT),
        ("Ryan Patmintra", Kind.CONTACT),
    }


BOILERPLATE = [
    "About the Board: It was founded by Silas Boon in 1871.",
    "About the Board\n\nIt was founded by Silas Boon in 1871.",
    "###\n\nIt was founded by Silas Boon in 1871.",
    "-30-\n\nIt was founded by Silas Boon in 1871.",
    "Follow Silas Boon on Twitter and Facebook.",
    "THE QUAY OF SILAS BOON IS OPEN NOW",
    "Silas Boon Opens the Old Quay at Last",
]


@pytest.mark.parametrize("tail", BOILERPLATE)
def test_no_people_in_boilerplate_and_headings(tail: str) -> None:
    text = f"{PAD}\n\n{PAD}\n\n{tail}"
    release = read_release(
        Record(text, b"", "text/plain", stated=(Stated("title", "Quay Opens", rule("json-key", name="field")),)),
        "a.txt",
        datetime.date(2016, 1, 1),
    )
    assert release.people == ()


def test_a_stated_person_is_listed_where_the_text_names_them() -> None:
    assert [each.name for each in read("“No,” Jordan said.", ("person", "Jim Jordan")).people] == ["Jim Jordan"]
    assert read("Nobody left.", ("person", "Jim Jordan")).people == ()


def test_a_surname_after_a_title_is_kept_as_a_loser() -> None:
    proofs = [proof for proof in read("President Obama left.").evidence if proof.field == "person"]
    assert [(p.words, p.rule.sentence, p.chosen) for p in proofs] == [
        ("President Obama", "surname alone after a title", False)
    ]


def test_a_wire_in_capitals() -> None:
    text = 'PRESIDENT VIRGILIO BARCO SAID IT. "NO," BARCO ADDED. THE POLICE WILL BE THERE AND THE ARMY TOO.' * 2
    release = read_release(Record(text, b"", "text/plain"), "a.txt", datetime.date(2016, 1, 1))
    assert [(each.name, each.mentions[0].name) for each in release.people] == [("Virgilio Barco", "VIRGILIO BARCO")]


@pytest.mark.parametrize("mark", "'’‘`´′＇‛ʼ")
def test_all_apostrophes_of_a_name_are_one(mark: str) -> None:
    found = read(f'It is ready, said Senator Sean O{mark}Brien. "We will see," Senator Sean O’Brien said.').people
    assert [(each.name.replace("'", "’"), len(each.mentions)) for each in found] == [("Sean O’Brien", 2)]
    assert found[0].mentions[0].name == f"Sean O{mark}Brien"  # as the text has it
    assert names(f"SIGNED\n\nSEAN O{mark}BRIEN") in ([], ["Sean O’Brien"], ["Sean O'Brien"])
    stated = read("It opens.", ("byline", f"Sean O{mark}Brien")).people
    assert [each.name.replace("'", "’") for each in stated] == ["Sean O’Brien"]


def test_the_okina_of_a_name_stays_and_the_name_is_one() -> None:
    found = read("It is ready, said Senator Ann Kaʻala. Senator Ann Ka’ala said so.").people
    assert [(each.name, len(each.mentions)) for each in found] == [("Ann Kaʻala", 2)]


def test_a_name_cut_at_a_lines_end_is_whole() -> None:
    text = "It was opened by Director Anna Lind-\nqvist today.\n\n"
    text += "It is ready, said Lind-\nqvist. Judge Mari-\nana Roe went."
    found = read(text)
    assert [each.name for each in found.people] == ["Anna Lindqvist", "Mariana Roe"]
    mentions = [mention for each in found.people for mention in each.mentions]
    assert [mention.name for mention in mentions] == ["Anna Lind-\nqvist", "Lind-\nqvist", "Mari-\nana Roe"]
    assert all(found.body[mention.start : mention.end] == mention.name for mention in mentions)


def test_a_name_that_has_its_hyphen_elsewhere_keeps_it() -> None:
    found = names("It was opened by Director Anna Lind-\nqvist today. Director Anna Lind-qvist said so.")
    assert "Anna Lindqvist" not in found
