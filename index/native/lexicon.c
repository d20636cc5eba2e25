#include "lexicon.h"

/* As in index.stretches. */
#define BASE 0x9E3779B97F4A7C15u
#define SPREAD 0xD6E8FEB86659FD93u
static const uint64_t PROBES[] = {1, 0xC2B2AE3D27D4EB4Fu, 0xFF51AFD7ED558CCDu};
#define CRC_POLYNOMIAL 0xEDB88320u

/* A record of index.dictionary: the bytes of a form, the letters its lemma shares with it, the bytes of the rest, in
   which a nought stands before each further lemma. */
enum { FORM_BYTES, SHARED, REST_BYTES, RECORD_HEAD };

int is_same(const Form *form, const Letter *letters, int size) {
    return form->size == size && memcmp(form->letters, letters, (size_t)size) == 0;
}

void put_behind(Lexicon *lexicon, Form *form, const Letter *letters, int size) {
    if (size < 0 || size > ROOM - form->size) {
        lexicon->odd = 1;
        return;
    }
    memcpy(form->letters + form->size, letters, (size_t)size);
    form->size += size;
}

Form form_of(Lexicon *lexicon, const Letter *letters, int size) {
    Form made;
    made.size = 0;
    put_behind(lexicon, &made, letters, size);
    return made;
}

/* The letter of the UTF-8 at a place, which moves on; 0 for one that is none of Danish. */
static Letter letter_at(const unsigned char **place, const unsigned char *end) {
    const unsigned char *at = *place;
    if (*at >= 'a' && *at <= 'z') {
        *place = at + 1;
        return *at;
    }
    /* æ, ø and å are two bytes, of which the second is that of Latin-1 less 64. */
    if (*at != 0xC3 || end - at < 2) return 0;
    Letter letter = (Letter)(at[1] + 64);
    *place = at + 2;
    return letter == 0xE6 || letter == 0xF8 || letter == 0xE5 ? letter : 0;
}

static uint32_t uint32_at(const unsigned char *bytes) {
    uint32_t number;
    memcpy(&number, bytes, sizeof number);
    return number;
}

/* Puts the letters from a place on behind those of a lemma, up to the next nought. */
static int spelled(Lexicon *lexicon, const unsigned char *rest, const unsigned char *end, Form *lemma) {
    while (rest < end && *rest) {
        Letter letter = letter_at(&rest, end);
        if (letter == 0 || lemma->size == ROOM) {
            lexicon->odd = 1;
            return 0;
        }
        lemma->letters[lemma->size++] = letter;
    }
    if (lemma->size == 0) lexicon->odd = 1;
    return lemma->size > 0;
}

/* The lemma of a number, from 0 on, that a record gives a form. */
static int lemma_in(Lexicon *lexicon, const Letter *letters, int size, const unsigned char *record, int number,
                    Form *lemma) {
    const unsigned char *rest = record + RECORD_HEAD + record[FORM_BYTES], *end = rest + record[REST_BYTES];
    int shared = record[SHARED];
    lemma->size = 0;
    if (number == 0) {
        *lemma = form_of(lexicon, letters, shared < size ? shared : size);
        return spelled(lexicon, rest, end, lemma);
    }
    while (rest < end && number) number -= *rest++ == 0;
    return number == 0 && spelled(lexicon, rest, end, lemma);
}

