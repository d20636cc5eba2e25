/* The compiled part of indexing: from what stands between two blanks of a text to its terms.
 *
 * It does what index.streams._InPython does, in a fifth of its memory and time. A text is read to numbers, one for each
 * stretch; Python says what the terms of new stretches are; then the numbers are joined to streams of terms. A number
 * is the place of a record: what was seen is remembered in one piece of memory and a table by hash.
 */
#include "seen.h"

/* Raised when what is passed or given changes: Python does not use a compiled part of another number. */
#define INTERFACE 3

/* Stretches that are looked for together. */
#define AT_ONCE 32
#define AHEAD 6
/* Stands before the further terms of a stretch that begins or ends with a hyphen: as in index.streams. */
#define HALF '\n'

typedef struct {
    PyObject_HEAD
    Seen seen;
    uint32_t texts; /* of which was asked what is met in them */
    uint32_t epoch; /* stands before the numbers of a text: they hold until something is forgotten */
} Terms;

/* Before the number of a Filed, which a stretch whose terms are known is numbered by. */
#define IS_FILED 0x80000000u

/* Where the stretch that begins there ends: at a blank, a line end or the end of the text. */
static const char *stop_of(const char *place, const char *end) {
#if FIRST_IS_LOWEST
    const uint64_t ones = 0x0101010101010101u;
    for (; end - place >= 8; place += 8) {
        uint64_t piece;
        memcpy(&piece, place, 8);
        uint64_t blanks = piece ^ (ones * ' '), lines = piece ^ (ones * '\n');
        /* The lowest bit is of the first byte that is 0 in either. */
        uint64_t found = (((blanks - ones) & ~blanks) | ((lines - ones) & ~lines)) & (ones << 7);
        if (found) return place + __builtin_ctzll(found) / 8;
    }
#endif
    while (place < end && *place != ' ' && *place != '\n') place++;
    return place;
}

/* The numbers of stretches of a text that ends at `end`; 0 where there is no room for one that is new. */
static int numbered(Seen *seen, const Span *spans, int count, const char *end, uint32_t *into) {
    uint32_t hashes[AT_ONCE];
    for (int place = 0; place < count; place++) {
        hashes[place] = hash_of(seen, spans[place], end);
        send_for_slot(seen, hashes[place]);
    }
    for (int place = 0; place < count; place++) send_for_stretch(seen, hashes[place]);
    for (int place = 0; place < count; place++) {
        uint32_t number = number_of(seen, spans[place], hashes[place]);
        if (number == 0) return 0;
        uint32_t terms = ((const Stretch *)at(seen, number))->terms;
        into[place] = terms ? IS_FILED | terms : number;
    }
    return 1;
}

/* read(text): the number of each stretch between blanks and line ends, as bytes. */
static PyObject *read_text(PyObject *self, PyObject *text) {
    Terms *terms = (Terms *)self;
    PyObject *encoded = PyUnicode_AsUTF8String(text), *made = NULL;
    if (encoded == NULL) return NULL;
    size_t size = (size_t)PyBytes_Size(encoded), count = 1;
    /* No text has more stretches than letters, but for one. */
    uint32_t *numbers = size > SIZE_MAX / sizeof *numbers - 2 ? NULL : PyMem_Malloc((size + 2) * sizeof *numbers);
    if (numbers == NULL) {
        Py_DECREF(encoded);
        return PyErr_NoMemory();
    }
    numbers[0] = terms->epoch;
    const char *place = PyBytes_AsString(encoded), *end = place + size;
    int fine = 1;
    while (fine && place <= end) {
        Span spans[AT_ONCE];
        int some = 0;
        for (; place <= end && some < AT_ONCE; some++) {
            const char *stop = stop_of(place, end);
            spans[some] = (Span){place, (size_t)(stop - place)};
            place = stop + 1;
        }
        fine = numbered(&terms->seen, spans, some, end, numbers + count);
        count += (size_t)some;
    }
    if (fine) made = PyBytes_FromStringAndSize((char *)numbers, (Py_ssize_t)(count * sizeof *numbers));
    PyMem_Free(numbers);
    Py_DECREF(encoded);
    return made;
}

