"""One name in several spellings, and different names that look alike.

`KNOWN`: spellings of actors of the registry as reporting has them; each must lead to its actor. `ALIKE` and
`DIFFERENT`: 52 pairs written to mislead, the truth of each set down before it was tried. None of the different ones
may be linked.
"""

import pytest

from sides.actors.names import fold, is_same_person_name
from sides.actors.registry import NameType, Strength
from sides.model.actor import ActorKind
from tests.actors.resolving import registry, who

KNOWN = [
    ("Ismail Haniyeh", "ismail-haniyeh"), ("Isma’il Haniyeh", "ismail-haniyeh"), ("Ismael Haniya", "ismail-haniyeh"),
    ("Ismail Haniyah", "ismail-haniyeh"), ("Isma'il Haniya", "ismail-haniyeh"), ("Ismaïl Haniyeh", "ismail-haniyeh"),
    ("Khaled Meshaal", "khaled-meshaal"), ("Khaled Mashaal", "khaled-meshaal"), ("Khaled Mashal", "khaled-meshaal"),
    ("Khalid Mishal", "khaled-meshaal"), ("Khaled Mesh’al", "khaled-meshaal"), ("Khalid Mash'al", "khaled-meshaal"),
    ("Yahya Sinwar", "yahya-sinwar"), ("Yihya Sinwar", "yahya-sinwar"), ("Yehya al-Sinwar", "yahya-sinwar"),
    ("Qassem Soleimani", "qassem-soleimani"), ("Qasem Soleimani", "qassem-soleimani"),
    ("Qasim Sulaimani", "qassem-soleimani"), ("Kassem Suleimani", "qassem-soleimani"),
    ("Ghassem Soleimani", "qassem-soleimani"), ("Esmail Qaani", "esmail-qaani"), ("Ismail Qa'ani", "esmail-qaani"),
    ("Hezbollah", "hezbollah"), ("Hizbullah", "hezbollah"), ("Hizbollah", "hezbollah"), ("Hizballah", "hezbollah"),
    ("Hassan Nasrallah", "hassan-nasrallah"), ("Hasan Nasrullah", "hassan-nasrallah"),
    ("Hafez al-Assad", "hafez-al-assad"), ("Hafiz Asad", "hafez-al-assad"), ("Bashar al-Assad", "bashar-al-assad"),
    ("Bashar Al Asad", "bashar-al-assad"), ("Bashar Assad", "bashar-al-assad"), ("Hassan Rouhani", "hassan-rouhani"),
    ("Hasan Ruhani", "hassan-rouhani"), ("Ebrahim Raisi", "ebrahim-raisi"), ("Ibrahim Raeisi", "ebrahim-raisi"),
    ("Ali Khamenei", "ali-khamenei"), ("Ali Khamene'i", "ali-khamenei"), ("Saleh al-Arouri", "saleh-al-arouri"),
    ("Salih al-Aruri", "saleh-al-arouri"), ("Mousa Abu Marzouk", "mousa-abu-marzouk"),
    ("Musa Abu Marzuq", "mousa-abu-marzouk"), ("Abdel Fattah el-Sisi", "abdel-fattah-el-sisi"),
    ("Abdul Fattah al-Sissi", "abdel-fattah-el-sisi"), ("Mohammed Morsi", "mohamed-morsi"),
    ("Muhammad Mursi", "mohamed-morsi"), ("Avigdor Liberman", "avigdor-lieberman"),
    ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"), ("Mahmud Abbas", "mahmoud-abbas"),
    ("Mohamad Jawad Zarif", "mohammad-javad-zarif"),
]
ALIKE = [
    ("Esmaeil Ghaani", "Esmail Qaani"), ("Isaak Hertzog", "Isaac Herzog"), ("Talal Nagi", "Talal Naji"),
    ("Volodymyr Zelenskiy", "Volodymyr Zelenskyy"), ("Vladimir Zelensky", "Volodymyr Zelenskyy"),
    ("Alexander Lukashenko", "Aliaksandr Lukashenka"), ("Alexei Navalny", "Alexej Nawalny"),
    ("Ahmet Davutoğlu", "Ahmet Davutoglu"), ("Mevlüt Çavuşoğlu", "Mevlut Cavusoglu"),
    ("Benjamin Netanyahu", "Binyamin Netanyahou"), ("Yitzhak Rabin", "Itzhak Rabin"),
    ("Itamar Ben-Gvir", "Itamar Ben Gvir"), ("Ayatollah Ali Khamenei", "Ali Khamenehi"),
    ("Mao Zedong", "Mao Tse-tung"), ("Zhou Enlai", "Chou En-lai"), ("Chiang Kai-shek", "Jiang Jieshi"),
    ("Lee Myung-bak", "Yi Myong-bak"), ("Moshe Ya'alon", "Moshe Yaalon"), ("Gamal Mubarak", "Jamal Mubarak"),
    ("Sergei Shoigu", "Sergey Shoygu"),
]
DIFFERENT = [
    ("Jamal Mazhar", "Jamil Mazhar"), ("March", "Mohamed Morsi"), ("Mohammed March", "Mohamed Morsi"),
    ("Salman", "Qassem Soleimani"), ("Qasim Salman", "Qassem Soleimani"), ("Hassan Nasser", "Hassan Nasrallah"),
    ("Radwan", "Radwan Force Commander"), ("Hafez al-Assad", "Bashar al-Assad"), ("Maher al-Assad", "Bashar al-Assad"),
    ("Ali Khamenei", "Ruhollah Khomeini"), ("Ali Khamenei", "Hassan Khomeini"), ("Kim Jong-un", "Kim Jong-il"),
    ("Kim Il-sung", "Kim Jong-il"), ("Raul Castro", "Fidel Castro"), ("Rafik Hariri", "Saad Hariri"),
    ("Bahaa Hariri", "Saad Hariri"), ("Mohammed Sinwar", "Yahya Sinwar"), ("Mohammed bin Salman", "Mohammed bin Nayef"),
    ("Mohammed bin Zayed", "Mohammed bin Rashid"), ("George Bush", "Jeb Bush"), ("Ilham Aliyev", "Heydar Aliyev"),
    ("Abdullah Gul", "Abdullah Ocalan"), ("Ali Abdullah Saleh", "Ali Salem al-Beidh"),
    ("Hassan Rouhani", "Hassan Rohana"),
    ("Rashid Ghannouchi", "Mohamed Ghannouchi"), ("Nabih Berri", "Nabil Berri"), ("Amr Moussa", "Omar Moussa"),
    ("Walid Muallem", "Walid Mualla"), ("Ahmed Jibril", "Ahmed Jabari"), ("Ziyad Nakhalah", "Ziad Nahla"),
    ("Saeb Erekat", "Yasser Arafat"), ("Viktor Yanukovych", "Viktor Yushchenko"),
]


