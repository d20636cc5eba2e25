/* The characters of a page: corpus/readers/pdf_chars.py says what each step means. */
#include "native.h"
#include <math.h>

enum { BLANK, PRINTED, ODD }; /* as in pdf_chars */

typedef struct {
    void *text;
    int count;        /* of all characters of the page */
    uint32_t *codes;  /* of all */
    size_t size;      /* of the printed ones */
    int64_t *indexes; /* of those, as in all arrays below */
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

/* The printed characters and their boxes; 0 where one is odd, is a letter without a name, or has no box of its own. */
static int boxes_found(Page *page) {
    const uint8_t *kind_of = kinds.buf;
    for (int at = 0; at < page->count; at++) {
        uint32_t code = page->codes[at];
        if ((size_t)code >= (size_t)kinds.len || kind_of[code] == ODD) return 0;
        if (kind_of[code] == BLANK) continue;
        if (pdfium.FPDFText_HasUnicodeMapError(page->text, at) == 1) return 0;
        Rect *rect = &page->rects[page->size];
        *rect = (Rect){0, 0, 0, 0}; /* where pdfium knows no box it leaves it as it is */
        pdfium.FPDFText_GetLooseCharBox(page->text, at, rect);
        if (!(rect->right > rect->left && rect->top > rect->bottom)) return 0;
        page->indexes[page->size++] = at;
    }
    return 1;
}

static int near_each_other(float one, float other) { return fabs((double)one - (double)other) < rules.SAME_EDGE; }

static int64_t quarter(int64_t turns) { return ((turns % 4) + 4) % 4; }

/* Quarter turns in user space: a character between the same two edges as the last one is turned as that is. */
static void turns_found(Page *page, int level) {
    int64_t turn = 0;
    for (size_t at = 0; at < page->size; at++) {
        if (!level) {
            const Rect *here = &page->rects[at], *last = at > 0 ? here - 1 : here;
            int level_too = near_each_other(here->top, last->top) && near_each_other(here->bottom, last->bottom);
            int sheer_too = near_each_other(here->left, last->left) && near_each_other(here->right, last->right);
            if (at == 0 || !(level_too || sheer_too)) {
                double angle = pdfium.FPDFText_GetCharAngle(page->text, (int)page->indexes[at]);
                turn = isfinite(angle) ? quarter(-(int64_t)rint(angle / (3.141592653589793 / 2))) : 0;
            }
        }
        page->turns[at] = turn;
    }
}

/* Whether a letter may be one of a ligature (pdf_chars._LIGATED). */
static int may_be_ligated(uint32_t code) { return code == 'f' || code == 'i' || code == 'l'; }

/* Whether a character begins where the one before it on its level ends, or a little within it. */
static int touches(const Page *page, size_t at) {
    const Rect *right = &page->rects[at], *left = right - 1;
    int level = near_each_other(right->bottom, left->bottom);
    if (!level) {
        int nested = (right->top > left->top) != (right->bottom > left->bottom);
        if (!nested || !(may_be_ligated(page->codes[page->indexes[at - 1]]) ||
                         may_be_ligated(page->codes[page->indexes[at]])))
            return 0;
    }
    double gap = (double)right->left - left->right;
    double height = (double)left->top - left->bottom, other = (double)right->top - right->bottom;
    if (other > height) height = other;
    return gap < (level ? rules.TOUCHING : rules.LIGATED) * height && gap > -rules.KERNED * height;
}

/* The places of the characters, without line breaks within a word. */
static void places_found(Page *page) {
    int64_t gone = 0;
    for (size_t at = 0; at < page->size; at++) {
        if (at > 0 && page->indexes[at] - page->indexes[at - 1] == 3) {
            if (page->codes[page->indexes[at - 1] + 1] == (uint32_t)rules.BREAK && page->turns[at - 1] == 0 &&
                touches(page, at)) {
                gone += 2;
            }
        }
        page->places[at] = page->indexes[at] - gone;
    }
}

static PyObject *given(Page *page, const Frame *frame) {
    size_t size = page->size;
    Arrays arrays = arrays_of(size * (4 * sizeof(double) + 3 * sizeof(int64_t) + sizeof(uint32_t)) + 8);
    if (arrays.memory == NULL) return NULL;
    double *sides = array(&arrays, 4 * size, sizeof(double));
    int64_t *turns = array(&arrays, size, sizeof(int64_t)), *places = array(&arrays, size, sizeof(int64_t));
    int64_t *indexes = array(&arrays, size, sizeof(int64_t));
    uint32_t *codes = array(&arrays, size, sizeof(uint32_t));
    double width, height;
    int plain = 1;
    shown_size(frame, &width, &height);
    for (size_t at = 0; at < size; at++) {
        const Rect *rect = &page->rects[at];
        double box[4];
        shown_box(frame, rect->left, rect->top, rect->right, rect->bottom, box);
        for (int side = 0; side < 4; side++) sides[(size_t)side * size + at] = box[side];
        turns[at] = quarter(page->turns[at] - frame->rotation / 90);
        places[at] = page->places[at];
        indexes[at] = page->indexes[at];
        codes[at] = page->codes[page->indexes[at]];
        plain = plain && box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height &&
                box[3] - box[1] >= rules.TINY;
    }
    return Py_BuildValue("(niN)", (Py_ssize_t)size, plain, arrays.memory);
}

/* read_chars(text, level, left, low, right, high, rotation)
 * -> (n, plain, sides (4, n), turns, places, indexes, codes in one piece), or None for a page with odd characters.
 * Plain: none is tiny, or reaches beyond the page. */
PyObject *read_chars(PyObject *module, PyObject *arguments) {
    (void)module;
    Page page = {0};
    Frame frame;
    int level;
    unsigned long long address;
    if (!PyArg_ParseTuple(arguments, "Kpddddi", &address, &level, &frame.left, &frame.low, &frame.right, &frame.high,
                          &frame.rotation) ||
        !is_bound()) {
        return NULL;
    }
    page.text = (void *)(uintptr_t)address;
    page.count = page.text == NULL ? 0 : pdfium.FPDFText_CountChars(page.text);
    if (page.count < 0) page.count = 0;
    if (page.count > MOST) Py_RETURN_NONE;
    size_t room = (size_t)page.count + 1;
    void *memory = PyMem_Malloc(room * (3 * sizeof(int64_t) + sizeof(Rect) + sizeof(uint32_t) + sizeof(uint16_t)));
    if (memory == NULL) return PyErr_NoMemory();
    page.indexes = memory, page.turns = page.indexes + room, page.places = page.turns + room;
    page.rects = (Rect *)(page.places + room), page.codes = (uint32_t *)(page.rects + room);
    if (page.count > 0) codes_found(&page, (uint16_t *)(page.codes + room));
    PyObject *found = NULL;
    if (boxes_found(&page)) {
        turns_found(&page, level);
        places_found(&page);
        found = given(&page, &frame);
    } else {
        found = Py_NewRef(Py_None);
    }
    PyMem_Free(memory);
    return found;
}
