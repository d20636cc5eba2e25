"""Decisions told outside of minutes: in letters, mails and articles, and the turns that a verb may take."""

from __future__ import annotations

import pytest
from decided import KUU, SOU, Found, decisions, found

ELSEWHERE: list[tuple[str, list[Found]]] = [
    ("Fjordby Kommune har besluttet at lukke svømmehallen.", [(None, "beslutte", "decided")]),
    ("Region Nordhavet har vedtaget en psykiatriplan.", [(None, "vedtage", "decided")]),
    ("Nabokommunen har udskudt sin beslutning til maj.", [(None, "udskyde", "postponed")]),
    ("Byrådet i Fjordby Kommune godkendte regnskabet.", [("Byrådet", "godkende", "decided")]),
    ("Byrådet sagde mandag ja til at bygge en ny hal.", [("Byrådet", "sige ja", "decided")]),
    ("En lignende plan blev opgivet, efter at Byrådet havde stemt nej.", [("Byrådet", "stemme nej", "rejected")]),
    ("Et forslag om en ny bro blev stemt ned.", [(None, "nedstemme", "rejected")]),
    ("Byrådet stemte i går sammenlægningen ned.", [("Byrådet", "nedstemme", "rejected")]),
    ("Et enigt Folketing besluttede at bevilge 5 mio. kr.", [("Folketinget", "beslutte", "decided")]),
    ("Beslutningen om at lukke skolen er truffet af Byrådet.", [("Byrådet", "træffe beslutning", "decided")]),
    ("Byrådet tog ikke redegørelsen til efterretning.", [("Byrådet", "tage til efterretning", "rejected")]),
    ("Kommunen skal spare. Ledelsen besluttede at spare på IT.", [(None, "beslutte", "decided")]),
    ("Byrådsmedlemmerne godkendte regnskabet.", [("Byrådet", "godkende", "decided")]),
    ("Det faldt med seks stemmer mod én.", [(None, "falde", "rejected")]),
    ("Med vedtagelsen af budget 2024 er der afsat 3 mio. kr.", [(None, "vedtage", "decided")]),
    ("Der er truffet beslutning om at sælge grunden.", [(None, "træffe beslutning", "decided")]),
    ("SOU21 er sendt i høring.", [(None, "sende i høring", "decided")]),
    ("Pkt. 4: blev udsat til januar.", [(None, "udsætte", "postponed")]),
    ("Planen er vedtaget af et bredt flertal i Byrådet.", [("Byrådet", "vedtage", "decided")]),
    ("Budgettet blev vedtaget af A, B og F med 12 stemmer.", [(None, "vedtage", "decided")]),
    ("Forslaget om at lukke broen blev taget af bordet.", [(None, "tage ud", "rejected")]),
    ("Kanden blev taget af bordet.", []),
    ("Forslaget kunne ikke opnå flertal i Byrådet.", [("Byrådet", "opnå ikke flertal", "rejected")]),
    ("Forslaget kan ikke opnå flertal i Byrådet.", []),
    ("Forslaget blev afvist på byrådsmødet den 28. maj.", [("Byrådet", "afvise", "rejected")]),
    ("Så sent som i maj anbefalede Socialudvalget at gå videre.", [(SOU, "anbefale", "recommended")]),
    (
        "Planen udgår, selv om Ældrerådet havde indstillet, at den blev godkendt.",
        [("Ældrerådet", "indstille", "recommended")],
    ),
    ("Hallen lukker, har Kulturudvalget besluttet.", [(KUU, "beslutte", "decided")]),
    (
        "Byrådet vedtog en strategi, mens spørgsmålet om en fond blev udskudt.",
        [("Byrådet", "vedtage", "decided"), ("Byrådet", "udskyde", "postponed")],
    ),
    (
        "Byrådet vedtog planen. Det blev samtidig besluttet at sælge grunden.",
        [("Byrådet", "vedtage", "decided"), ("Byrådet", "beslutte", "decided")],
    ),
    (
        "Byrådet besluttede, at hallen bygges, og tog notatet til efterretning.",
        [("Byrådet", "beslutte", "decided"), ("Byrådet", "tage til efterretning", "decided")],
    ),
    ("Byrådet beslut-\ntede at lukke skolen.", [("Byrådet", "beslutte", "decided")]),
    ("Du har søgt aktindsigt.\nVi har besluttet at give dig aktindsigt.", [(None, "beslutte", "decided")]),
    ("Vi afslår din ansøgning.", [(None, "afslå", "rejected")]),
    # none
    ("Byrådet stemte i går om at sætte prisen ned.", []),
    ("Ledelsen besluttede at lukke fabrikken.", []),
    ("Valget er truffet af Byrådet.", []),
    ("Socialudvalget er fast besluttet på at søge penge.", []),
    ("Med vedtagelsen af budget 2026 skal der findes 10 mio. kr.", []),
    ("Kommunen anbefaler borgerne at koge vandet.", []),
    ("Der er afsat et rådighedsbeløb i budgettet.", []),
    ("Forældrene har ønsket, at salen blev besluttet i foråret.", []),
    ("Der blev stillet forslag om, at sagen blev udsat.", []),
    ('Han skriver, at Byrådet har "besluttet at lukke" skolen.', []),
    ("Forslaget er hverken vedtaget eller godkendt.", []),
    ("Forslaget er heller ikke vedtaget.", []),
    ("Du spørger, hvornår det blev besluttet at sælge skolen.", []),
    ("Der findes ikke noget referat, hvor Økonomiudvalget har udsat sagen.", []),
    ("Udvalget for Kultur består af 7 valgte medlemmer.", []),
    ("Regnskabet er godkendt af revisionen.", []),
    ("Byrådet afviste kritikken.", []),
    ("Elevrådet besluttede at male klassen.", []),
    ("Menighedsrådet besluttede at male kirken.", [("Menighedsrådet", "beslutte", "decided")]),
    ("Menighedsrådet afslog ansøgningen om 20.000 kr.", [("Menighedsrådet", "afslå", "rejected")]),
    ("Bestyrelsen for Havnen A/S besluttede at hæve lejen.", []),
    ("Socialudvalget mener, at den aftale, der er vedtaget af et mindretal, er god.", []),
    ("Vi besluttede at afslå din brors tilbud.", []),
]


