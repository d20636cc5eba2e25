"""Invented Danish papers for measuring: mails, minutes, proposals of about 3 kB, the same ones each time.

Words follow Zipf's law. Compounds are modifier + head + ending, so there are some 50,000 forms that few dictionaries
list, and ten words of a paper are drawn from millions of rarer ones: compounds of three members, a quarter of them with
a slip. So new words keep coming as they do in real papers: with case numbers and amounts, some 14 in each of 10,000
papers and 7 in each of 100,000.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from hashlib import sha256

from corpus.model import (
    Address,
    AgendaItem,
    Amount,
    AnyPart,
    AnyRecord,
    Body,
    Committee,
    Decision,
    Document,
    DocumentKind,
    Message,
    Proposal,
)

SEED = 20240607
WORDS = 380
RARE = 10
# No divisor of the number of rare words, so it goes through all of them in a random-looking order.
STEP = 1_000_003
LINE = 11
MODIFIERS = """
støtte skole børne ældre budget social kultur trafik klima bolig sundheds plejehjems handicap ungdoms anlægs
drifts miljø affalds vej cykel park idræts bibliotek musik dagtilbuds institutions normerings lærer pædagog
sygepleje hjemmepleje genoptrænings beskæftigelses integrations uddannelses erhvervs turisme havne bygnings
ejendoms rengørings køkken kantine kørsels bus energi varme vand spildevands kloak natur skov strand sommerhus
lokalplan bygge byggesags sagsbehandlings borger service digitaliserings it data personale løn ferie syge
barsels arbejdsmiljø leder tillidsrepræsentant møde udvalgs byråds valg beredskabs brand frivillig forenings
fritids klub svømmehals hal spil legeplads tandpleje hjælpemiddel bostøtte misbrugs psykiatri krise familie
anbringelses plejefamilie rådgivnings tilskuds puljes projekt udviklings analyse tilsyns kontrakt udbuds
indkøbs
""".split()  # noqa: SIM905 - a table reads better so
HEADS = """
område plan udvalg indsats ordning aftale pulje forslag center leder bestyrelse udgift ramme projekt opgave
afdeling forvaltning enhed gruppe samarbejde strategi politik regel lov ydelse bevilling besparelse
investering takst gebyr tilbud plads behov krav mål resultat rapport notat sag klage høring svar beslutning
behandling undersøgelse vurdering beregning prognose budget regnskab konto post reserve midler beløb løn
stilling medarbejder kollega borger familie barn elev bruger gæst kursus uddannelse netværk system program
værktøj
""".split()  # noqa: SIM905 - a table reads better so
ENDINGS = ("", "en", "et", "er", "erne", "ens", "ets", "s")
SIMPLE = """
og i at det en til er som på de med han af for ikke der var den har vi kommunen borgere forvaltningen et kan
skal vil fra om men så eller også efter ved år mere når under mellem hvor være blive gøre have få komme gå
tage give se sige ny stor lille god flere alle andre første sidste samme hele del tid dag måned møde punkt
forslag udvalget byrådet indstiller beslutter godkendt drøftet vedtaget orientering bilag økonomi konsekvens
hermed venlig hilsen tak spørgsmål svar kr mio pct samt herunder vedrørende omkring gennem blandt uden
indenfor følgende derfor dermed således
""".split()  # noqa: SIM905 - a table reads better so
FIRST_NAMES = """
Anne Bo Clara David Else Frode Gerda Hans Ida Jens Karen Lars Mette Niels Olga Per Rikke Søren
""".split()  # noqa: SIM905 - a table reads better so
LAST_NAMES = """
Ager Birk Dam Eng Falk Gran Holm Krog Lund Mose Nør Ravn Skov Toft Vang Ørn
""".split()  # noqa: SIM905 - a table reads better so
PLACES = """
Fjordby Engkøbing Åstrup Nørlund Sandsø Birkholm Havneby Skovlunde Vestervang Mosby
""".split()  # noqa: SIM905 - a table reads better so
BODIES = (
    "Børne- og Ungdomsudvalget",
    "Socialudvalget",
    "Økonomiudvalget",
    "Teknik- og Miljøudvalget",
    "Kultur- og Fritidsudvalget",
    "Sundhedsudvalget",
    "Beskæftigelsesudvalget",
    "Ældreudvalget",
    "Klimaudvalget",
    "Erhvervsudvalget",
    "Landdistriktsudvalget",
    "Byudviklingsudvalget",
)
FIRST_DAY = dt.date(2008, 1, 1)
DAYS = 6000


def cumulative(count: int, exponent: float = 1.0) -> list[float]:
    """Zipf's weights of ranks 1 to ``count``, added up as :func:`random.choices` takes them."""
    return list(itertools.accumulate(1 / rank**exponent for rank in range(1, count + 1)))


def compounds() -> list[str]:
    """Every compound, the frequent ones first."""
    found = [first + head + ending for first in MODIFIERS for head in HEADS for ending in ENDINGS]
    random.Random(SEED).shuffle(found)
    return found