/* The record of a form; NULL where there is none. */
static const unsigned char *record_of(Lexicon *lexicon, const Letter *letters, int size) {
    unsigned char key[2 * ROOM];
    uint32_t crc = UINT32_MAX;
    int bytes = 0;
    if (size > ROOM) {
        lexicon->odd = 1;
        return NULL;
    }
    for (int at = 0; at < size; at++) {
        if (letters[at] < 0x80) {
            key[bytes++] = letters[at];
        } else {
            key[bytes++] = 0xC3;
            key[bytes++] = (unsigned char)(letters[at] - 64);
        }
    }
    for (int at = 0; at < bytes; at++) crc = crc >> 8 ^ lexicon->crc[(crc ^ key[at]) & 0xFF];
    const unsigned char *data = lexicon->file.buf;
    size_t slot = ~crc % lexicon->slot_count, whole = (size_t)lexicon->file.len;
    /* So many looks at most: a table without a free slot is no dictionary. */
    for (size_t left = lexicon->slot_count; left; left--) {
        size_t place = uint32_at(data + lexicon->slots + slot * sizeof(uint32_t));
        if (place == 0 || place + RECORD_HEAD > whole) return NULL;
        const unsigned char *record = data + place;
        if (record[FORM_BYTES] == bytes && place + RECORD_HEAD + (size_t)bytes + record[REST_BYTES] <= whole &&
            memcmp(record + RECORD_HEAD, key, (size_t)bytes) == 0)
            return record;
        slot = slot + 1 < lexicon->slot_count ? slot + 1 : 0;
    }
    return NULL;
}

int lemma_of(Lexicon *lexicon, const Letter *letters, int size, Form *lemma) {
    const unsigned char *record = record_of(lexicon, letters, size);
    return record != NULL && lemma_in(lexicon, letters, size, record, 0, lemma);
}

int further_lemma(Lexicon *lexicon, const Letter *letters, int size, int number, Form *lemma) {
    const unsigned char *record = record_of(lexicon, letters, size);
    return record != NULL && lemma_in(lexicon, letters, size, record, number, lemma);
}

int has_lemma(Lexicon *lexicon, const Form *stem, const char *ending, const Letter *lemma, int size) {
    Form form = *stem, found;
    put_behind(lexicon, &form, (const Letter *)ending, (int)strlen(ending));
    return lemma_of(lexicon, form.letters, form.size, &found) && is_same(&found, lemma, size);
}

uint64_t hashed(const Lexicon *lexicon, uint64_t hash, int there, Letter letter) {
    return hash + letter * lexicon->powers[there];
}

uint64_t hashed_before(uint64_t hash, Letter letter) { return hash * BASE + letter; }

int is_marked(const Marks *marks, uint64_t hash) {
    hash *= SPREAD;
    for (size_t probe = 0; probe < sizeof PROBES / sizeof *PROBES; probe++) {
        uint64_t slot = hash * PROBES[probe] >> marks->shift;
        if (!(marks->bits[slot >> 3] >> (slot & 7) & 1)) return 0;
    }
    return 1;
}

static size_t place_of(const Lexicon *lexicon, const Letter *letters, uint32_t size) {
    uint32_t sum = size;
    for (uint32_t at = 0; at < size; at++) sum = (sum ^ letters[at]) * 16777619u;
    size_t mask = lexicon->place_count - 1, place = (sum ^ sum >> 15) & mask;
    for (;; place = (place + 1) & mask) {
        if (lexicon->places[place] == 0) return place;
        const Entry *entry = &lexicon->entries[lexicon->places[place] - 1];
        if (entry->size == size && memcmp(lexicon->pool + entry->start, letters, size) == 0) return place;
    }
}

Entry *entry_of(const Lexicon *lexicon, const Letter *letters, int size) {
    uint32_t number = lexicon->places[place_of(lexicon, letters, (uint32_t)size)];
    return number ? &lexicon->entries[number - 1] : NULL;
}

/* A table of marks between two places of the file, whose bits are a power of two. */
static int marks_made(Marks *marks, const Py_buffer *file, Py_ssize_t start, Py_ssize_t end) {
    Py_ssize_t bytes = end - start;
    if (start < 0 || bytes < 8 || end > file->len || (bytes & (bytes - 1))) return 0;
    marks->bits = (const unsigned char *)file->buf + start;
    marks->shift = 64;
    for (uint64_t bits = (uint64_t)bytes * 8; bits > 1; bits >>= 1) marks->shift--;
    return 1;
}

