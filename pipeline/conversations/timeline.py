"""The messages of a conversation in order of time, each once, with all its copies and what they change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush

from msgspec.structs import replace

from corpus.model import Address
from corpus.store.keys import MINUTES_A_DAY
from pipeline.conversations.clusters import Clusters, best_first, bonds_between
from pipeline.conversations.differences import Side, differences
from pipeline.conversations.elsewhere import quoted_only_notes, same_words_notes
from pipeline.conversations.excerpts import Excerpt
from pipeline.conversations.headers import header_differences
from pipeline.conversations.library import MOST_ALIKE, Copy, Key, Library
from pipeline.conversations.model import Conversation, Difference, Message, Missing, SeenIn, Tie
from pipeline.conversations.people import is_same, participants
from pipeline.conversations.walk import Bond, Gathered

Moment = tuple[int, int]
"""The minute, and how many steps before what quotes it at that minute (negative)."""
Times = tuple[int | None, int | None]
LAST: Moment = (1 << 60, 0)


class Timeline:
    """A conversation as it is shown."""

    def __init__(self, library: Library, gathered: Gathered) -> None:
        self._library, self._gathered = library, gathered
        self._clusters = Clusters(gathered)
        self._copies: dict[Key, list[Copy]] = {
            key: best_first(copies, {copy.key: self._path_length(copy) for copy in copies})
            for key, copies in self._clusters.all().items()
        }
        self._excerpts = self._excerpts_of()
        self._quoted = self._clusters.quoted()
        self._moments = self._order()

    def conversation(self, asked: Copy, notes: Sequence[str] = ()) -> Conversation:
        """All of it, oldest message first."""
        order = sorted(self._copies, key=lambda key: (self._moments[key], key))
        ties = self._ties()
        missing = self._missing()
        messages = [self._message(key, ties[key], missing) for key in order]
        dated = [message.sent for message in messages if message.sent]
        gathered = self._gathered
        return Conversation(
            id=self._id(self._clusters.of(asked.key)),
            asked=asked.id,
            asked_among=len(self._library.of_content(asked.row.sha256)),
            subject=next((message.subject for message in messages if message.subject), None),
            first=dated[0] if dated else None,
            last=dated[-1] if dated else None,
            participants=_once([person for key in order for person in participants(self._copies[key][0].message)]),
            documents=len({key[0] for key in gathered.copies}),
            copies=len(gathered.copies),
            differing=sum(bool(seen.differences) for message in messages for seen in message.seen_in),
            not_in_workspace=missing,
            truncated=gathered.truncated,
            notes=[
                *(*notes, *self._notes(), *quoted_only_notes(messages)),
                *same_words_notes(self._library, [self._copies[key] for key in order]),
            ],
            messages=messages,
        )

    # --- order ------------------------------------------------------------------------------------------------

    def _order(self) -> dict[Key, Moment]:
        """Where each message stands in time. One without a time stands before the first that quotes it, else last.

        One of which only the day is known too, where it is quoted on that day; else it opens the day.
        """
        times = {key: self._times(key) for key in self._copies}
        placed: dict[Key, Moment] = {}
        self._place(placed, {key: (clock, 0) for key, (clock, _) in times.items() if clock is not None}, times)
        days = {key: (day, 0) for key, (_, day) in times.items() if key not in placed and day is not None}
        self._place(placed, days, times)
        self._place(placed, {key: LAST for key in times if key not in placed}, times)
        return placed

    def _place(self, placed: dict[Key, Moment], some: Mapping[Key, Moment], times: Mapping[Key, Times]) -> None:
        """Place these, and before each what it quotes and has no time of its own, from the earliest on."""
        waiting = [(moment, key) for key, moment in some.items()]
        heapify(waiting)
        while waiting:
            moment, key = heappop(waiting)
            if key in placed:
                continue
            placed[key] = moment
            for lower in self._quoted.get(key, ()):
                clock, day = times[lower]
                fits = day is None or day <= moment[0] < day + MINUTES_A_DAY
                if clock is None and fits and lower not in placed:
                    heappush(waiting, ((moment[0], moment[1] - 1), lower))

    def _times(self, key: Key) -> Times:
        """The minute of the best copy that prints a clock time, and the day's first of the best that prints a day."""
        rows = [copy.row for copy in self._copies[key] if copy.row.minute is not None]
        clock = next((row.minute for row in rows if row.clock), None)
        return clock, rows[0].minute if rows else None

    # --- one message ------------------------------------------------------------------------------------------

    def _message(self, key: Key, ties: list[Tie], missing: Sequence[Missing]) -> Message:
        copies = self._copies[key]
        best = copies[0]
        shown = best.message
        sent = next((copy.message.sent for copy in copies if copy.row.clock), None)
        sent = sent or next((copy.message.sent for copy in copies if copy.message.sent), None)
        sender = shown.sender or next((copy.message.sender for copy in copies if copy.message.sender), None)
        return Message(
            id=best.id,
            sent=sent,
            undated=sent is None,
            sender=sender,
            to=shown.to,
            cc=shown.cc,
            subject=shown.subject or next((copy.message.subject for copy in copies if copy.message.subject), None),
            text=shown.text[shown.body_start :].strip(),
            path=self._path(best),
            part=best.row.part,
            page=shown.page_first,
            quoted=shown.quoted,
            inline=shown.inline,
            joined_by=ties,
            missing=[each.message_id for each in missing if best.id in each.wanted_by],
            seen_in=[
                *(self._seen(best, copy) for copy in copies),
                *(self._partly_seen(best, excerpt, detail) for excerpt, detail in self._excerpts[key]),
            ],
        )

    def _excerpts_of(self) -> dict[Key, list[tuple[Excerpt, str]]]:
        """By message what answers quote of it between their own lines, in the order of their places."""
        found: dict[Key, list[tuple[Excerpt, str]]] = defaultdict(list)
        copies = self._gathered.copies
        for excerpt, key, detail in self._gathered.excerpts:
            if key in copies and excerpt.key in copies and self._clusters.of(key) != self._clusters.of(excerpt.key):
                found[self._clusters.of(key)].append((excerpt, detail))
        for some in found.values():
            some.sort(key=lambda each: (self._path(each[0]), each[0].key, each[0].number))
        return found

    def _partly_seen(self, best: Copy, excerpt: Excerpt, detail: str) -> SeenIn:
        whole = self._seen(best, excerpt)
        return replace(whole, partial=True, known_by=f"quoted-between: {detail}")

    def _seen(self, best: Copy, copy: Copy) -> SeenIn:
        places = list(dict.fromkeys(place.path for place in self._library.places(copy.row.sha256)))
        return SeenIn(
            id=copy.id,
            path=places[0] if places else "",
            part=copy.row.part,
            page=copy.message.page_first,
            quoted=copy.row.quoted,
            also_in=places[1:],
            known_by=None if copy is best else self._clusters.known_by.get(copy.key),
            differences=[] if copy is best else _differences(best, copy),
        )

    def _path(self, copy: Copy) -> str:
        places = self._library.places(copy.row.sha256)
        return places[0].path if places else ""

    def _path_length(self, copy: Copy) -> int:
        return len(self._path(copy))

    def _id(self, key: Key) -> str:
        return self._copies[key][0].id

    # --- what ties the messages, and what is not there -----------------------------------------------------------

    def _ties(self) -> dict[Key, list[Tie]]:
        """For each message the strongest tie with each other; References only where nothing says more."""
        found: dict[Key, list[Tie]] = defaultdict(list)
        between = bonds_between(self._gathered.bonds, self._clusters)
        direct = {pair[0] for pair, bonds in between.items() if any(bond.how == "in-reply-to" for bond in bonds)}
        for (one, other), bonds in sorted(between.items(), key=lambda item: (self._moments[item[0][1]], item[0])):
            for bond in _strongest(bonds):
                if bond.how == "references" and one in direct:
                    continue
                for mine, theirs in ((one, other), (other, one)):
                    found[mine].append(Tie(how=bond.how, to=self._id(theirs), detail=bond.detail))
        return found

    def _missing(self) -> list[Missing]:
        """The messages that are named and that no document has, by who names them."""
        likely: dict[str, str] = {}
        for key, message_id in self._gathered.answered.items():
            cluster = self._clusters.of(key)
            if not any(copy.row.message_id for copy in self._copies[cluster]):
                likely.setdefault(message_id, self._id(cluster))
        found = []
        for message_id, keys in sorted(self._gathered.unknown.items()):
            wanted = [self._id(self._clusters.of(key)) for key in keys if key in self._gathered.copies]
            found.append(
                Missing(message_id=message_id, wanted_by=list(dict.fromkeys(wanted)), quoted_as=likely.get(message_id))
            )
        return found

    def _notes(self) -> list[str]:
        notes = [
            f"More than {MOST_ALIKE} messages have {what} with one of these: not all of them were compared."
            for what in sorted(self._library.crowded)
        ]
        for key, count in sorted(self._gathered.doubtful.items()):
            if key in self._gathered.copies:
                fits = f"The copy {self._gathered.copies[key].id} fits {count} messages"
                notes.append(f"{fits}, and nothing says which of them it is: it is shown by itself.")
        for key, count in sorted(self._gathered.unclear.items()):
            if key in self._gathered.copies:
                fits = f"What {self._gathered.copies[key].id} quotes between its lines fits {count} messages"
                notes.append(f"{fits}, and nothing says which of them it is: it is not compared.")
        for message_id, count in sorted(self._gathered.crowded.items()):
            notes.append(f"{count} documents have the Message-ID {message_id} for different mails: it joins nothing.")
        if self._gathered.truncated:
            notes.append(f"The conversation is larger: only {len(self._gathered.copies)} copies of it were gathered.")
        return notes


def _differences(best: Copy, copy: Copy) -> list[Difference]:
    return [*header_differences(best, copy), *_in_text(best, copy)]


def _in_text(best: Copy, copy: Copy) -> list[Difference]:
    """What differs without the heads and feet of pages; or with them but for what they add, where that is less: the
    same closing words at the feet of two pages may be words of the mail.
    """
    found = differences(*(Side(each.message.text, each.tokens, each.message.body_start) for each in (best, copy)))
    if len(found) == 0 or not (best.holes or copy.holes):
        return found
    sides = [Side(each.message.text, each.every_token, each.message.body_start, each.holes) for each in (best, copy)]
    return min(found, differences(*sides), key=len)


def _strongest(bonds: Sequence[Bond]) -> list[Bond]:
    """One bond of each kind but the weakest, which says nothing beside others."""
    by_kind = {bond.how: bond for bond in reversed(bonds)}
    if len(by_kind) > 1:
        by_kind.pop("references", None)
    if len(by_kind) > 1:
        by_kind.pop("same-reference", None)
    return list(by_kind.values())


def _once(people: Sequence[Address]) -> list[Address]:
    found: list[Address] = []
    for person in people:
        if not any(is_same(person, other) for other in found):
            found.append(person)
    return found