/* new(): the stretches whose terms nobody has said, in the order in which they were met. */
static PyObject *new_ones(PyObject *self, PyObject *ignored) {
    Seen *seen = &((Terms *)self)->seen;
    (void)ignored;
    PyObject *found = PyList_New((Py_ssize_t)seen->fresh_count);
    for (size_t place = 0; found != NULL && place < seen->fresh_count; place++) {
        Stretch *stretch = at(seen, seen->fresh[place]);
        PyObject *text = PyUnicode_FromStringAndSize((char *)(stretch + 1), (Py_ssize_t)stretch->size);
        if (text == NULL || PyList_SetItem(found, (Py_ssize_t)place, text) < 0) Py_CLEAR(found);
    }
    return found;
}

/* learn(terms): (body, exact, parts) of each of the new ones, in their order. */
static PyObject *learn(PyObject *self, PyObject *given) {
    Seen *seen = &((Terms *)self)->seen;
    if (!PyList_Check(given) || (size_t)PyList_Size(given) != seen->fresh_count) {
        PyErr_SetString(PyExc_ValueError, "a list of the terms of each new stretch is wanted");
        return NULL;
    }
    for (size_t place = 0; place < seen->fresh_count; place++) {
        PyObject *triple = PyList_GetItem(given, (Py_ssize_t)place);
        Span spans[3];
        for (int column = 0; column < 3; column++) {
            PyObject *one = PyTuple_GetItem(triple, column);
            Py_ssize_t size;
            spans[column].bytes = one == NULL ? NULL : PyUnicode_AsUTF8AndSize(one, &size);
            if (spans[column].bytes == NULL) return NULL;
            spans[column].size = (size_t)size;
        }
        if (!filed(seen, seen->fresh[place], spans)) return NULL;
    }
    seen->fresh_count = 0;
    Py_RETURN_NONE;
}

static uint32_t number_at(const char *numbers, Py_ssize_t place) {
    uint32_t number;
    memcpy(&number, numbers + place * (Py_ssize_t)sizeof number, sizeof number);
    return number;
}

/* Whether records of so many bytes may stand at a number. */
static int is_within(const Seen *seen, uint32_t number, size_t bytes) {
    return number && (size_t)number * UNIT + bytes <= seen->used;
}

/* Sends for the terms that are so far ahead, where their number is known. */
static void send_ahead(const Seen *seen, const char *numbers, Py_ssize_t place, Py_ssize_t count) {
    if (place + AHEAD < count) SEND_FOR(at(seen, number_at(numbers, place + AHEAD) & ~IS_FILED));
}

/* The terms of a number that read() has given; NULL for one that is none, or has no terms yet. */
static const Filed *filed_at(const Seen *seen, const char *numbers, Py_ssize_t place) {
    uint32_t number = number_at(numbers, place);
    if (!(number & IS_FILED) && is_within(seen, number, sizeof(Stretch)))
        number = IS_FILED | ((const Stretch *)at(seen, number))->terms;
    if (number & IS_FILED && is_within(seen, number & ~IS_FILED, sizeof(Filed))) return at(seen, number & ~IS_FILED);
    PyErr_SetString(PyExc_ValueError, "this is no number of a stretch whose terms are known");
    return NULL;
}

/* What is joined of all stretches: body, exact, parts. `half`: a word may be in pieces. */
typedef struct {
    char *starts[3], *ends[3];
    int half;
} Joined;

static void add(Joined *joined, int column, Span span) {
    char *into = joined->ends[column];
    if (span.size <= PIECE) {
        memcpy(into, span.bytes, PIECE); /* quicker than as many as there are */
    } else {
        memcpy(into, span.bytes, span.size);
    }
    into[span.size] = ' ';
    joined->ends[column] = into + span.size + 1;
}