def owners(name: str) -> set[str]:
    """The actors whom the registry knows under a full name, or a person under one that sounds alike."""
    found = [name for name in registry().named(fold(name)) if name.type is not NameType.SURNAME]
    alone = {name.actor for name in found if name.strength is Strength.ALONE}
    return alone or {name.actor for name in found} or set(registry().persons_like(name, registry().states()))


def is_linked(one: str, other: str) -> bool:
    return is_same_person_name(one, other) or bool(owners(one) & owners(other))


@pytest.mark.parametrize(("name", "actor"), KNOWN)
def test_a_known_actor_is_found_in_every_spelling(name: str, actor: str) -> None:
    assert owners(name) == {actor}


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_far_spellings_of_one_name_are_linked(one: str, other: str) -> None:
    assert is_linked(one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_no_two_persons_are_linked(one: str, other: str) -> None:
    assert not is_linked(one, other)
    assert not is_linked(other, one)


def test_the_lists_are_as_long_as_the_bar_says() -> None:
    assert (len(KNOWN), len(ALIKE) + len(DIFFERENT)) == (51, 52)


def test_no_name_of_the_registry_is_taken_for_another_person_of_its_state() -> None:
    linked = [
        (name.text, person, other)
        for person in registry().ids() if registry().get(person).kind is ActorKind.PERSON
        for name in registry().names_of(person) if name.type is not NameType.SURNAME
        for other in registry().persons_like(name.text, [registry().get(person).country or ""])
        if other != person and fold(name.text) not in {fold(own.text) for own in registry().names_of(other)}
    ]
    assert linked == []


def test_of_two_who_sound_alike_the_one_with_as_many_names_is_meant() -> None:
    assert registry().persons_like("Ahmed Massoud", ["afghanistan"]) == ("ahmad-massoud",)
    assert registry().persons_like("Ahmed Shah Masood", ["afghanistan"]) == ("ahmad-shah-massoud",)


def test_a_lone_surname_is_linked_to_nobody_before_a_full_name() -> None:
    assert who("Radwan spoke in Beirut.", "Radwan") != ["radwan-force"]
    assert who("In March, Salman met the Iranians.", "March") == []
