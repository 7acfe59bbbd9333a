"""Names from everywhere that families in Kent come from, put together by chance: nobody here is anybody.

They are what a record must hold without harm: marks above and below letters, two kinds of apostrophe,
hyphens, several words, no family name at all, and names that their owners write in another script.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random


@dataclass(frozen=True, slots=True)
class Called:
    """What somebody is called. Where they have one name only, it stands as given."""

    given: str
    family: str
    written: str = ""  # the same name in the script its owner writes it in


@dataclass(frozen=True, slots=True)
class Culture:
    """Given names for girls and boys, of which parents have theirs too, and the names of families."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    families: tuple[str, ...]
    script: dict[str, str] = field(default_factory=dict)  # each name as it is written there

    def call(self, chance: Random, *, gender: str, family: str, but: set[str]) -> Called:
        """A name that nobody else in the family has yet, as long as there are any; adds it to those taken."""
        names = self.female if gender == "female" else self.male
        given = chance.choice([name for name in names if name not in but] or names)
        but.add(given)
        parts = [self.script[name] for name in (given, family) if name in self.script]
        return Called(given, family, " ".join(parts) if len(parts) == 2 else "")

    def family(self, chance: Random) -> str:
        return chance.choice(self.families) if self.families else ""


def _culture(female: str, male: str, families: str) -> Culture:
    """A culture from names divided by semicolons, each with its own script after an equals sign, or none."""
    script: dict[str, str] = {}
    lists: list[tuple[str, ...]] = []
    for names in (female, male, families):
        pairs = [name.strip().partition("=") for name in names.split(";") if name.strip()]
        script |= {name: written for name, _, written in pairs if written}
        lists.append(tuple(name for name, _, _ in pairs))
    return Culture(lists[0], lists[1], lists[2], script)


CULTURES = (
    _culture(
        "Olive; Poppy; Zoë; Edith; Maisie; Hannah; Chloë; Gemma; Anne-Marie; Beth",
        "Alfie; Teddy; Wilfred; George; Noah; Kit; Callum; Darren; Jack; Samuel",
        "Larkin; Thornbury; Hopwood; Catt; Whitlock; Smith-Okafor; Pope; Lee; Beaney; Featherstonehaugh",
    ),
    _culture(
        "Niamh; Aoife; Sadhbh; Caoimhe; Gráinne; Róisín",
        "Oisín; Cillian; Tadhg; Fionn; Dáithí; Séamus",
        "O'Rourke; O’Shea; Ní Bhriain; Mac Giolla; D'Arcy; Ó Súilleabháin",
    ),
    _culture(
        "Siân; Eleri; Lowri; Angharad; Ffion",
        "Llŷr; Gethin; Iestyn; Owain; Tomos",
        "Llewelyn; Prŷs; ap Rhys; Pugh",
    ),
    _culture(
        "Zofia; Łucja; Hania; Małgorzata; Agnieszka",
        "Stanisław; Wojciech; Kuba; Michał; Łukasz",
        "Nowak; Wójcik; Dąbek; Świątek; Mazur-Żak",
    ),
    _culture(
        "Ștefania; Ioana; Anca; Mălina; Crina",
        "Ionuț; Mihăiță; Răzvan; Ștefan; Vlad",
        "Țurcanu; Popescu; Sârbu; Gânj",
    ),
    _culture(
        "Sofiia=Софія; Oksana=Оксана; Zlata=Злата; Mariia=Марія",
        "Danylo=Данило; Ostap=Остап; Taras=Тарас; Yurii=Юрій",
        "Shevchuk=Шевчук; Kovalenko=Коваленко; Kuch=Куч; Hryhoriv=Григорів",
    ),
    _culture(
        "Defne; Elif Şule; Zeynep; Gülçin; İpek",
        "Çınar; Emre; Kağan; Oğuz; Ümit",
        "Yıldız; Öztürk; Şahin; Ağaoğlu",
    ),
    _culture(
        "Layan=ليان; Maryam=مريم; Hala=هالة; Noor=نور",
        "Yusuf=يوسف; Omar=عمر; Ziad=زياد; Ibrahim=إبراهيم",
        "al-Khatib=الخطيب; Haddad=حداد; Nasser=ناصر; Abd al-Rahman=عبد الرحمن",
    ),
    _culture(
        "Asmita=अस्मिता; Sunita=सुनीता; Prakriti=प्रकृति",
        "Bishal=विशाल; Prabin=प्रवीण; Suman=सुमन",
        "Gurung=गुरुङ; Rai=राई; Limbu=लिम्बू; Thapa=थापा",
    ),
    _culture(
        "Simran; Jasleen; Harpreet; Gurleen",
        "Arjan; Manvir; Gurdeep; Jaspal",
        "Kaur Sandhu; Dhillon; Gill; Singh Bains",
    ),
    _culture(
        "Selam=ሰላም; Rahel=ራሄል; Winta=ዊንታ",
        "Filmon=ፊልሞን; Abel=ኣቤል; Yonas=ዮናስ",
        "Tesfay=ተስፋይ; Haile=ሃይለ; Gebre=ገብረ",
    ),
    _culture(
        "Ayọ̀bámi; Chidinma; Ngọzi; Tẹmítọ́pẹ́; Amarachi",
        "Olúwaṣeun; Emeka; Káyọ̀dé; Chukwuebuka; Tùndé",
        "Adébáyọ̀; Okonkwo; Ọlátúnjí; Eze; Nwachukwu-Ojo",
    ),
    _culture("Awa; Fatou; Ndèye; Khady", "Moussa; Ousmane; Cheikh; Mamadou", "N'Diaye; M'Baye; Diop; Sène"),
    _culture(
        "Conceição; Inês; Lúcia; Beatriz",
        "João; Gonçalo; Estêvão; Tomé",
        "D'Ávila; dos Santos; Magalhães; Brandão e Sá",
    ),
    _culture(
        "Yutong=雨桐; Zihan=子涵; Meiling=美玲",
        "Haoran=浩然; Jun=军; Zhiyuan=志远",
        "Ouyang=欧阳; Li=李; Chen=陈; Wu=吴",
    ),
    _culture("Mai Anh; Thị Hồng; Ngọc Bích", "Minh Đức; Quốc Bảo; Hữu Phước", "Nguyễn; Trần; Đặng; Võ"),
    _culture(
        "Thilini Kavindya; Nadeesha; Dilrukshi",
        "Chamara Sampath; Ruwan; Lahiru",
        "Wijesinghe Mudiyanselage; Rathnayake; Jayasuriya Kuranage Perera",
    ),
    _culture("Suharti; Wulandari; Parwati", "Suharto; Sukarjo; Hartono", ""),
    _culture("Zarghuna; Palwasha; Gulalai", "Najib; Ahmadullah; Zmarai", ""),
    _culture(
        "Marijke; Sanne; Øyvor; Ingeborg",
        "Øystein; Bjørn; Jeroen; Åke",
        "van der Berg; Sørensen; Åkesson; de Wit",
    ),
)
ONE_NAME = tuple(culture for culture in CULTURES if not culture.families)
OWN_SCRIPT = tuple(culture for culture in CULTURES if culture.script)
