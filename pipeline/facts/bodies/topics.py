"""Names that go on behind the noun: "Udvalget for Børn og Unge", "Udvalget for Levende Bymidter"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.facts.bodies.names import Name, is_area, titled, topics, words

_CAPITAL = "A-ZÆØÅÉ"
_OPENING = re.compile(r"\s+(?:for|FOR|om|OM|vedr\.|vedrørende|til)\s+")
_WORD = re.compile(rf"[{_CAPITAL}][\w-]*|[a-zæøå]+-?")
_LETTERS = re.compile(r"[a-zæøå]+")
_ARTICLE = re.compile(r"(?:det|den|de|DET|DEN|DE|Det|Den|De)\s+")
_NEXT = re.compile(rf"[ \t\u00a0]+(?P<same>[\w-]+)|[ \t]*\n[ \t]*(?P<below>[{_CAPITAL}][\w-]*)")
_JOIN = re.compile(r"(?P<last>\s*,?\s+(?:og|OG|samt)\s+|\s*&\s*)|\s*,\s*")
_PLACE = re.compile(r"[ \t\u00a0]+(?:kommune|byråd)", re.IGNORECASE)
_OFFICE = re.compile(r"(?:udvalg|råd|nævn|kommission|forvaltning|bestyrelse|center|styrelse)(?:et|en|n|s)*$")
_PHRASE = re.compile(r"[a-zæøå]+(?:e|ens|ets)\s+[a-zæøå]{3,}(?![\w-])")
_INDEFINITE_PHRASE = re.compile(r"[a-zæøå]+(?:t|sk|ig|el|al)\s+[a-zæøå]{4,}(?![\w-])")
_GENITIVE = re.compile(r"(?:er|en|et|rne|ed|ing|tion|skab|hed|else)s$")
_NOUN_AFTER = re.compile(r"\s+[a-zæøå]")
_BEFORE_NAME = re.compile(r"(?:^|[\n,•–-]\s*|\b(?:og|samt|i)\s+)$")
_QUALITY = (
    "e", "ig", "sk", "øn", "al", "vt", "st", "nt", "gt", "kt", "lt", "rt", "dt", "yt", "ens", "ets", "nes", "iv", "el",
)  # fmt: skip
_OF_WHAT = re.compile(rf"\s+af\s+[{_CAPITAL}][\w-]+")
_DEED = re.compile(r"(?:ing|else|fremme)$", re.IGNORECASE)
_ITEMS = 6
_AROUND = 80  # characters before "Udvalget" in which thanks may stand


def with_topic(text: str, start: int, end: int, head: str) -> Name:
    """A name that goes on with "for …": as far as capitals, known fields and their commas and "og" go.

    Without a topic it is ``head`` alone. "Hun takkede Udvalget for Klimaplanen" has none, and neither has "orienterede
    udvalget om Klimaplanen".
    """
    opening = _OPENING.match(text, end)
    if not opening:
        return Name(start, end, head)
    link = opening.group().strip().lower()
    before = text[max(0, start - _AROUND) : start]
    if head == "Udvalget" and not words("thanks").isdisjoint(_LETTERS.findall(before.lower())):
        return Name(start, end, head)
    if listed := _listed(text, opening.end()):
        return Name(start, listed[0], f"{head} {link} {listed[1]}")
    begins = text[start] == "U" and _BEFORE_NAME.search(before)
    if link == "til" or (head == "Udvalget" and link != "for" and not begins):
        return Name(start, end, head)
    stop = _topic(text, opening.end()) or _phrase(text, start, opening)
    if stop and (owner := _OF_WHAT.match(text, stop)) and _DEED.search(text, opening.end(), stop):
        stop = owner.end()  # "Udvalget for Udvikling af Landsbyerne"
    if not stop:
        return Name(start, end, head)
    return Name(start, stop, f"{head} {link} {_canonical(text, opening.end(), stop)}")


def board_topic(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Where the name of a board that goes on with "for …" ends, and what goes on ("for Socialt Udsatte"), or None.

    The topic is listed, begins with a capital, or is an article's phrase: "Kommissionen for den glemte post".
    """
    opening = _OPENING.match(text, end)
    if not opening or opening.group().strip().lower() != "for" or not text[start].isupper():
        return None
    if listed := _listed(text, opening.end()):
        return listed[0], f"for {listed[1]}"
    stop = _topic(text, opening.end()) if text[opening.end() : opening.end() + 1].isupper() else None
    if not stop and _ARTICLE.match(text, opening.end()):
        stop = _phrase(text, start, opening)
    return (stop, f"for {_canonical(text, opening.end(), stop)}") if stop else None


