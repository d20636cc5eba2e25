/* The characters of a page: corpus/readers/pdf_chars.py says what each step means. */
#include "native.h"
#include <math.h>

enum { BLANK, PRINTED, ODD }; /* as in pdf_chars */

/* The numbers that the rules of pdf_chars set. */
typedef struct {
    double same_edge, touching;
    int break_mark;
} Rules;

typedef struct {
    void *text;
    int count;             /* of all characters of the page */
    const uint8_t *kinds;  /* of each code point */
    Py_ssize_t most_codes; /* of which there are so many */
    uint32_t *codes;       /* of all */
    Py_ssize_t size;       /* of the printed ones */
    int64_t *indexes;      /* of those, as in all arrays below */
    Rect *rects;
    int64_t *turns;
    int64_t *places;
} Page;

/* Code points as pdf_chars._codes finds them: from the text as a whole, if it has a unit for each and no pairs. */
static void codes_found(Page *page, uint16_t *units) {
    int whole = pdfium.FPDFText_GetText(page->text, 0, page->count, units) == page->count + 1;
    for (int at = 0; whole && at < page->count; at++) {
        page->codes[at] = units[at];
        whole = units[at] < 0xD800 || units[at] >= 0xE000;
    }
    for (int at = 0; !whole && at < page->count; at++) {
        page->codes[at] = pdfium.FPDFText_GetUnicode(page->text, at);
    }
}

/* The printed characters and their boxes; 0 where one is odd or has no box of its own. */
static int boxes_found(Page *page) {
    Py_ssize_t size = 0;
    for (int at = 0; at < page->count; at++) {
        uint32_t code = page->codes[at];
        if ((Py_ssize_t)code >= page->most_codes) return 0;
        if (page->kinds[code] == BLANK) continue;
        if (page->kinds[code] != PRINTED) return 0;
        Rect *rect = &page->rects[size];
        *rect = (Rect){0, 0, 0, 0}; /* where pdfium knows no box it leaves it as it is */
        pdfium.FPDFText_GetLooseCharBox(page->text, at, rect);
        if (!(rect->right > rect->left && rect->top > rect->bottom)) return 0;
        page->indexes[size++] = at;
    }
    page->size = size;
    return 1;
}

static int near_each_other(float one, float other, double reach) {
    return fabs((double)one - (double)other) < reach;
}

static int64_t quarter(int64_t turns) { return ((turns % 4) + 4) % 4; }

/* Quarter turns in user space: a character between the same two edges as the last one is turned as that is. */
static void turns_found(Page *page, int level, const Rules *rules) {
    int64_t turn = 0;
    for (Py_ssize_t at = 0; at < page->size; at++) {
        if (!level) {
            const Rect *here = &page->rects[at], *last = here - 1;
            int same = at > 0 && ((near_each_other(here->top, last->top, rules->same_edge) &&
                                   near_each_other(here->bottom, last->bottom, rules->same_edge)) ||
                                  (near_each_other(here->left, last->left, rules->same_edge) &&
                                   near_each_other(here->right, last->right, rules->same_edge)));
            if (!same) {
                double angle = pdfium.FPDFText_GetCharAngle(page->text, (int)page->indexes[at]);
                turn = isfinite(angle) ? quarter(-(int64_t)rint(angle / (3.141592653589793 / 2))) : 0;
            }
        }
        page->turns[at] = turn;
    }
}

/* The places of the characters, without line breaks within a word. */
static void places_found(Page *page, const Rules *rules) {
    int64_t gone = 0;
    for (Py_ssize_t at = 0; at < page->size; at++) {
        page->places[at] = page->indexes[at];
        if (at > 0 && page->indexes[at] - page->indexes[at - 1] == 3) {
            const Rect *right = &page->rects[at], *left = right - 1;
            if (near_each_other(right->bottom, left->bottom, rules->same_edge) &&
                (int)page->codes[page->indexes[at - 1] + 1] == rules->break_mark && page->turns[at - 1] == 0 &&
                fabs((double)right->left - left->right) < rules->touching * ((double)left->top - left->bottom)) {
                gone += 2;
            }
        }
        page->places[at] -= gone;
    }
}

