import pytest

from sides.documents.language import detect

TEXTS = {
    "fr": "Les ministres des affaires étrangères se sont réunis vendredi dans la capitale et ont décidé de tracer la "
          "frontière ensemble, pour la première fois depuis la guerre, selon un communiqué.",
    "de": "Die Außenminister haben sich am Freitag in der Hauptstadt getroffen und sich darauf geeinigt, die Grenze "
          "gemeinsam zu markieren, wie es in einer Mitteilung des Gastgebers heißt, die nicht veröffentlicht wurde.",
    "es": "Los ministros de Exteriores se reunieron el viernes en la capital y acordaron trazar juntos la frontera, "
          "por primera vez desde la guerra, según un comunicado que no se ha publicado.",
    "tr": "Dışişleri bakanları cuma günü başkentte bir araya geldi ve sınırı birlikte çizmek için anlaştı; bu, "
          "savaştan sonra ilk kez oldu ve çok önemli olarak görüldü, ancak daha sonra bir açıklama gelmedi.",
    "pt": "Os ministros reuniram-se na sexta-feira na capital e decidiram traçar juntos a fronteira, pela primeira vez "
          "desde a guerra, segundo um comunicado que não foi publicado.",
    "it": "I ministri degli esteri si sono incontrati venerdì nella capitale e hanno deciso di tracciare insieme il "
          "confine, per la prima volta dalla guerra, secondo un comunicato che non è stato pubblicato.",
    "nl": "De ministers van Buitenlandse Zaken hebben elkaar vrijdag in de hoofdstad ontmoet en besloten om de grens "
          "samen te trekken, voor het eerst sinds de oorlog, zo staat in een verklaring.",
    "pl": "Ministrowie spotkali się w piątek w stolicy i uzgodnili, że wytyczą granicę razem, po raz pierwszy od "
          "wojny, jak podano w komunikacie, który nie został jednak opublikowany przez gospodarza.",
    "id": "Para menteri luar negeri bertemu pada hari Jumat di ibu kota dan sepakat untuk menetapkan perbatasan "
          "bersama, yang pertama sejak perang, kata sebuah pernyataan dari tuan rumah yang tidak diterbitkan.",
    "sw": "Mawaziri wa mambo ya nje walikutana siku ya Ijumaa katika mji mkuu na walikubaliana kuweka mpaka kwa "
          "pamoja, kwa mara ya kwanza tangu vita, ilisema taarifa ya serikali ya nchi hiyo.",
    "ru": "Министры иностранных дел встретились в пятницу в столице и договорились вместе обозначить границу, впервые "
          "после войны, как говорится в заявлении, которое не было опубликовано.",
    "uk": "Міністри закордонних справ зустрілися у п'ятницю в столиці та домовилися разом позначити кордон, уперше "
          "після війни, як було сказано у заяві, яка не була оприлюднена, але про що всі знають.",
    "ar": "اجتمع وزراء الخارجية يوم الجمعة في العاصمة واتفقوا على ترسيم الحدود معا لأول مرة منذ الحرب وفق بيان لم ينشر "
          "من قبل وقال مسؤول إن ذلك كان بعد محادثات بين الجانبين خلال الأسبوع",
    "fa": "وزیران خارجه روز جمعه در پایتخت دیدار کردند و توافق کردند که مرز را با هم مشخص کنند و این برای اولین بار از "
          "زمان جنگ است که در یک بیانیه به آن اشاره شده است",
    "he": "שרי החוץ נפגשו ביום שישי בבירה והסכימו לסמן יחד את הגבול, לראשונה מאז המלחמה.",
    "zh": "两国外交部长星期五在首都会晤，同意共同划定边界，这是战争以来的第一次。",
    "ja": "両国の外相は金曜日に首都で会談し、国境を共同で画定することで合意した。",
    "ko": "양국 외교장관은 금요일 수도에서 만나 국경을 함께 획정하기로 합의했다.",
}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_language_is_told_by_its_commonest_words_or_script(code: str) -> None:
    assert detect(TEXTS[code]) == code


def test_english_with_foreign_names_and_quotations_is_english() -> None:
    assert detect("The leader of La République en Marche met Die Linke and the Partido de la Revolución in Den Haag; "
                  "he said 'l'union fait la force' and left with envoys of the Izz al-Din al-Qassam brigades.") == "en"


def test_headlines_without_small_words_are_english_still() -> None:
    assert detect("Russia warns Turkey over Syria strikes. Iran envoy visits Baghdad for talks with militias. UN chief "
                  "urges calm in Libya. Israel denies attack on convoy. Egypt and Sudan sign deal on water.") == "en"


def test_a_short_text_has_the_benefit_of_the_doubt() -> None:
    assert detect("Cessez-le-feu à Gaza") is None


def test_a_language_that_is_not_on_the_list_is_still_not_english() -> None:
    assert detect("Ny olombelona rehetra dia teraka afaka sy mitovy zo sy fahamendrehana. Samy manan-tsaina sy "
                  "fieritreretana ka tokony hifampitondra am-pirahalahiana ny rehetra eto amin ny tany.") == "und"