/* One entry: letters, flags, lemma, begins, its price, ends, its price. Its letters go to the pool, which has room. */
static int entry_made(Lexicon *lexicon, PyObject *given, uint32_t *used) {
    Entry made = {0};
    const char *letters, *lemma;
    Py_ssize_t size, lemma_size;
    if (!PyArg_ParseTuple(given, "y#iy#idid", &letters, &size, &made.flags, &lemma, &lemma_size, &made.begins,
                          &made.begins_price, &made.ends, &made.ends_price))
        return 0;
    if (size > ROOM || lemma_size > ROOM) {
        PyErr_SetString(PyExc_ValueError, "an entry of the lexicon is too long");
        return 0;
    }
    made.start = *used, made.size = (uint32_t)size;
    made.lemma_start = *used + made.size, made.lemma_size = (uint32_t)lemma_size;
    memcpy(lexicon->pool + made.start, letters, (size_t)size);
    memcpy(lexicon->pool + made.lemma_start, lemma, (size_t)lemma_size);
    *used = made.lemma_start + made.lemma_size;
    if (made.flags & PREFIX && size > lexicon->longest_prefix) lexicon->longest_prefix = (int)size;
    lexicon->entries[lexicon->entry_count++] = made;
    lexicon->places[place_of(lexicon, lexicon->pool + made.start, made.size)] = (uint32_t)lexicon->entry_count;
    return 1;
}

static int entries_made(Lexicon *lexicon, PyObject *given) {
    Py_ssize_t count = PyList_Check(given) ? PyList_Size(given) : -1;
    if (count < 0 || count > (Py_ssize_t)(UINT32_MAX / (4 * ROOM))) {
        PyErr_SetString(PyExc_ValueError, "a list of entries is wanted");
        return 0;
    }
    for (lexicon->place_count = 16; lexicon->place_count < 2 * (size_t)count + 2;) lexicon->place_count *= 2;
    lexicon->entries = PyMem_Calloc((size_t)count + 1, sizeof(Entry));
    lexicon->places = PyMem_Calloc(lexicon->place_count, sizeof(uint32_t));
    lexicon->pool = PyMem_Malloc(((size_t)count + 1) * 2 * ROOM);
    if (lexicon->entries == NULL || lexicon->places == NULL || lexicon->pool == NULL) {
        PyErr_NoMemory();
        return 0;
    }
    uint32_t used = 0;
    for (Py_ssize_t number = 0; number < count; number++) {
        if (!entry_made(lexicon, PyList_GetItem(given, number), &used)) return 0;
    }
    Letter *shrunk = PyMem_Realloc(lexicon->pool, used + 1u);
    if (shrunk != NULL) lexicon->pool = shrunk;
    return 1;
}

int lexicon_made(Lexicon *lexicon, PyObject *file, const Py_ssize_t places[5], PyObject *entries) {
    if (PyObject_GetBuffer(file, &lexicon->file, PyBUF_SIMPLE) < 0) return 0;
    Py_ssize_t slots = places[0], count = places[1];
    if (slots < 0 || count < 1 || slots > lexicon->file.len || count > (lexicon->file.len - slots) / 4 ||
        !marks_made(&lexicon->firsts, &lexicon->file, places[2], places[3]) ||
        !marks_made(&lexicon->lasts, &lexicon->file, places[3], places[4])) {
        PyErr_SetString(PyExc_ValueError, "this is no dictionary");
        return 0;
    }
    lexicon->slots = (size_t)slots, lexicon->slot_count = (size_t)count;
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ CRC_POLYNOMIAL : crc >> 1;
        lexicon->crc[byte] = crc;
    }
    lexicon->powers[0] = 1;
    for (int number = 1; number < LETTERS; number++) lexicon->powers[number] = lexicon->powers[number - 1] * BASE;
    return entries_made(lexicon, entries);
}

void lexicon_given_back(Lexicon *lexicon) {
    if (lexicon->file.obj != NULL) PyBuffer_Release(&lexicon->file);
    PyMem_Free(lexicon->entries);
    PyMem_Free(lexicon->places);
    PyMem_Free(lexicon->pool);
}