@pytest.mark.parametrize(("text", "wanted"), ELSEWHERE)
def test_elsewhere_than_in_minutes(text: str, wanted: list[Found]) -> None:
    assert found(text) == wanted


TURNS: list[tuple[str, list[Found]]] = [
    ("Udvalget tog redegørelsen ad notam.", [(None, "tage til efterretning", "decided")]),
    ("Beslutning\nTages ad notam.", [(None, "tage til efterretning", "decided")]),
    ("Man bør ikke tage alt ad notam.", []),
    ("Beslutning\nSagen genoptages på næste møde.", [(None, "genoptage", "postponed")]),
    ("Beslutning\nGenoptages den 4. juni.", [(None, "genoptage", "postponed")]),
    ("Beslutning\nUdsat. Sagen genoptages på næste møde.", [(None, "udsætte", "postponed")]),
    ("Beslutning\nFærgedriften genoptages i uge 12.", []),
    ("Beslutning\nUdvalget ønsker, at sagen genoptages.", []),
    ("Sagen genoptages i retten på tirsdag.", []),
    ("Et borgerforslag om at plante flere træer blev afvist.", [(None, "afvise", "rejected")]),
    ("Et medlemsforslag om at sænke skatten blev udsat, fordi tallene manglede.", [(None, "udsætte", "postponed")]),
    ("Der kom en historie om at møde en mand, som blev udsat for vold.", []),
    ("Rygtet om at børnehaven blev godkendt er forkert.", []),
    ("Beslutning\nDer var ikke flertal for forslaget, som dermed faldt.", [(None, "falde", "rejected")]),
    ("Beslutning\nDer var ikke flertal for anden del, der dermed faldt.", [(None, "falde", "rejected")]),
    ("Beslutning\nUdvalget talte om sagen om elprisen, som faldt i 2022.", []),
    ("Socialudvalget har så den 2. november udsat punktet.", [(SOU, "udsætte", "postponed")]),
    ("Byrådet havde så i maj vedtaget planen.", [("Byrådet", "vedtage", "decided")]),
    ("Det forslag har Byrådet ikke imødekommet.", [("Byrådet", "imødekomme", "rejected")]),
    ("Byrådet har endnu ikke imødekommet ønsket.", []),
    ("Byrådet har ikke godkendt planen.", []),
    ("Vores bemærkning er, at aftalen blev drøftet, ikke vedtaget.", []),
    ("Planen blev behandlet, ikke godkendt.", []),
    ("Planen blev, efter to timers debat i salen, ikke godkendt.", [(None, "godkende", "rejected")]),
    ("Beslutning\nSocialudvalget ønsker ikke at gå videre med forslaget.", [(SOU, "ønske ikke", "rejected")]),
    ("Beslutning\nDrøftet. Udvalget ønskede ikke at nedlægge bussen.",
     [(None, "drøfte", "decided"), (None, "ønske ikke", "rejected")]),
    ("Beslutning\nUdvalget ønsker ikke at lukke skolen, men vedtog at spare 2 mio. kr.",
     [(None, "ønske ikke", "rejected"), (None, "vedtage", "decided")]),
    ("Beslutning\nEt mindretal (O) ønsker ikke at nedlægge skolen.", []),
    ("Beslutning\nV oplyser, at udvalget ønsker ikke at lukke skolen.", []),
    ("Socialudvalget ønsker ikke at lukke skolen.", []),
    ("Beslutning\nUdvalget ønsker at lukke skolen.", []),
    ("Beslutning\nForslaget fremmes ikke.", [(None, "fremme ikke", "rejected")]),
    ("Beslutning\nForslaget nyder ikke fremme.", [(None, "nyde ikke fremme", "rejected")]),
    ("Beslutning\nDer arbejdes ikke videre med forslaget.", [(None, "arbejde ikke videre", "rejected")]),
    ("Beslutning\nForening Ansøgt Bevilget\nNørklerne 25.000 20.000\nUdvalget godkendte fordelingen.",
     [(None, "godkende", "decided")]),
    ("Beslutning\nUdvalget vedtog:\n- Broer: forslaget bortfalder ikke.\n- Veje: forslaget bortfalder.",
     [(None, "vedtage", "decided"), (None, "vedtage", "rejected")]),
    ("Borgmesteren har besluttet at genopstille.", []),
    ("Rådmanden har valgt at gå af efter sommerferien.", []),
    ("Borgmesteren har besluttet, at han ikke vil genopstille.", []),
    ("Borgmesteren har besluttet, at rådhuset holder lukket.", [("Borgmesteren", "beslutte", "decided")]),
    ("Indstilling: Det indstilles, at A sker.\nSocialudvalget: Indstillingen følges.",
     [(None, "indstille", "recommended"), (SOU, "følge", "decided")]),
    ("Indstilling: Det indstilles, at A sker.\nSocialudvalget: Sagen udsat.",
     [(None, "indstille", "recommended"), (SOU, "udsætte", "postponed")]),
    ("Tidsplan\nByrådet: Budgettet vedtages den 10. oktober.\nSocialudvalget: Indstillingen behandles i august.", []),
    ("ANBEFALING:\nDet anbefales, at beløbet frigives.\n\nBESLUTNING:\nGodkendt.",
     [(None, "anbefale", "recommended"), (None, "godkende", "decided")]),
    ("Beslutning\nTog sagen til efterretning.", [(None, "tage til efterretning", "decided")]),
    ("Beslutning\nSagen sendes tilbage og genoptages i august.", [(None, "sende tilbage", "postponed")]),
    ("Beslutning\nÆndringsforslag 2 fra Liste B, som dermed faldt.", [(None, "falde", "rejected")]),
    ("Planer om at bygge en hal blev afvist af naboerne.", []),
    ("Aftalen om at dele bilen blev udsat en uge.", []),
    ("Nu har Byrådet så besluttet at lukke skolen.", [("Byrådet", "beslutte", "decided")]),
    ("Det var så den plan, Byrådet ikke vedtog.", [("Byrådet", "vedtage", "rejected")]),
    ("Det forslag, som Byrådet ikke besluttede, ligger der endnu.", []),
    ("Borgmesteren besluttede at flytte møderne til rådhuset.", [("Borgmesteren", "beslutte", "decided")]),
    ("Forslaget er drøftet, men ikke vedtaget.", []),
    ("Budgettet blev godkendt.", [(None, "godkende", "decided")]),
    ("Aftalerne blev ikke godkendt.", [(None, "godkende", "rejected")]),
    ("Anbefaling:\nDet anbefales, at man drikker to liter vand om dagen.", []),
    ("Det er en klog beslutning.\n\nAnbefaling:\nDet anbefales, at man drikker to liter vand om dagen.", []),
    ("Direktionen indstiller til udvalget, at det over for byrådet anbefales,\nat taksten hæves,\nat der evalueres.",
     [("Direktionen", "indstille", "recommended")] * 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TURNS)
def test_turns_of_a_verb(text: str, wanted: list[Found]) -> None:
    assert found(text) == wanted


LETTER = "Afgørelse\n\nKære Per Holm\n\nVi har behandlet din ansøgning.\n\n{}\n\nDu kan klage inden 4 uger.\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (LETTER.format("Vi har givet afslag på dækning af briller."), [(None, "give afslag", "rejected")]),
        (LETTER.format("Vi har besluttet at nedsætte ydelsen til 900 kr."), [(None, "beslutte", "decided")]),
        ("Kære kommune\n\nVi har læst jeres afgørelse om min ansøgning og har besluttet at klage.", []),
        ("Kære Per\n\nTak for din afgørelse om vores ansøgning. Vi har besluttet at klage til Ankestyrelsen.", []),
        ("Afslag\n\nDu har søgt om aktindsigt.\n\nVi har givet afslag på aktindsigt.\n\nKlagevejledning\nSe her.",
         [(None, "give afslag", "rejected")]),
        ("Svar\n\nDu skrev den 3. maj 2024 og bad om aktindsigt.\n\nVi afslår at udlevere bilagene.",
         [(None, "afslå", "rejected")]),
        ("Hej\n\nDu spurgte til vores ansøgning om tilskud. Vi afslår tilbuddet fra firmaet.", []),
        ("Jeg har fået jeres afgørelse. Vi har givet afslag på jeres forslag. Vi kan klage inden fire uger.", []),
        ("Høringssvar fra Ældrerådet\n\nVi anbefaler derfor, at budgettet vedtages uden SOU-12.",
         [(None, "anbefale", "recommended")]),
        ("Høringssvar fra skolebestyrelsen på Bakkeskolen\n\nVi anbefaler, at forslaget forkastes.",
         [(None, "anbefale", "recommended")]),
        ("Høringssvar fra Danmarks Lærerforening\n\nVi anbefaler, at forslaget forkastes.", []),
        ("NOTAT\nTil: Direktionen\nFra: Jura\n\nVi anbefaler, at sagen optages på udvalgets dagsorden.",
         [(None, "anbefale", "recommended")]),
        ("NOTAT\nTil: Direktionen\nFra: Jura\n\nVi anbefaler, at der højst bruges en time på emnet.", []),
        ("Kære Anna\nVi anbefaler, at planen læses grundigt.", []),
    ],
)  # fmt: skip
def test_who_writes(text: str, wanted: list[Found]) -> None:
    assert found(text) == wanted


