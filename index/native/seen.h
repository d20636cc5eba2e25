/* What was seen between blanks, and the terms of it: in one piece of memory, found by a table of hashes. */
#ifndef AKT_INDEX_SEEN_H
#define AKT_INDEX_SEEN_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define UNIT 8u              /* records begin at multiples of it, so that 32 bits number all of 32 GB */
#define AS_BEFORE UINT32_MAX /* in the place of a size: the same as what stands before it */
#define LONGEST (UINT32_MAX / 2)

/* Its bytes follow. `terms` is the number of a Filed, 0 while nobody has said them. */
typedef struct {
    uint32_t size, terms, hash, used;
} Stretch;

/* The bytes of each that is not as before follow: exact (before it: the stretch), body (exact), parts. */
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
void *at(const Seen *seen, uint32_t number);
/* Everything empty, but for the seed. Number 0 is nobody's. */
int begun(Seen *seen, size_t slots);
void emptied(Seen *seen);
uint32_t hash_of(const Seen *seen, Span span);
/* The number of a stretch of this hash, which is made where it is new. */
uint32_t number_of(Seen *seen, Span span, uint32_t hash);

/* Going through texts is mostly waiting for memory, so what is asked soon is sent for: where a hash's slot is, the
 * record that it names, and the terms of a stretch. Nothing comes of it but time. */
#if defined(__GNUC__)
#define SEND_FOR(place) __builtin_prefetch(place)
#else
#define SEND_FOR(place) ((void)(place))
#endif
void send_for_slot(const Seen *seen, uint32_t hash);
void send_for_stretch(const Seen *seen, uint32_t hash);
/* Files the terms of a stretch: body, exact, parts. */
int filed(Seen *seen, uint32_t number, const Span terms[3]);
/* The three spans of a stretch's terms: body, exact, parts. */
void spans_of(const Seen *seen, const Stretch *stretch, Span spans[3]);
/* Puts a stretch and its terms into another memory, which has room for a slot more. */
int moved(Seen *into, const Seen *from, const Stretch *stretch);

#endif
