#include "seen.h"

/* Room for so many things more; 0 where there is none. */
static int grown(void **array, size_t *room, size_t wanted, size_t each) {
    if (wanted <= *room) return 1;
    size_t larger = *room < 512 ? 1024 : *room;
    while (larger < wanted) larger += larger / 2;
    void *moved = larger > SIZE_MAX / each ? NULL : PyMem_Realloc(*array, larger * each);
    if (moved == NULL) {
        PyErr_NoMemory();
        return 0;
    }
    *array = moved;
    *room = larger;
    return 1;
}

/* The number of a new record of so many bytes; 0 where there is no room. Records may move. */
static uint32_t taken(Seen *seen, size_t bytes) {
    size_t start = seen->used, end = start + (bytes + UNIT - 1) / UNIT * UNIT;
    if (end / UNIT > MOST_RECORDS) {
        PyErr_SetString(PyExc_OverflowError, "too many terms");
        return 0;
    }
    if (!grown((void **)&seen->memory, &seen->room, end + PIECE, 1)) return 0;
    seen->used = end;
    return (uint32_t)(start / UNIT);
}

/* The slot of a stretch, or the free one where it would be. */
static Slot *slot_of(const Seen *seen, uint32_t hash, Span span) {
    size_t mask = seen->size - 1;
    for (size_t place = hash & mask;; place = (place + 1) & mask) {
        Slot *slot = &seen->slots[place];
        if (slot->number == 0) return slot;
        if (slot->hash == hash) {
            Stretch *known = at(seen, slot->number);
            if (known->size == span.size && memcmp(known + 1, span.bytes, span.size) == 0) return slot;
        }
    }
}

/* Puts all slots into a table of another size. */
static int laid_out(Seen *seen, size_t size) {
    Slot *slots = PyMem_Calloc(size, sizeof(Slot));
    if (slots == NULL) {
        PyErr_NoMemory();
        return 0;
    }
    for (size_t from = 0; from < seen->size; from++) {
        if (seen->slots[from].number == 0) continue;
        size_t place = seen->slots[from].hash & (size - 1);
        while (slots[place].number) place = (place + 1) & (size - 1);
        slots[place] = seen->slots[from];
    }
    PyMem_Free(seen->slots);
    seen->slots = slots;
    seen->size = size;
    return 1;
}

Stretch *known_of(const Seen *seen, Span span, uint32_t hash) {
    uint32_t number = slot_of(seen, hash, span)->number;
    return number ? at(seen, number) : NULL;
}

uint32_t number_of(Seen *seen, Span span, uint32_t hash) {
    Slot *slot = slot_of(seen, hash, span);
    if (slot->number) {
        ((Stretch *)at(seen, slot->number))->used = 1;
        return slot->number;
    }
    if (span.size > LONGEST) {
        PyErr_SetString(PyExc_OverflowError, "a stretch without a blank is too long");
        return 0;
    }
    if (!grown((void **)&seen->fresh, &seen->fresh_room, seen->fresh_count + 1, sizeof(uint32_t))) return 0;
    if (seen->count >= seen->size / 2) {
        if (!laid_out(seen, seen->size * 2)) return 0;
        slot = slot_of(seen, hash, span);
    }
    uint32_t number = taken(seen, sizeof(Stretch) + span.size);
    if (number == 0) return 0;
    Stretch *made = at(seen, number);
    *made = (Stretch){(uint32_t)span.size, 0, hash, 0};
    memcpy(made + 1, span.bytes, span.size);
    *slot = (Slot){hash, number};
    seen->count++;
    seen->fresh[seen->fresh_count++] = number;
    return number;
}

static int is_same(Span one, Span other) {
    return one.size == other.size && memcmp(one.bytes, other.bytes, one.size) == 0;
}

int filed(Seen *seen, uint32_t number, const Span terms[3]) {
    for (int column = 0; column < 3; column++) {
        if (terms[column].size > LONGEST) {
            PyErr_SetString(PyExc_OverflowError, "the terms of a stretch are too long");
            return 0;
        }
    }
    Span body = terms[0], exact = terms[1], parts = terms[2];
    int same_body = is_same(body, exact);
    if (same_body) body.size = 0;
    uint32_t into = taken(seen, sizeof(Filed) + exact.size + body.size + parts.size);
    if (into == 0) return 0;
    Filed *made = at(seen, into);
    *made = (Filed){(uint32_t)exact.size, same_body ? AS_BEFORE : (uint32_t)body.size, (uint32_t)parts.size};
    char *place = (char *)(made + 1);
    memcpy(place, exact.bytes, exact.size);
    memcpy(place + exact.size, body.bytes, body.size);
    memcpy(place + exact.size + body.size, parts.bytes, parts.size);
    ((Stretch *)at(seen, number))->terms = into; /* records may have moved */
    return 1;
}

int moved(Seen *into, const Seen *from, const Stretch *stretch) {
    const Filed *found = at(from, stretch->terms);
    size_t size = sizeof(Filed) + found->exact + (found->body == AS_BEFORE ? 0 : found->body) + found->parts;
    Span span = {(const char *)(stretch + 1), stretch->size};
    Slot *slot = slot_of(into, stretch->hash, span);
    uint32_t number = taken(into, sizeof(Stretch) + span.size), terms = number ? taken(into, size) : 0;
    if (terms == 0) return 0;
    Stretch *made = at(into, number);
    *made = (Stretch){stretch->size, terms, stretch->hash, 0};
    memcpy(made + 1, span.bytes, span.size);
    memcpy(at(into, terms), found, size);
    *slot = (Slot){stretch->hash, number};
    into->count++;
    return 1;
}

void emptied(Seen *seen) {
    PyMem_Free(seen->memory);
    PyMem_Free(seen->slots);
    PyMem_Free(seen->fresh);
}

int begun(Seen *seen, size_t size) {
    seen->memory = NULL, seen->slots = NULL, seen->fresh = NULL;
    seen->used = seen->room = seen->size = seen->count = seen->fresh_count = seen->fresh_room = 0;
    return taken(seen, UNIT) == 0 && !PyErr_Occurred() && laid_out(seen, size);
}