@pytest.mark.xfail(strict=True, reason='Who "de" are is not known, not even where only a committee can do it.')
def test_they_took_note() -> None:
    assert found("Kort fra mødet i Socialudvalget: de tog orienteringen til efterretning.")


@pytest.mark.xfail(strict=True, reason="What a chairman decides for his council is told of a person.")
def test_a_chairman_s_decision_for_the_council() -> None:
    assert found("Formanden orienterede om, at hun på rådets vegne havde godkendt udvidelsen.")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ministeriet har besluttet at give Fjordby Kommune et tilskud.", [("Ministeriet", "decided")]),
        ("Søfartsstyrelsen afslog ansøgningen.", [("Søfartsstyrelsen", "rejected")]),
        ("By- og Landministeriet besluttede at udsætte sagen.", [("By- og Landministeriet", "postponed")]),
        ("Regeringen besluttede at lukke puljen.", [("Regeringen", "decided")]),
        ("Styrelsen anbefaler, at forslaget vedtages.", []),  # advice
        ("Hvis ministeriet beslutter at give tilskud, bygger vi.", []),
        ("Bestyrelsen for Fjordby Roklub besluttede at købe en båd.", []),
    ],
)
def test_an_authority_of_the_state(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(record.body, record.status) for record in decisions(text)] == wanted


