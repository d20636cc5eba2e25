"""The splitter against words labelled by hand: municipal compounds, and simple words that must stay whole.

The first list was looked at while the splitter was made; the second was labelled before it was first run on it and has
only been corrected where two readings are right ("fritidshjem" is fri, tid, hjem).
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.compounds import Splitter
from index.lemmas import lookup
from index.text import learned_members

LABELLED = """
støttepædagogkorpset støtte pædagog korps
skolebestyrelse skole bestyrelse
skolebestyrelserne skole bestyrelse
ungdomsudvalget ungdom udvalg
beskæftigelsesudvalget beskæftigelse udvalg
budgetforslag budget forslag
budgetforslagene budget forslag
besparelsesforslag besparelse forslag
daginstitution dag institution
daginstitutionsområdet dag institution område
specialundervisning special undervisning
børnehaveklasse barn have klasse
hjemmepleje hjemme pleje
ældrepleje ældre pleje
sundhedspleje sundhed pleje
sundhedsplejersker sundhed plejerske
kommuneplan kommune plan
lokalplan lokal plan
lokalplanforslag lokal plan forslag
anlægsbevilling anlæg bevilling
tillægsbevilling tillæg bevilling
driftsudgifter drift udgift
serviceramme service ramme
velfærdsteknologi velfærd teknologi
socialforvaltningen social forvaltning
økonomiudvalget økonomi udvalg
borgerrepræsentationen borger repræsentation
kommunalbestyrelsen kommunal bestyrelse
handicapområdet handicap område
kontanthjælp kontant hjælp
jobcenter job center
sygedagpenge syge dag penge
byggesag bygge sag
byggesagsbehandling bygge sag behandling
sagsbehandler sag behandler
sagsbehandlingstid sag behandling tid
trafiksikkerhed trafik sikkerhed
cykelsti cykel sti
vejbelysning vej belysning
affaldssortering affald sortering
genbrugsplads genbrug plads
spildevandsplan spildevand plan
klimatilpasning klima tilpasning
naturgenopretning natur genopretning
energirenovering energi renovering
plejehjem pleje hjem
plejehjemspladser pleje hjem plads
plejecentre pleje center
madservice mad service
rengøringsaftale rengøring aftale
personaleudgifter personale udgift
lønudgifter løn udgift
lærerstillinger lærer stilling
årsværkspris årsværk pris
pædagogmedhjælper pædagog medhjælper
skattestigning skat stigning
grundskyldspromille grund skyld promille
udligningsordning udligning ordning
effektiviseringsforslag effektivisering forslag
indsatsområder indsats område
støtteindsatsen støtte indsats
kulturhus kultur hus
biblioteksfilial bibliotek filial
svømmehal svømme hal
idrætsforening idræt forening
landdistriktspulje land distrikt pulje
byrådsmøde by råd møde
udvalgsmøde udvalg møde
dagsordenspunkt dag orden punkt
mødereferat møde referat
høringssvar høring svar
tilsynsrapport tilsyn rapport
inklusionsvejleder inklusion vejleder
familiebehandling familie behandling
tandplejen tand pleje
misbrugsbehandling misbrug behandling
integrationsindsats integration indsats
flygtningebørn flygtning barn
elevtal elev tal
klassekvotient klasse kvotient
normeringskrav normering krav
rammebesparelse ramme besparelse
"""
HELD_OUT = """
tilskudsordning tilskud ordning
nærhedsprincip nærhed princip
kommunegaranti kommune garanti
havneudvidelse havn udvidelse
brandstation brand station
skolebuskørsel skole bus kørsel
ungdomsklub ungdom klub
ungdomsklubberne ungdom klub
fritidshjem fri tid hjem
fritidspædagog fri tid pædagog
dagplejer dag plejer
dagplejeren dag plejer
hjemmehjælper hjemme hjælper
sprogvurdering sprog vurdering
tosprogsindsats tosprog indsats
beboerdemokrati beboer demokrati
almenboliger almen bolig
boligselskab bolig selskab
ejendomsskat ejendom skat
indkomstskat indkomst skat
skattegrundlag skat grund lag
regnskabsresultat regnskab resultat
budgetopfølgning budget opfølgning
budgetaftalen budget aftale
budgetforhandlinger budget forhandling
investeringsoversigt investering oversigt
prisfremskrivning pris fremskrivning
befolkningsprognose befolkning prognose
vintertjeneste vinter tjeneste
snerydning sne rydning
gadelamper gade lampe
parkeringsafgift parkering afgift
kollektivtrafik kollektiv trafik
buslinje bus linje
havvindmøllepark havvindmølle park
solcelleanlæg sol celle anlæg
varmeværk varme værk
fjernvarmenet fjern varme net
vandløbsregulativ vand løb regulativ
oversvømmelsesrisiko oversvømmelse risiko
skovrejsning skov rejsning
legepladser leg plads
kunstmuseum kunst museum
musikskole musik skole
teatertilskud teater tilskud
turistforening turist forening
erhvervsråd erhverv råd
iværksætterpulje iværksætter pulje
lærlingepladser lærling plads
virksomhedspraktik virksomhed praktik
førtidspension før tid pension
ressourceforløb ressource forløb
borgerservicecenter borger service center
selvbetjeningsløsning selvbetjening løsning
aktindsigtssag aktindsigt sag
whistleblowerordning whistleblower ordning
ligestillingsudvalg ligestilling udvalg
ældreråd ældre råd
plejecenterleder pleje center leder
"""
SIMPLE = """
kommune kommunen politik budget budgettet forvaltning forvaltningen udvalg udvalget beslutning indstilling
forslag forslaget tilskud medarbejder medarbejdere organisation institution kultur rapport rapporten station
mandag tirsdag onsdag fredag resultat materiale personale balance protokol formular oplæg analyse turisme
sundhed tilbud område projekt direktør familie telefon moderne central september oktober december november
januar februar august system metode periode social kapital paragraf afdeling besparelse effektivisering
investering konsekvens aktivitet ansvar borger formand økonomi integration konsulent dokument kontrakt
kvalitet prioritering reduktion finansiering bevilling indkøb levering tilsyn vurdering undersøgelse ordning
forening forældre elever lærerne pædagog pædagoger bibliotek teknik miljø idræt handicap kontor centrum
regnskab revision overførsel underskud overskud inflation pension kompetence konkurrence kommission
administration sekretariat stilling ydelse ydelser takst afgift gebyr udgift indtægt merudgift normering
ressource ressourcer inklusion distrikt ejendom ejendomme renovering indsats indsatsen henvendelse svar
spørgsmål venlig hilsen møde mødet referat bilag tabel måned kvartal procent million kroner lovgivning
rådgivning sammenhæng mulighed nødvendig forudsætning ændring anbefaling kapacitet adgang anmodning arkitekt
assistent behandling bekymring bestemmelse bidrag boliger brugere cykler deltager demokrati emne enhed
erfaring etablering evaluering faglig forbrug forbedring formål forpligtelse fortrolig funktion følge gruppe
handling henvisning hensyn hjemmel høring initiativ instruks interesse journal kandidat kategori kollega
kommentar koordinering leder ledelse metal minister muligheder netværk notat opgave opfølgning omkostning
oplysning overblik parti patient personlig plan prognose proces produkt protest psykolog publikum regering
region rekruttering retning rutine samarbejde samtale sekretær selskab situation skema statistik strategi
struktur studie supplement teater tekst tema terapeut tolk tradition udbud uddannelse udfordring udvikling
vedtægt virksomhed voksen økologi orientering kollektiv maskine alternativ
"""


@pytest.fixture(scope="module")
def splitter() -> Splitter:
    return Splitter(learned_members(), lookup)


def labelled(table: str) -> dict[str, tuple[str, ...]]:
    rows = (line.split() for line in table.strip().splitlines())
    return {word: tuple(members) for word, *members in rows}


# Measured: 81 of 82 and 57 of 59. Misses: vejleder is cut once more, iværksætter read as its verb, tosprog unknown.
@pytest.mark.parametrize(("table", "share"), [(LABELLED, 0.95), (HELD_OUT, 0.93)], ids=["labelled", "held out"])
def test_compounds_come_apart_as_labelled(splitter: Splitter, table: str, share: float) -> None:
    words = labelled(table)
    wrong = {
        word: (splitter.split(word), members) for word, members in words.items() if splitter.split(word) != members
    }

    assert len(wrong) <= (1 - share) * len(words), wrong


def test_there_are_enough_labels() -> None:
    assert len(labelled(LABELLED)) + len(labelled(HELD_OUT)) >= 120
    assert len(SIMPLE.split()) >= 200


# Measured: none of them is split.
def test_simple_words_stay_whole(splitter: Splitter) -> None:
    split = {word: splitter.split(word) for word in SIMPLE.split() if splitter.split(word)}

    assert len(split) <= 2, split


@pytest.mark.parametrize(
    ("word", "members"),
    [
        ("støttepædagogkorpset", ("støtte", "pædagog", "korps")),
        ("støtteindsatsen", ("støtte", "indsats")),
        ("børnehaveklassen", ("barn", "have", "klasse")),
        ("kultur", ()),
        ("rapport", ()),
        ("mandag", ()),
        ("by", ()),
        ("", ()),
        ("2024", ()),
        ("æ" * 5000, ()),
    ],
)
def test_known_words(splitter: Splitter, word: str, members: tuple[str, ...]) -> None:
    assert splitter.split(word) == members


@pytest.mark.xfail(strict=True, reason="the dictionary does not know the word tosprog, so its -s- cannot be told")
def test_a_member_that_no_dictionary_knows(splitter: Splitter) -> None:
    assert splitter.split("tosprogsindsats") == ("tosprog", "indsats")


@given(st.text(alphabet="abdefgiklmnoprstuvyæøå", max_size=40))
def test_the_pieces_of_any_word_are_the_word(word: str) -> None:
    cut = Splitter(learned_members(), lookup).cut(word)

    assert "".join(form for form, _ in cut) in ("", word)
    assert len(cut) != 1
