"""All lemmas of a form, short last members, and words that no dictionary has: what finds what, and what it must not."""

from __future__ import annotations

import pytest

from index.readings import readings
from index.text import Analyser


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


# What is typed, and forms that it must find: they share a lemma, or have it as a member.
FOUND = """
fremmed: fremmede
fri: friere
skæv: skævere
medium: mediet medierne
tank: tanken tankerne
meter: metrene
top: toppe toppene
få: færre færrest
rør: rørene kloakrør
bad: badet svømmebad
sang: sangen
dans: dansen danse
skift: skiftet
bor: boret
klip: klippet filmklip
får: fåret fårene
græs: græsset kunstgræs
lån: lånet lånene lånerammen
by: havneby havnebyerne storby
kø: bilkø
bo: dødsbo
ø: halvø
is: havis
te: urtete
ur: tårnuret
arv: kulturarv
dom: byretsdom
ring: nøglering
skab: køleskab
skilt: vejskilt
hegn: vildthegn
greb: dørgreb
pas: fritidspas
ministerium: transportministeriet ministeriets
centrum: centret
skyldes: skyldtes
mødes: mødtes
umiddelbar: umiddelbart
dække: dækket
koste: kostet
fortsætter: fortsat
kristen: kristne
grøn: grønt grønne
nævnes: nævner
udtale: udtalte udtalt
tage: tog
time: timers
omgivelse: omgivelserne
mindre: mindst
let: lette
so: søer
Åboulevarden: åboulevard åboulevardens
boulevard: Åboulevarden
Vollsmose: vollsmosen vollsmosens
kvofløng: kvofløngen kvofløngerne kvofløngens
fin: fint finere
tale: talt talte
læse: læst
byde: bød
forbyde: forbød
fryse: frøs
binde: bundet
stang: stænger
ond: ondt værre
billig: billige
sikker: sikre
spise: spiser
pumpe: pumpen
kilde: kilderne kildernes
hjerte: hjerter
motion: motioner
komité: komiteer komiteen
idé: ideer ideens
allé: alleer
eksempel: eksemplet
finger: fingre
lager: lagre
bror: broder
landbrug: landbrugsskole landbrugsstøtten
hav: vesterhavet
fornyelse: byfornyelse
sundhed: folkesundhed
øje: øjenlæge
svin: svineproduktion
mand: mandeklub
demokrat: socialdemokraterne
"""
# What is typed, and forms that it must not find.
APART = """
by: derby hobby derbyet
får: færre
bo: nabo
ø: miljø
te: støtte rette
ur: natur kultur figur
dom: sygdom ungdom
ring: vurdering regering
skab: landskab venskab
kilt: vejskilt
tegn: vildthegn
bar: bare
and: anden
båd: både
side: siden
Hans: hansen hansens
far: får
kost: koster
stol: stolt
mas: mast
lære: lærerne
dansk: danskere
åre: årets
ret: konkret konkrete
år: årsag formår begår
sag: årsag
is: bronkitis
ben: benægter
tage: plantage
band: bandage
kasse: kasserolle
parti: partikel
kilo: kilometer
alle: allé
rose: rosé
læs: læsesal
fælle: fælles
slag: slags
"""


def pairs(table: str) -> list[tuple[str, str]]:
    lines = (line.split(": ") for line in table.strip().splitlines())
    return [(typed.lower(), form.lower()) for typed, forms in lines for form in forms.split()]


def finds(analyser: Analyser, typed: str, form: str) -> bool:
    return not set(analyser.word(typed).lemmas).isdisjoint(analyser.word(form).terms)


@pytest.mark.parametrize(("typed", "form"), pairs(FOUND))
def test_a_word_finds_every_form_that_may_be_its(analyser: Analyser, typed: str, form: str) -> None:
    assert finds(analyser, typed, form)


@pytest.mark.parametrize(("typed", "form"), pairs(APART))
def test_words_that_only_look_alike_stay_apart(analyser: Analyser, typed: str, form: str) -> None:
    assert not finds(analyser, typed, form)


def test_a_noun_that_is_an_imperative_too_is_mostly_the_noun(analyser: Analyser) -> None:
    assert analyser.word("rør").lemmas == ("roer", "roere")
    assert analyser.word("får").lemmas == ("faa", "faar")


def test_readings_follow_from_the_forms_beside_one() -> None:
    forms = {
        "svar": "svar", "svaret": "svare", "svarets": "svar", "svare": "svare", "svarer": "svare", "svarende": "svare",
        "løb": "løbe", "løbet": "løb", "løbene": "løb", "løbe": "løbe", "løber": "løbe", "løbende": "løbe",
        "huset": "hus", "hus": "hus",
    }  # fmt: skip

    assert readings(forms) == {"svaret": ("svare", "svar"), "løb": ("løb", "løbe"), "løbet": ("løb", "løbe")}
