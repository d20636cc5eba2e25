/* The compiled part of tables: the words of a page to segments and lines.
 *
 * It does what page_strips and PageLines in pipeline/tables do, on ordinary pages and lines only, and gives None for any
 * other: that one is then made by Python. Python says what the outcome has to be, to the last bit, and a test holds it
 * to that.
 */
#include "page.h"
#include <math.h>
#include <string.h>

/* Raised when what is passed or given changes: Python does not use a compiled part of another number. */
#define INTERFACE 6
/* Words times upright rulings: a page with more of them is left to Python. */
#define MOST_LOOKED_AT 20000000

Bound bound;
static int is_bound = 0;

static int take_number(PyObject *numbers, const char *name, double *into) {
    PyObject *found = PyMapping_GetItemString(numbers, name);
    if (found == NULL) return 0;
    *into = PyFloat_AsDouble(found);
    Py_DECREF(found);
    return PyErr_Occurred() == NULL;
}

static int take_rules(PyObject *numbers) {
    int taken = 1;
#define TAKE_NUMBER(name) taken = taken && take_number(numbers, #name, &bound.rules.name);
    RULES(TAKE_NUMBER)
#undef TAKE_NUMBER
    bound.digit = (int)bound.rules.DIGIT, bound.sign = (int)bound.rules.SIGN;
    bound.lower = (int)bound.rules.LOWER, bound.other = (int)bound.rules.OTHER;
    bound.known = (uint32_t)bound.rules.KNOWN;
    return taken;
}

/* The names by which values are put into lines, kept as long as the process lives. */
static int take_names(void) {
    static const char *const names[7] = {"box", "_text", "segments", "centre", "height", "years", "values"};
    for (int at = 0; at < 7; at++) {
        if (bound.names[at] == NULL) bound.names[at] = PyUnicode_InternFromString(names[at]);
        if (bound.names[at] == NULL) return 0;
    }
    return 1;
}

/* bind(numbers of rules by name, classes and traits of characters, Segment, PageLine, Printed, what reads a text, what
 * says whether words a blank apart are years, the kind of words) */
static PyObject *bind(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *numbers, *kept[6];
    Py_buffer classes, traits;
    if (is_bound) {
        PyErr_SetString(PyExc_RuntimeError, "bound already");
        return NULL;
    }
    if (!PyArg_ParseTuple(arguments, "Oy*y*OOOOOO", &numbers, &classes, &traits, &kept[0], &kept[1], &kept[2], &kept[3],
                          &kept[4], &kept[5])) {
        return NULL;
    }
    bound.new_line = PyType_Check(kept[1]) ? (newfunc)PyType_GetSlot((PyTypeObject *)kept[1], Py_tp_new) : NULL;
    int taken = take_rules(numbers) && take_names();
    if (taken && (bound.new_line == NULL || classes.len != traits.len || (size_t)classes.len != bound.known + 1u)) {
        PyErr_SetString(PyExc_ValueError, "tables of all known characters and a class of lines are wanted");
        taken = 0;
    }
    if (!taken) {
        PyBuffer_Release(&classes), PyBuffer_Release(&traits);
        return NULL;
    }
    for (int at = 0; at < 6; at++) Py_INCREF(kept[at]); /* held as long as the process lives, as the tables are */
    bound.classes = classes.buf, bound.traits = traits.buf;
    bound.segment = kept[0], bound.line = kept[1], bound.printed = kept[2], bound.read = kept[3];
    bound.are_apart = kept[4], bound.text_kind = kept[5];
    is_bound = 1;
    Py_RETURN_NONE;
}

/* The numbers of the lines that may be of a table (pipeline.tables.layout.segments.promising). */
static PyObject *promising(const Page *page) {
    PyObject *found = PyList_New(0);
    for (size_t line = 0; found != NULL && line < page->lines; line++) {
        int told = 0, plain = 0, several = page->begins[line + 1] > page->begins[line] + 1;
        for (int64_t at = page->begins[line]; at < page->begins[line + 1]; at++) {
            int kinds = page->kinds[at] & (bound.lower | bound.other | bound.digit);
            told |= kinds == bound.digit || page->dated[at], plain |= !page->prosy[at];
        }
        if (!told && !(plain && several)) continue;
        PyObject *number = PyLong_FromSize_t(line);
        if (number == NULL || PyList_Append(found, number) < 0) Py_CLEAR(found);
        Py_XDECREF(number);
    }
    return found;
}