static void add_all(Joined *joined, const Filed *found) {
    Span spans[3];
    spans_of(found, spans);
    add(joined, 0, spans[0]);
    add(joined, 1, spans[1]);
    if (spans[2].size && *spans[2].bytes == HALF) {
        joined->half = 1;
        spans[2].bytes++, spans[2].size--;
    }
    if (spans[2].size) add(joined, 2, spans[2]);
}

static PyObject *told(const Joined *joined) {
    PyObject *made = PyTuple_New(4);
    for (int column = 0; made != NULL && column < 3; column++) {
        Py_ssize_t size = joined->ends[column] - joined->starts[column];
        PyObject *text = PyUnicode_FromStringAndSize(joined->starts[column], size ? size - 1 : 0);
        if (text == NULL || PyTuple_SetItem(made, column, text) < 0) Py_CLEAR(made);
    }
    if (made != NULL && PyTuple_SetItem(made, 3, PyBool_FromLong(joined->half)) < 0) Py_CLEAR(made);
    return made;
}

/* join(numbers): the terms of all, with a blank between; among the parts none that is empty. And whether a word may be
 * in pieces. */
static PyObject *join(PyObject *self, PyObject *given) {
    const Terms *terms = (Terms *)self;
    const Seen *seen = &terms->seen;
    char *numbers;
    Py_ssize_t bytes;
    if (PyBytes_AsStringAndSize(given, &numbers, &bytes) < 0) return NULL;
    Py_ssize_t count = bytes / (Py_ssize_t)sizeof(uint32_t);
    if (count == 0 || number_at(numbers, 0) != terms->epoch) {
        PyErr_SetString(PyExc_ValueError, "something was forgotten since the text was read");
        return NULL;
    }
    size_t sizes[3] = {PIECE, PIECE, PIECE};
    for (Py_ssize_t place = 1; place < count; place++) {
        send_ahead(seen, numbers, place, count);
        const Filed *found = filed_at(seen, numbers, place);
        if (found == NULL) return NULL;
        sizes[0] += (found->body == AS_BEFORE ? found->exact : found->body) + 1;
        sizes[1] += found->exact + 1;
        sizes[2] += found->parts + 1;
    }
    char *memory = PyMem_Malloc(sizes[0] + sizes[1] + sizes[2]);
    if (memory == NULL) return PyErr_NoMemory();
    Joined joined = {{memory, memory + sizes[0], memory + sizes[0] + sizes[1]}, {NULL}, 0};
    memcpy(joined.ends, joined.starts, sizeof joined.ends);
    for (Py_ssize_t place = 1; place < count; place++) add_all(&joined, filed_at(seen, numbers, place));
    PyObject *made = told(&joined);
    PyMem_Free(memory);
    return made;
}