@cache
def _topic_pattern() -> re.Pattern[str]:
    listed = sorted(topics(), key=len, reverse=True)
    return re.compile("(?:" + "|".join(topic.replace(" ", r"\s+") for topic in listed) + r")(?!\w)", re.IGNORECASE)


def _listed(text: str, start: int) -> tuple[int, str] | None:
    """Where a listed topic at ``start`` ends, and how the list writes it."""
    match = _topic_pattern().match(text, start)
    return (match.end(), topics()[" ".join(match.group().lower().split())]) if match else None


def _canonical(text: str, start: int, stop: int) -> str:
    """The topic in name case and without a genitive's "s"; a phrase in small letters stays as it is printed."""
    topic = " ".join(text[start:stop].split())
    if topic.islower() and _ARTICLE.match(topic):
        return topic
    if topic.islower() and not is_area(topic.split()[0].rstrip(",")):
        return topic
    topic = titled(topic)
    return topic[:-1] if _is_genitive(text, topic, stop) else topic


def _is_genitive(text: str, topic: str, stop: int) -> bool:
    last = topic.rpartition(" ")[2].lower()
    if not last.endswith("s") or last in words("area-plural") or not _NOUN_AFTER.match(text, stop):
        return False
    return last[:-1] in words("area") or bool(_GENITIVE.search(last))


def _topic(text: str, position: int) -> int | None:
    """Where the topic at ``position`` ends, or None. A list is closed by "og", or only its first item counts."""
    ends: list[int] = []
    first = position
    while len(ends) < _ITEMS:
        end = _item(text, position)
        if end is None or _PLACE.match(text, end):
            return ends[0] if ends else None
        ends.append(end)
        join = _JOIN.match(text, end)
        if not join:
            return ends[0] if len(ends) > 1 else end
        if join["last"]:
            final = _item(text, join.end())
            return final or (ends[0] if text[first].isupper() else None)
        position = join.end()
    return ends[0]


def _item(text: str, position: int) -> int | None:
    """One field: "Børn", "kultur", "det sociale område", "Levende Bymidter"; None where none stands there."""
    article = _ARTICLE.match(text, position)
    start = article.end() if article else position
    word = _WORD.match(text, start)
    if not word or not _is_topic(word.group()):
        return None
    if word.group()[0].isupper() and (longer := _goes_on(text, word.group(), word.end())):
        return longer
    return word.end()


def _goes_on(text: str, word: str, end: int) -> int | None:
    """Where a field of two words ends whose first is a quality or an owner: "Grøn Omstilling", "Fremtidens Skole"."""
    low = word.lower()
    if not low.endswith(_QUALITY) or (low in words("area") and low.endswith(("e", "el")) and low != "internationale"):
        return None
    following = _NEXT.match(text, end)
    noun = (following["same"] or following["below"]) if following else ""
    if not following or noun.lower() in words("paper") or _OFFICE.search(noun.lower()):
        return None
    if noun[0].isupper() or (noun in words("area") and not word.isupper()):
        return following.end()
    return None


def _is_topic(word: str) -> bool:
    low = word.lower()
    if _OFFICE.search(low) or low in words("paper"):
        return False
    return word[:1].isupper() or is_area(low) or low.endswith("området") or is_area(low.removesuffix("e"))


def _phrase(text: str, start: int, opening: re.Match[str]) -> int | None:
    """A topic in small letters: "det nye sundhedshus" behind a capital "Udvalget"."""
    if not text[start].isupper():
        return None
    article = _ARTICLE.match(text, opening.end())
    if article and opening.group().strip() == "for":
        phrase = _PHRASE.match(text, article.end())
    elif opening.group().strip().startswith("vedr"):
        phrase = _INDEFINITE_PHRASE.match(text, opening.end())
    else:
        phrase = None
    return phrase.end() if phrase else None
