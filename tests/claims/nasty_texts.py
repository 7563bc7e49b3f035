"""Texts that no one means to be read, made as odd as text gets, for the fuzz tests."""

from __future__ import annotations

NAMES = ("Russia", "Ukraine", "France", "Israel", "Poland", "Turkey", "Germany", "Iran", "Syria", "Iraq", "China",
         "Japan", "Egypt", "Hungary", "Qatar", "Hamas", "Hezbollah", "Bashar al-Assad", "the EU", "the Taliban")
PLAIN = "France criticised Hungary in 2015, and the Hungarian government said that it would respond. "
SYLLABLES = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu")


def names(count: int) -> list[str]:
    return [NAMES[place % len(NAMES)] for place in range(count)]


def invented(number: int) -> str:
    """A name that no list knows, another one for each number."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:03}").capitalize()


NASTY = {
    "empty": "",
    "a full stop": ".",
    "white space": " \t\r\n\v\f\x85\u2028\u2029\u00a0\u3000 \n\n",
    "punctuation": "?! ... ,,; :-) -- — “” ‘’ «» () [] {} <> / \\ | § ¶ • † … \" ' `",
    "numbers": "1 2,000 3.5 -4 1e9 50% $3bn 12:30 1/2 ½ Ⅷ 0x1F 192.168.0.1 +33 1 42",
    "dates": "2015-03-04. 4/3/15, 30 February 2015, in 0000, in 99999, since 1900 until 1800, Monday, Monday, 13/13/13",
    "combining marks": "I\u0301r\u0300an\u0323 attacked I\u0308srael. I" + "\u0301" * 300 + "ran met Israel.",
    "right to left": "\u202eIran attacked Israel\u202c. إيران هاجمت إسرائيل. Iran (إيران) attacked ישראל and Syria.",
    "emoji": "🇮🇷 attacked 🇮🇱 👩‍👩‍👧‍👦. Iran 🤝 Syria 💥💥💥 attacked 🔥 Israel 😀" + "😀" * 200,
    "zero width": "I\u200bran at\u200dtacked Is\u2060rael\ufeff. Iran\u200b\u200battacked\u200bIsrael\u00ad.",
    "lone surrogates": "Iran \ud800 attacked \udfff Israel. \udc00Iran\ud83d met Syria\ude00.",
    "control characters": "Iran\x00attacked\x01Israel\x07.\x1b[31mIran\x1b[0m met\x7f Syria.\x0cIran\x0bmet\x08 Iraq.",
    "odd line ends": "Iran attacked\rIsrael.\r\n\rIran\n\rmet\x85Syria.\u2028Hamas\u2029thanked\fIran.\v",
    "bytes misread": "IranÃ¢â‚¬â„¢s attack on Israel â€œhurtâ€\x9d Syria \ufffd\ufffd Ã©",
    "all capitals": "IRAN ATTACKED ISRAEL. SYRIA'S PRESIDENT ASSAD MET HAMAS LEADERS IN DAMASCUS ON MONDAY, SAID EU.",
    "no capitals": "iran attacked israel. president assad said hamas will not meet turkey unless qatar mediates",
    "alternating": "iRaN aTtAcKeD iSrAeL aNd PrEsIdEnT aSsAd MeT hAmAs",
    "no verbs": "Iran. Israel! Syria? Iran and Israel. President Assad, leader of Syria, friend of Iran. Ties. Talks.",
    "only verbs": "Attacked. Attacked, attacked and attacked. Said. Said that said. Meet, met, meeting. Is. Be.",
    "one actor": "Iran attacked Iran. Iran and Iran met. Iran's Iran said Iran told Iran that Iran is Iran's ally.",
    "list": "- Iran\n- Israel\n  * attacked\n1. Syria\n2) Iraq, ally of\n\n• Hamas\n\ta) met Qatar",
    "table": "| Country | Stand | Of |\n|---|---:|:--|\n| Iran | attacked | Israel |\n" + "Syria\tally\tIran\n" * 20,
    "code": "def attack(iran, israel):\n    return iran.attack(israel) if iran != israel else {'Iran': [\"Israel\"]}",
    "mark-up": "<p>Iran &amp; Syria &#8217; attacked</p><br/>Israel<!-- Iran met --><script>a='Iran'</script>",
    "quotes over paragraphs": "“We, Iran, attacked Israel.\n\n“He said: ‘Syria met “Hamas”.\n\n“They” left,’ he said.",
    "unbalanced quotes": "“Iran attacked ”Israel” said “Syria \" ' ’ ‘Hamas' told “Iraq « Qatar » » it will help them.",
    "quotes in quotes": "“‘\"" * 60 + "We attacked Israel" + "\"’”" * 60 + ", said Iran.",
    "brackets": "(" * 300 + "Iran [attacked {Israel" + ")" * 300 + " (Syria (Iraq (Hamas) met) Qatar",
    "open brackets": "(Iran " * 150 + "attacked Israel",
    "ruled lines": "Iran met Syria.\n" + "=" * 8000 + "\n" + "_-" * 2000 + "\nIran attacked Israel. " + "$" * 8000,
    "hyphens": "Iran-Israel-" * 100 + "Syria war. The " + "anti-" * 200 + "Iran-backed-" + "pro-" * 100 + "Assad ally",
    "possessors": "'s ".join(names(150)) + " ally attacked Israel’s’s’s 's",
    "of of of": "Iran attacked " + "the ally of " * 200 + "Israel",
    "titles": "President " * 1100 + "Assad attacked Israel. " + "Mr " * 100,
    "many titled": "leader of the leader and president " * 100 + "of Iran",
    "adjectives": "Iran attacked " + "Syrian " * 300 + "forces",
    "many actors": ", ".join(names(300)) + " attacked " + " and ".join(names(100)) + ".",
    "actors without commas": " ".join(names(300)),
    "clauses": " ".join(f"{name} said that" for name in names(150)) + " Iran attacked Israel",
    "relative clauses": "Iran attacked " + " ".join(f"{name}, which supported" for name in names(150)) + " Israel",
    "lists of acts": "Iran " + ", ".join(f"attacked {name}" for name in names(150)),
    "dated over and over": "Iran attacked Israel " + "in March 2015, " * 200,
    "repeated names": "Iran " * 1000 + "Israel",
    "repeated sentence": "Iran attacked Israel. " * 100,
    "invented names": " ".join(f"{invented(n)} {invented(n + 7)} of the {invented(n)} Party spoke." for n in range(90)),
    "one long word": "Iran" * 2000 + " attacked " + "Israel" * 2000,
    "a long address": "https://example.org/" + "Iran/attacked/Israel?x=%20&" * 100 + " Iran met Syria.",
    "several languages": "L’Iran a attaqué Israël. Der Iran griff Israel an. Иран напал на Израиль. "
                         "伊朗袭击了以色列。"
                         "イランは攻撃した。"
                         " Το Ιράν επιτέθηκε. ईरान ने हमला किया। อิหร่านโจมตีอิสราเอล İran İsrail’e saldırdı. ßΣς ŉ ﬁ.",
}