RULED: list[tuple[str, list[Found]]] = [
    ("Sagen blev udsat på begæring af Ida Holm (V).", [(None, "udsætte", "postponed")]),
    ("Punktet blev udsat efter ønske fra et mindretal.", [(None, "udsætte", "postponed")]),
    ("Sagen blev udsat på grund af Trafikstyrelsens svar.", [(None, "udsætte", "postponed")]),
    ("Udvalget kunne ikke nå ansøgningen, og den er udsat til maj.", [(None, "udsætte", "postponed")]),
    ("9) Vederlag\n   Vedtaget som indstillet.", [(None, "vedtage", "decided")]),
    ("Kl. 14\nTiltrådt som anbefalet, dog uden punkt 2.", [(None, "tiltræde", "decided")]),
    ("Det forrige byråd vedtog i 2015 en plan for havnen.", [("Byrådet", "vedtage", "decided")]),
    ("Det daværende kulturudvalg afviste i 2012 forslaget.", [("Kulturudvalget", "afvise", "rejected")]),
    (
        "Aftale om budget 2027\n\nParterne har vedtaget en pulje til natur. Parterne har ikke besluttet resten.",
        [(None, "vedtage", "decided")],
    ),
    ("Budgetforlig 2025\nParterne besluttede at lukke svømmehallen.", [(None, "beslutte", "decided")]),
    (
        "Afgørelse\n\nKære Bo\n\nVi har besluttet, at du får støtte til bilen. Din sag er lukket.",
        [(None, "beslutte", "decided")],
    ),
    ("Ankestyrelsen stadfæstede i maj kommunens afgørelse.", [("Ankestyrelsen", "stadfæste", "decided")]),
    ("Byrådet fulgte indstillingen.", [("Byrådet", "følge", "decided")]),
    ("Et flertal i Byrådet fulgte Økonomiudvalgets\nanbefaling.", [("Byrådet", "følge", "decided")]),
    ("Kære Bo\n\nDu får hermed afslag på aktindsigt.", [(None, "give afslag", "rejected")]),
    ("Kære Bo\n\nDu får derfor afslag på din ansøgning.", [(None, "give afslag", "rejected")]),
    # none of these decides
    ("Byrådet fulgte ikke indstillingen.", [("Byrådet", "følge", "rejected")]),
    ("Byrådet fulgte ikke indstillingen om at afslå ansøgningen.", []),
    ("Byrådet fulgte debatten om indstillingen.", []),
    ("Vi fulgte indstillingen.", []),
    ("Kære Bo\n\nHvis du får afslag på din ansøgning, kan du klage.", []),
    ("Kære Bo\n\nDin nabo får hermed afslag på din bane.", []),
    ("Kære Bo\n\nKommunen får hermed afslag på din ansøgning.", []),
    ("Forslaget blev godkendt af Trafikstyrelsens chef.", []),
    ("Skolen ligger ved havet, og den er udsat for vind.", []),
    ("Turen med bussen var god, og den er udsat til fredag.", []),
    ("Det er ikke besluttet som indstillet endnu.", []),
    ("I det tidligere byråd vedtog man mange planer.", []),
    ("Under det forrige byråd vedtog man planen.", []),
    ("Det nye byråd skal vedtage budgettet.", []),
    ("Der er indgået forlig i retssagen.\n\nParterne har besluttet at dele udgiften.", []),
    ("Kære mor\n\nVi har besluttet, at du skal med til Rom. Din klage over vejret er hørt.", []),
    ("Landsretten stadfæstede afgørelsen.", []),
    ("Afgørelsen blev stadfæstet af landsretten.", []),
    ("Borgmesteren stadfæstede rygterne om afgørelsen.", []),
    ("Jeg klager over afgørelse af 3. maj. Vi har besluttet, at du skal høre fra os. Din nabo", []),
    ("Parterne er indstillet på at fortsætte, men det koster.", []),
    ("Byrådet er indstillet på, at skolen lukkes.", []),
    ("Borgerne er indstillet på en lang proces til maj.", []),
    ("Udvalget er positivt indstillet over for forslaget.", []),
]


@pytest.mark.parametrize(("text", "wanted"), RULED)
def test_rulings_requests_and_the_willing(text: str, wanted: list[Found]) -> None:
    assert found(text) == wanted