/* Whether a segment is a single dash. */
static int has_lone_signs(const Page *page) {
    for (size_t at = 0; at < page->segments; at++) {
        const Span *word = &page->spans[page->firsts[at]];
        if (page->kinds[at] == bound.sign && page->firsts[at + 1] == page->firsts[at] + 1 && word->end == word->start + 1) {
            return 1;
        }
    }
    return 0;
}

/* The upright rulings of a page, NULL where there is no room or a number has no value; `count` is how many. */
static Wall *walls_of(const Py_buffer *rulings, size_t *count) {
    size_t all = (size_t)rulings->len / (4 * sizeof(float)), found = 0;
    Wall *walls = PyMem_Malloc((all + 1) * sizeof(Wall));
    for (size_t at = 0; walls != NULL && at < all; at++) {
        float box[4];
        memcpy(box, (const char *)rulings->buf + at * sizeof box, sizeof box);
        float across = box[2] - box[0], down = box[3] - box[1];
        if (!isfinite(across) || !isfinite(down)) {
            PyMem_Free(walls);
            return NULL;
        }
        if (across < down) walls[found++] = (Wall){((double)box[0] + (double)box[2]) / 2, box[1], box[3]};
    }
    *count = found;
    return walls;
}

/* Lays a page out in one piece of memory, as pipeline/tables/layout/page_native.py takes it apart; then the scratch. */
static void lay_out(Page *page, char *memory, char *scratch) {
    size_t count = page->words;
    page->spans = (Span *)memory, memory += count * sizeof(Span);
    page->boxes = (Box *)memory, memory += count * sizeof(Box);
    page->firsts = (int64_t *)memory, memory += (count + 1) * sizeof(int64_t);
    page->begins = (int64_t *)memory, memory += (count + 1) * sizeof(int64_t);
    page->heights = (double *)memory, memory += count * sizeof(double);
    page->kinds = (uint8_t *)memory, page->prosy = page->kinds + count, page->dated = page->prosy + count;
    page->upper = (double *)scratch, page->level = page->upper + count, page->sorted = page->level + count;
    page->places = (Place *)(page->sorted + count), page->other_spans = (Span *)(page->places + count);
    page->other_boxes = (Box *)(page->other_spans + count);
    page->marks = (uint8_t *)(page->other_boxes + count), page->small = page->marks + count;
    page->apart = page->small + count, page->other_marks = page->apart + count;
}

#define SCRATCH (3 * sizeof(double) + sizeof(Place) + sizeof(Span) + sizeof(Box) + 4) /* bytes for each word */

static size_t bytes_of(size_t words) {
    return words * (sizeof(Span) + sizeof(Box) + sizeof(double) + 3) + 2 * (words + 1) * sizeof(int64_t);
}

/* What is given of a page that is cut; takes the memory over. */
static PyObject *given(Page *page, PyObject *memory, PyObject *text, PyObject *number) {
    PyObject *rows = promising(page), *lines = NULL;
    if (rows != NULL) lines = PyList_Size(rows) > 0 ? lines_of(page, text, number) : Py_NewRef(Py_None);
    if (lines == NULL) {
        Py_XDECREF(rows), Py_DECREF(memory);
        return NULL;
    }
    return Py_BuildValue("(NnnnNNNN)", memory, (Py_ssize_t)page->words, (Py_ssize_t)page->segments,
                         (Py_ssize_t)page->lines, rows, PyBool_FromLong(has_lone_signs(page)),
                         PyBool_FromLong(may_have_columns(page)), lines);
}

