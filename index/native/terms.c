/* The compiled part of indexing: from what stands between two blanks of a text to its terms.
 *
 * It does what index.streams._InPython does, in a fifth of its memory and time. A text is read to numbers, one for each
 * stretch; Python says what the terms of new stretches are; then the numbers are joined to streams of terms. A number
 * is the place of a record: what was seen is remembered in one piece of memory and a table by hash.
 */
#include "seen.h"

/* Raised when what is passed or given changes: Python does not use a compiled part of another number. */
#define INTERFACE 1

/* Stretches that are looked for together. */
#define AT_ONCE 32
#define AHEAD 6

typedef struct {
    PyObject_HEAD
    Seen seen;
    uint32_t epoch; /* stands before the numbers of a text: they hold until something is forgotten */
} Terms;

/* The numbers of stretches, to the place that is given; 0 where there is no room for one that is new. */
static int numbered(Seen *seen, const Span *spans, int count, char *into) {
    uint32_t hashes[AT_ONCE];
    for (int place = 0; place < count; place++) {
        hashes[place] = hash_of(seen, spans[place]);
        send_for_slot(seen, hashes[place]);
    }
    for (int place = 0; place < count; place++) send_for_stretch(seen, hashes[place]);
    for (int place = 0; place < count; place++) {
        uint32_t number = number_of(seen, spans[place], hashes[place]);
        if (number == 0) return 0;
        memcpy(into + place * sizeof number, &number, sizeof number);
    }
    return 1;
}

/* read(text): the number of each stretch between blanks and line ends, as bytes. */
static PyObject *read_text(PyObject *self, PyObject *text) {
    Terms *terms = (Terms *)self;
    PyObject *encoded = PyUnicode_AsUTF8String(text);
    if (encoded == NULL) return NULL;
    const char *place = PyBytes_AsString(encoded), *end = place + PyBytes_Size(encoded);
    Py_ssize_t left = 1;
    for (const char *one = place; one < end; one++) left += *one == ' ' || *one == '\n';
    PyObject *made = PyBytes_FromStringAndSize(NULL, (1 + left) * (Py_ssize_t)sizeof(uint32_t));
    char *into = made == NULL ? NULL : PyBytes_AsString(made);
    if (made != NULL) {
        memcpy(into, &terms->epoch, sizeof terms->epoch);
        into += sizeof terms->epoch;
    }
    while (made != NULL && left) {
        Span spans[AT_ONCE];
        int count = 0;
        for (; left && count < AT_ONCE; left--) {
            const char *stop = place;
            while (stop < end && *stop != ' ' && *stop != '\n') stop++;
            spans[count++] = (Span){place, (size_t)(stop - place)};
            place = stop + 1;
        }
        if (!numbered(&terms->seen, spans, count, into)) Py_CLEAR(made);
        into += (size_t)count * sizeof(uint32_t);
    }
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

static int is_within(const Seen *seen, uint32_t number) {
    return number && (size_t)number * UNIT + sizeof(Stretch) <= seen->used;
}

/* Sends for the stretch that is twice so far ahead, and for the terms of the one that is there by now. */
static void send_ahead(const Seen *seen, const char *numbers, Py_ssize_t place, Py_ssize_t count) {
    if (place + 2 * AHEAD < count) SEND_FOR(at(seen, number_at(numbers, place + 2 * AHEAD)));
    uint32_t number = place + AHEAD < count ? number_at(numbers, place + AHEAD) : 0;
    if (is_within(seen, number)) SEND_FOR(at(seen, ((const Stretch *)at(seen, number))->terms));
}

/* The stretch of a number that read() has given; NULL for one that is none, or has no terms yet. */
static const Stretch *stretch_of(const Seen *seen, const char *numbers, Py_ssize_t place) {
    uint32_t number = number_at(numbers, place);
    const Stretch *stretch = at(seen, number);
    if (is_within(seen, number) && stretch->terms) return stretch;
    PyErr_SetString(PyExc_ValueError, "this is no number of a stretch whose terms are known");
    return NULL;
}

/* join(numbers): the terms of all, with a blank between; among the parts none that is empty. */
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
    size_t sizes[3] = {0, 0, 0};
    Span spans[3];
    for (Py_ssize_t place = 1; place < count; place++) {
        send_ahead(seen, numbers, place, count);
        const Stretch *stretch = stretch_of(seen, numbers, place);
        if (stretch == NULL) return NULL;
        spans_of(seen, stretch, spans);
        for (int column = 0; column < 3; column++) sizes[column] += spans[column].size + 1;
    }
    char *memory = PyMem_Malloc(sizes[0] + sizes[1] + sizes[2] + 1);
    if (memory == NULL) return PyErr_NoMemory();
    char *starts[3] = {memory, memory + sizes[0], memory + sizes[0] + sizes[1]}, *ends[3];
    memcpy(ends, starts, sizeof ends);
    for (Py_ssize_t place = 1; place < count; place++) {
        spans_of(seen, at(seen, number_at(numbers, place)), spans);
        for (int column = 0; column < 3; column++) {
            if (column == 2 && spans[column].size == 0) continue;
            memcpy(ends[column], spans[column].bytes, spans[column].size);
            ends[column] += spans[column].size;
            *ends[column]++ = ' ';
        }
    }
    PyObject *made = PyTuple_New(3);
    for (int column = 0; made != NULL && column < 3; column++) {
        Py_ssize_t size = ends[column] - starts[column];
        PyObject *text = PyUnicode_FromStringAndSize(starts[column], size ? size - 1 : 0);
        if (text == NULL || PyTuple_SetItem(made, column, text) < 0) Py_CLEAR(made);
    }
    PyMem_Free(memory);
    return made;
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
