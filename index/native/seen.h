/* What was seen between blanks, and the terms of it: in one piece of memory, found by a table of hashes. */
#ifndef AKT_INDEX_SEEN_H
#define AKT_INDEX_SEEN_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define UNIT 8u              /* records begin at multiples of it, so that 31 bits number all of 16 GB */
#define AS_BEFORE UINT32_MAX /* in the place of a size: the same as what stands before it */
#define LONGEST (UINT32_MAX / 2)
#define MOST_RECORDS INT32_MAX
#define PIECE 16 /* so many bytes may be read behind any record, and are copied at once where so few are wanted */
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define FIRST_IS_LOWEST 1
#else
#define FIRST_IS_LOWEST 0
#endif

/* Its bytes follow. `terms` is the number of a Filed, 0 while nobody has said them. */
typedef struct {
    uint32_t size, terms, hash, used;
} Stretch;

/* The bytes of each follow: exact, body unless it is as before, parts. */
typedef struct {
    uint32_t exact, body, parts;
} Filed;

typedef struct {
    uint32_t hash, number; /* number 0: free */
} Slot;

typedef struct {
    char *memory;
    size_t used, room; /* bytes */
    Slot *slots;
    size_t size, count; /* size is a power of two */
    uint32_t *fresh;    /* the stretches whose terms nobody has said */
    size_t fresh_count, fresh_room;
    uint64_t seed;
} Seen;

typedef struct {
    const char *bytes;
    size_t size;
} Span;

/* What makes something raises a Python exception where there is no room, and gives 0. */

/* The record of a number. It moves when others are made. */
static inline void *at(const Seen *seen, uint32_t number) { return seen->memory + (size_t)number * UNIT; }

/* Everything empty, but for the seed. Number 0 is nobody's. */
int begun(Seen *seen, size_t slots);
void emptied(Seen *seen);
/* Of a span in a text that ends at `end`. Who wants two stretches to meet in the table would have to know the seed. */
static inline uint32_t hash_of(const Seen *seen, Span span, const char *end) {
    uint64_t seed = seen->seed, sum = seed ^ span.size;
    size_t left = span.size;
    for (const char *place = span.bytes; left;) {
        uint64_t piece = 0;
        size_t step = left < 8 ? left : 8;
        if (FIRST_IS_LOWEST && end - place >= 8) {
            memcpy(&piece, place, 8);
            piece &= UINT64_MAX >> (64 - 8 * step);
        } else {
            memcpy(&piece, place, step);
        }
        sum = (sum ^ piece) * 0x9E3779B97F4A7C15u;
        sum ^= sum >> 29;
        place += step;
        left -= step;
    }
    sum *= seed | 1;
    return (uint32_t)(sum >> 32);
}
/* The number of a stretch of this hash, which is made where it is new. */
uint32_t number_of(Seen *seen, Span span, uint32_t hash);
/* The stretch of this hash; NULL for one that was never met. */
Stretch *known_of(const Seen *seen, Span span, uint32_t hash);

/* Going through texts is mostly waiting for memory, so what is asked soon is sent for: where a hash's slot is, the
 * record that it names, and the terms of a stretch. Nothing comes of it but time. */
#if defined(__GNUC__)
#define SEND_FOR(place) __builtin_prefetch(place)
#else
#define SEND_FOR(place) ((void)(place))
#endif
static inline void send_for_slot(const Seen *seen, uint32_t hash) { SEND_FOR(&seen->slots[hash & (seen->size - 1)]); }
static inline void send_for_stretch(const Seen *seen, uint32_t hash) {
    SEND_FOR(at(seen, seen->slots[hash & (seen->size - 1)].number));
}
/* Files the terms of a stretch: body, exact, parts. */
int filed(Seen *seen, uint32_t number, const Span terms[3]);
/* The three spans of what was filed: body, exact, parts. */
static inline void spans_of(const Filed *found, Span spans[3]) {
    const char *place = (const char *)(found + 1);
    spans[0] = spans[1] = (Span){place, found->exact};
    place += found->exact;
    if (found->body != AS_BEFORE) {
        spans[0] = (Span){place, found->body};
        place += found->body;
    }
    spans[2] = (Span){place, found->parts};
}
/* Puts a stretch and its terms into another memory, which has room for a slot more. */
int moved(Seen *into, const Seen *from, const Stretch *stretch);

#endif