/* A page whose letters are there, cut; None where it is for Python. */
static PyObject *cut(Page *page, const Py_buffer packed[3], int64_t end, PyObject *text, PyObject *number) {
    size_t wall_count = 0;
    Wall *walls = walls_of(&packed[2], &wall_count);
    char *scratch = PyMem_Malloc(page->words * SCRATCH);
    PyObject *memory = PyByteArray_FromStringAndSize(NULL, (Py_ssize_t)bytes_of(page->words)), *found = NULL;
    if (scratch == NULL || memory == NULL) {
        if (memory != NULL) PyErr_NoMemory();
        Py_XDECREF(memory);
    } else {
        lay_out(page, PyByteArray_AsString(memory), scratch);
        int ordinary = walls != NULL && wall_count <= MOST_LOOKED_AT / page->words &&
                       take_words(page, packed[0].buf, packed[1].buf, end);
        if (ordinary) {
            cut_words(page, walls, wall_count);
            found = given(page, memory, text, number);
        } else {
            Py_DECREF(memory);
            found = Py_NewRef(Py_None);
        }
    }
    PyMem_Free(walls), PyMem_Free(scratch);
    return found;
}

/* Whether the packed arrays fit each other, and there are words. */
static int have_words(const Py_buffer packed[3]) {
    Py_ssize_t row = 16;
    return packed[0].len > 0 && packed[0].len % row == 0 && packed[1].len == packed[0].len && packed[2].len % row == 0 &&
           packed[0].len / row <= MOST && !PY_BIG_ENDIAN;
}

static PyObject *read_page(const Py_buffer packed[3], Py_ssize_t start, Py_ssize_t end, PyObject *text, PyObject *number) {
    Page page = {0};
    if (!have_words(packed) || start < 0 || end <= start) return Py_NewRef(Py_None);
    PyObject *printed = PyUnicode_Substring(text, start, end);
    if (printed == NULL) return NULL;
    Py_UCS4 *letters = PyUnicode_AsUCS4Copy(printed);
    page.length = (size_t)PyUnicode_GetLength(printed);
    Py_DECREF(printed);
    if (letters == NULL) return NULL;
    PyObject *found = NULL;
    if (page.length == (size_t)(end - start)) {
        page.text = letters, page.start = start, page.words = (size_t)packed[0].len / 16;
        found = cut(&page, packed, end, text, number);
    } else {
        found = Py_NewRef(Py_None);
    }
    PyMem_Free(letters);
    return found;
}

/* cut_page(text, number of the page, where it starts and ends, spans, boxes, rulings as a Page packs them) -> (memory,
 * words, segments, lines, the promising lines, whether a sign stands alone, whether the page may have columns, (Printed,
 * lines, those of several segments and a year) or None where no line is promising), or None for a page with anything out
 * of the ordinary. */
static PyObject *cut_page(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *text, *number;
    Py_ssize_t start, end;
    Py_buffer packed[3];
    if (!PyArg_ParseTuple(arguments, "UOnny*y*y*", &text, &number, &start, &end, &packed[0], &packed[1], &packed[2])) {
        return NULL;
    }
    PyObject *found = NULL;
    if (is_bound) {
        found = read_page(packed, start, end, text, number);
    } else {
        PyErr_SetString(PyExc_RuntimeError, "bind() comes first");
    }
    for (int at = 0; at < 3; at++) PyBuffer_Release(&packed[at]);
    return found;
}

static PyMethodDef METHODS[] = {
    {"bind", bind, METH_VARARGS, NULL},
    {"cut_page", cut_page, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static int fill(PyObject *module) { return PyModule_AddIntConstant(module, "INTERFACE", INTERFACE); }

static PyModuleDef_Slot SLOTS[] = {{Py_mod_exec, fill}, {0, NULL}};

static struct PyModuleDef MODULE = {
    PyModuleDef_HEAD_INIT, "pipeline.tables.layout._page", "The compiled part of tables.", 0, METHODS, SLOTS, 0, 0, 0,
};

PyMODINIT_FUNC PyInit__page(void) { return PyModuleDef_Init(&MODULE); }