def rare(draw: random.Random) -> str:
    """A rare word: by Zipf's law with exponent 1, the logarithm of the rank is drawn."""
    count = len(MODIFIERS) ** 2 * len(HEADS) * len(ENDINGS)
    number, ending = divmod(int(count ** draw.random()) * STEP % count, len(ENDINGS))
    number, head = divmod(number, len(HEADS))
    word = "".join(
        (MODIFIERS[number // len(MODIFIERS)], MODIFIERS[number % len(MODIFIERS)], HEADS[head], ENDINGS[ending])
    )
    return word[:4] + word[5:] if number % 4 == 0 else word


class Papers:
    """Draws papers; ``paper(n)`` is the same in every process."""

    def __init__(self) -> None:
        self.compounds = compounds()
        self._simple, self._compound = cumulative(len(SIMPLE)), cumulative(len(self.compounds), 0.9)

    def __call__(self, count: int) -> Iterator[Document]:
        """The first ``count`` papers."""
        return map(self.paper, range(count))

    def paper(self, number: int) -> Document:
        """A paper by its number."""
        draw = random.Random(SEED + number)
        day = FIRST_DAY + dt.timedelta(draw.randrange(DAYS))
        body = BODIES[min(int(draw.expovariate(0.3)), len(BODIES) - 1)]
        place = draw.choice(PLACES)
        value = Decimal(max(1, int(draw.lognormvariate(6, 2)))) * 1000
        text = self._text(draw, number, day, body, value)
        kind, part = self._part(draw, number, day, body, text)
        return Document(
            path=f"{place}/{number}.txt",
            sha256=sha256(str(number).encode()).hexdigest(),
            media_type="text/plain",
            reader="text/1",
            extractor_version="1",
            kind=kind,
            municipality=f"{place} Kommune",
            date=day.isoformat(),
            parts=[part],
            records=_records(draw, body, value, day.year + 1),
        )

    def _text(self, draw: random.Random, number: int, day: dt.date, body: str, value: Decimal) -> str:
        size = max(20, int(draw.lognormvariate(0, 0.6) * WORDS))
        words = draw.choices(SIMPLE, cum_weights=self._simple, k=size)
        for place in range(0, size, 3):
            words[place : place + 1] = draw.choices(self.compounds, cum_weights=self._compound)
        for _ in range(RARE):
            words[draw.randrange(size)] = rare(draw)
        lines = [" ".join(words[start : start + LINE]) for start in range(0, size, LINE)]
        lines[0] = f"Sag {day.year}-{number:07} til {body} den {day.day}.{day.month}.{day.year}: {lines[0]}"
        amounts = [f"{n:,} kr.".replace(",", ".") for n in (int(value), draw.randrange(1000, 10**8))]
        name = f"{draw.choice(FIRST_NAMES)} {draw.choice(LAST_NAMES)}"
        lines[-1] += f". I alt {amounts[0]} heraf {amounts[1]} til {name}."
        return "\n".join(lines)

    def _part(
        self, draw: random.Random, number: int, day: dt.date, body: str, text: str
    ) -> tuple[DocumentKind, AnyPart]:
        title = " ".join(draw.choices(self.compounds, cum_weights=self._compound, k=2)).capitalize()
        match draw.randrange(4):
            case 0:
                sender, receiver = _person(draw), _person(draw)
                header = f"Fra: {sender.name} <{sender.address}>\nTil: {receiver.name} <{receiver.address}>\n"
                header += f"Sendt: {day.day}-{day.month}-{day.year} 10:{draw.randrange(60):02}\nEmne: {title}\n\n"
                return "email", Message(
                    index=0, title=title, text=header + text, body_start=len(header), sender=sender, to=[receiver],
                    sent=f"{day.isoformat()}T10:00", subject=title, fingerprint=f"{number:016x}",
                )  # fmt: skip
            case 1:
                return "minutes", AgendaItem(index=0, title=title, number=str(draw.randrange(1, 30)), text=text)
            case 2:
                number_of = f"{body[:2].upper()}{draw.randrange(100)}"
                years = [day.year + 1, day.year + 2]
                return "budget-proposal", Proposal(
                    index=0, title=title, number=number_of, committee=body, budget_years=years, text=text
                )
        return "other", Body(index=0, title=title, text=text)


def _person(draw: random.Random) -> Address:
    first, last, place = draw.choice(FIRST_NAMES), draw.choice(LAST_NAMES), draw.choice(PLACES)
    domain = place.lower().replace("å", "aa").replace("ø", "oe")
    return Address(name=f"{first} {last}", address=f"{first[:2]}{last[:2]}@{domain}.example".lower())


def _records(draw: random.Random, body: str, value: Decimal, year: int) -> Sequence[AnyRecord]:
    found: list[AnyRecord] = [
        Committee(start=0, end=3, text="Sag", name=body, level="committee"),
        Amount(start=0, end=3, text="Sag", value=value, currency="DKK", year=year, role="saving"),
        Amount(start=0, end=3, text="Sag", value=-value * 3, currency="DKK", year=year + 1, role="expense"),
    ]
    if draw.random() < 0.3:
        found.append(Decision(start=0, end=3, text="Sag", verb="vedtage", status="decided", body=body))
    return found