/* How many bytes the blank that stands there has; 0 for what is none: as str.split has them. */
static int blank_at(const char *place, const char *end) {
    const unsigned char *byte = (const unsigned char *)place;
    if (*byte < 0x80) return *byte == ' ' || (*byte >= '\t' && *byte <= '\r') || (*byte >= 0x1C && *byte <= 0x1F);
    if (*byte == 0xC2) return end - place > 1 && (byte[1] == 0x85 || byte[1] == 0xA0) ? 2 : 0;
    if ((*byte != 0xE1 && *byte != 0xE2 && *byte != 0xE3) || end - place < 3) return 0;
    int point = (*byte & 0xF) << 12 | (byte[1] & 0x3F) << 6 | (byte[2] & 0x3F);
    return point == 0x1680 || (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 ||
                   point == 0x202F || point == 0x205F || point == 0x3000 ? 3 : 0;
}

/* met(text): how many different words of a text, between blanks of any kind, are stretches that were read. */
static PyObject *met(PyObject *self, PyObject *text) {
    Terms *terms = (Terms *)self;
    Py_ssize_t size;
    const char *place = PyUnicode_AsUTF8AndSize(text, &size), *end = place + size;
    long count = 0;
    if (place == NULL) return NULL;
    terms->texts++;
    while (place < end) {
        const char *start = place;
        int blank = 0;
        while (place < end && (blank = blank_at(place, end)) == 0) place++;
        Span span = {start, (size_t)(place - start)};
        Stretch *known = span.size ? known_of(&terms->seen, span, hash_of(&terms->seen, span, end)) : NULL;
        if (known != NULL && known->used != terms->texts) {
            known->used = terms->texts;
            count++;
        }
        place += blank;
    }
    return PyLong_FromLong(count);
}

/* forget(unused): the new ones whose terms nobody has said and, if so asked, all that was met but once since it was
 * last asked so. Numbers given before hold no more. */
static PyObject *forget(PyObject *self, PyObject *asked) {
    Terms *terms = (Terms *)self;
    Seen *seen = &terms->seen, kept = *seen;
    int unused = PyObject_IsTrue(asked);
    if (unused < 0) return NULL;
    int fine = begun(&kept, seen->size);
    for (size_t place = 0; fine && place < seen->size; place++) {
        const Stretch *stretch = at(seen, seen->slots[place].number);
        if (seen->slots[place].number == 0 || stretch->terms == 0 || (unused && !stretch->used)) continue;
        fine = moved(&kept, seen, stretch);
    }
    if (!fine) {
        emptied(&kept);
        return NULL;
    }
    emptied(seen);
    *seen = kept;
    terms->epoch++;
    Py_RETURN_NONE;
}

/* size(): the bytes that are used. */
static PyObject *size_used(PyObject *self, PyObject *ignored) {
    Seen *seen = &((Terms *)self)->seen;
    (void)ignored;
    return PyLong_FromSize_t(seen->used + seen->size * sizeof(Slot));
}

static PyObject *made(PyTypeObject *type, PyObject *arguments, PyObject *named) {
    unsigned long long seed;
    if (named != NULL && PyDict_Size(named)) {
        PyErr_SetString(PyExc_TypeError, "Terms takes one number");
        return NULL;
    }
    if (!PyArg_ParseTuple(arguments, "K", &seed)) return NULL;
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Terms *terms = (Terms *)allocate(type, 0);
    if (terms == NULL) return NULL;
    terms->seen.seed = seed;
    if (!begun(&terms->seen, 1024)) Py_CLEAR(terms);
    return (PyObject *)terms;
}

static void gone(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    emptied(&((Terms *)self)->seen);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

static PyMethodDef METHODS[] = {
    {"read", read_text, METH_O, NULL},
    {"new", new_ones, METH_NOARGS, NULL},
    {"learn", learn, METH_O, NULL},
    {"join", join, METH_O, NULL},
    {"met", met, METH_O, NULL},
    {"forget", forget, METH_O, NULL},
    {"size", size_used, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot TYPE_SLOTS[] = {{Py_tp_new, made}, {Py_tp_dealloc, gone}, {Py_tp_methods, METHODS}, {0, NULL}};

static PyType_Spec TYPE = {"index._terms.Terms", sizeof(Terms), 0, Py_TPFLAGS_DEFAULT, TYPE_SLOTS};

static int fill(PyObject *module) {
    PyObject *type = PyType_FromSpec(&TYPE);
    if (type == NULL) return -1;
    int failed = PyModule_AddObjectRef(module, "Terms", type);
    Py_DECREF(type);
    return failed < 0 ? failed : PyModule_AddIntConstant(module, "INTERFACE", INTERFACE);
}

static PyModuleDef_Slot SLOTS[] = {{Py_mod_exec, fill}, {0, NULL}};

static struct PyModuleDef MODULE = {
    PyModuleDef_HEAD_INIT, "index._terms", "The compiled part of indexing.", 0, NULL, SLOTS, 0, 0, 0,
};

PyMODINIT_FUNC PyInit__terms(void) { return PyModuleDef_Init(&MODULE); }