/* The point on the page as shown. */
static void shown(const Frame *frame, double x, double y, double *across, double *down) {
    switch (frame->rotation) {
    case 90: *across = y - frame->low, *down = x - frame->left; break;
    case 180: *across = frame->right - x, *down = y - frame->low; break;
    case 270: *across = frame->high - y, *down = frame->right - x; break;
    default: *across = x - frame->left, *down = frame->high - y;
    }
}

static PyObject *given(Page *page, const Frame *frame) {
    size_t size = (size_t)page->size;
    Arrays arrays = arrays_of(size * (4 * sizeof(double) + 3 * sizeof(int64_t) + sizeof(uint32_t)) + 8);
    if (arrays.memory == NULL) return NULL;
    double *sides = array(&arrays, 4 * size, sizeof(double));
    int64_t *turns = array(&arrays, size, sizeof(int64_t)), *places = array(&arrays, size, sizeof(int64_t));
    int64_t *indexes = array(&arrays, size, sizeof(int64_t));
    uint32_t *codes = array(&arrays, size, sizeof(uint32_t));
    for (size_t at = 0; at < size; at++) {
        const Rect *rect = &page->rects[at];
        double x0, y0, x1, y1;
        shown(frame, rect->left, rect->top, &x0, &y0);
        shown(frame, rect->right, rect->bottom, &x1, &y1);
        sides[at] = x0 < x1 ? x0 : x1;
        sides[size + at] = y0 < y1 ? y0 : y1;
        sides[2 * size + at] = x0 < x1 ? x1 : x0;
        sides[3 * size + at] = y0 < y1 ? y1 : y0;
        turns[at] = quarter(page->turns[at] - frame->rotation / 90);
        places[at] = page->places[at];
        indexes[at] = page->indexes[at];
        codes[at] = page->codes[page->indexes[at]];
    }
    return Py_BuildValue("(nN)", page->size, arrays.memory);
}

/* read_chars(text, level, kinds, left, low, right, high, rotation, same_edge, touching, break_mark)
 * -> (n, sides (4, n), turns, places, indexes, codes in one piece), or None for a page with odd characters. */
PyObject *read_chars(PyObject *module, PyObject *arguments) {
    (void)module;
    Page page = {0};
    Frame frame;
    Rules rules;
    Py_buffer kinds;
    int level;
    unsigned long long address;
    if (!PyArg_ParseTuple(arguments, "Kpy*ddddiddi", &address, &level, &kinds, &frame.left, &frame.low, &frame.right,
                          &frame.high, &frame.rotation, &rules.same_edge, &rules.touching, &rules.break_mark)) {
        return NULL;
    }
    PyObject *found = NULL;
    uint16_t *units = NULL;
    void *memory = NULL;
    page.text = (void *)(uintptr_t)address;
    if (!bound || page.text == NULL) {
        PyErr_SetString(PyExc_ValueError, "no text, or no functions of pdfium");
        goto done;
    }
    page.kinds = kinds.buf, page.most_codes = kinds.len;
    page.count = pdfium.FPDFText_CountChars(page.text);
    if (page.count < 0) page.count = 0;
    if (page.count > MOST) {
        found = Py_NewRef(Py_None);
        goto done;
    }
    size_t count = (size_t)page.count;
    units = PyMem_Malloc((count + 1) * sizeof(uint16_t));
    memory = PyMem_Malloc((count + 1) * (3 * sizeof(int64_t) + sizeof(Rect) + sizeof(uint32_t)));
    if (units == NULL || memory == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    page.indexes = memory, page.turns = page.indexes + count, page.places = page.turns + count;
    page.rects = (Rect *)(page.places + count), page.codes = (uint32_t *)(page.rects + count);
    if (count > 0) codes_found(&page, units);
    if (!boxes_found(&page)) {
        found = Py_NewRef(Py_None);
        goto done;
    }
    turns_found(&page, level, &rules);
    places_found(&page, &rules);
    found = given(&page, &frame);
done:
    PyMem_Free(units);
    PyMem_Free(memory);
    PyBuffer_Release(&kinds);
    return found;
}
