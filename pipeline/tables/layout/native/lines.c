/* The lines of a page as objects: pipeline/tables/layout/pagelines.py (PageLines._line) says what each step means. */
#include "page.h"
#include <stddef.h>

typedef struct {
    const Page *page;
    PyObject *text, *number, *boxes, *printed;
} Making;

/* What is counted of a line while its segments are made. */
typedef struct {
    size_t values, years, texts, small, levels;
} Told;

static uint8_t trait(uint32_t code) { return code < bound.known ? bound.traits[code] : 0; }

static PyObject *list_of(const int64_t *numbers, size_t count, size_t step) {
    PyObject *made = PyList_New((Py_ssize_t)count);
    for (size_t at = 0; made != NULL && at < count; at++) {
        PyObject *one = PyLong_FromLongLong(numbers[at * step]);
        if (one == NULL || PyList_SetItem(made, (Py_ssize_t)at, one) < 0) Py_CLEAR(made);
    }
    return made;
}

static PyObject *box_of(double x0, double top, double x1, double bottom) {
    double sides[4] = {x0, top, x1, bottom};
    PyObject *made = PyTuple_New(4);
    for (int at = 0; made != NULL && at < 4; at++) {
        PyObject *one = PyFloat_FromDouble(sides[at]);
        if (one == NULL || PyTuple_SetItem(made, at, one) < 0) Py_CLEAR(made);
    }
    return made;
}

/* The box around each segment. */
static PyObject *boxes_of(const Page *page) {
    PyObject *made = PyList_New((Py_ssize_t)page->segments);
    for (size_t at = 0; made != NULL && at < page->segments; at++) {
        Box box = page->boxes[page->firsts[at]];
        for (int64_t word = page->firsts[at] + 1; word < page->firsts[at + 1]; word++) {
            const Box *other = &page->boxes[word];
            if (other->top < box.top) box.top = other->top;
            if (other->x1 > box.x1) box.x1 = other->x1;
            if (other->bottom > box.bottom) box.bottom = other->bottom;
        }
        PyObject *one = box_of(box.x0, box.top, box.x1, box.bottom);
        if (one == NULL || PyList_SetItem(made, (Py_ssize_t)at, one) < 0) Py_CLEAR(made);
    }
    return made;
}

/* The Printed of a page; the boxes of its words are put in by Python. */
static PyObject *printed_of(const Page *page, PyObject *number) {
    PyObject *starts = list_of(&page->spans->start, page->words, 2), *ends = list_of(&page->spans->end, page->words, 2);
    PyObject *made = NULL;
    if (starts && ends) made = PyObject_CallFunctionObjArgs(bound.printed, number, starts, ends, Py_None, NULL);
    Py_XDECREF(starts), Py_XDECREF(ends);
    return made;
}

/* A stretch of a page's text. */
typedef struct {
    const uint32_t *codes;
    size_t size, words;
} Stretch;

/* Whether one blank stands between every two words, and none in them. */
static int is_plain(const Page *page, size_t first, size_t stop) {
    for (size_t at = first; at < stop; at++) {
        if (at + 1 < stop && page->spans[at].end + 1 != page->spans[at + 1].start) return 0;
        int64_t place = page->spans[at].start - page->start, end = page->spans[at].end - page->start;
        for (; place < end; place++) {
            if (page->text[place] == ' ') return 0;
        }
        if (at + 1 < stop && page->text[end] != ' ') return 0;
    }
    return 1;
}

/* Whether a word ends in dots that lead to the next cell (pipeline.tables.content.leaders.may_lead). */
static int leads(const Page *page, size_t word) {
    size_t size = (size_t)(page->spans[word].end - page->spans[word].start), dots = 0;
    const uint32_t *end = page->text + (page->spans[word].end - page->start);
    while (dots < size && trait(end[-1 - (ptrdiff_t)dots]) & LEADING_TRAIT) dots++;
    return dots > 0 && (dots == size || (double)dots >= bound.rules.FEWEST_DOTS);
}

static int is_digit(uint32_t code) { return code >= '0' && code <= '9'; }

/* Whether words may be years a blank apart (pipeline.tables.content.yearwords.may_be_years), or have digits of other kinds. */
static int may_be_years(const Stretch *stretch) {
    size_t years = 0, pairs = 0;
    for (size_t at = 0, stop; at < stretch->size; at = stop + 1) {
        const uint32_t *run = stretch->codes + at;
        for (stop = at; stop < stretch->size && is_digit(stretch->codes[stop]);) stop++;
        size_t size = stop - at;
        pairs += size / 2;
        years += size == 2 && run[0] >= '1' && run[0] <= '4';
        years += size == 4 && ((run[0] == '1' && run[1] == '9') || (run[0] == '2' && run[1] == '0'));
        if (stop < stretch->size && (stretch->codes[stop] >= bound.known || trait(stretch->codes[stop]) & FIGURE_TRAIT)) {
            return 1;
        }
    }
    return years > 1 && (double)stretch->words <= bound.rules.MOST_WORDS * (double)pairs;
}

/* Whether it is plainly no figure: it begins with three letters and has nothing of a figure. */
static int is_words(const Stretch *stretch) {
    if (stretch->size < 3) return 0;
    for (size_t at = 0; at < stretch->size; at++) {
        uint32_t code = stretch->codes[at];
        if (code >= bound.known || trait(code) & FIGURE_TRAIT) return 0;
        if (at < 3 && !(trait(code) & LETTER_TRAIT)) return 0;
    }
    return 1;
}

/* "(2030)" */
static int is_bracketed_year(const Stretch *stretch) {
    const uint32_t *code = stretch->codes;
    if (stretch->size != 6 || code[0] != '(' || code[5] != ')') return 0;
    return is_digit(code[1]) && is_digit(code[2]) && is_digit(code[3]) && is_digit(code[4]);
}

/* Whether a segment alone is for Python; it has a number on its page. */
static int is_odd(const Page *page, size_t number, const Stretch *stretch) {
    size_t first = (size_t)page->firsts[number], stop = first + stretch->words;
    if (leads(page, stop - 1)) return 1;
    return stretch->words > 1 && !is_plain(page, first, stop);
}

/* Whether the words of a segment are headings of years, each a cell of its own; -1 where an exception is set. */
static int are_apart(const Page *page, size_t number, const Stretch *stretch, PyObject *text) {
    if (stretch->words == 1 || !(page->kinds[number] & bound.digit) || !may_be_years(stretch)) return 0;
    PyObject *said = PyObject_CallFunctionObjArgs(bound.are_apart, text, NULL);
    int apart = said == NULL ? -1 : said == Py_True;
    Py_XDECREF(said);
    return apart;
}

/* The text from the first word of a segment to the last one; nothing where that one stands before it. */
static Stretch stretch_of(const Page *page, size_t number) {
    const Span *first = &page->spans[page->firsts[number]], *last = &page->spans[page->firsts[number + 1] - 1];
    size_t size = last->end > first->start ? (size_t)(last->end - first->start) : 0;
    return (Stretch){page->text + (first->start - page->start), size,
                     (size_t)(page->firsts[number + 1] - page->firsts[number])};
}

/* kind, whether it is a year, whether it is a figure: new references, or 0 and an exception is set. */
static int read_text(PyObject *text, const Stretch *stretch, PyObject *found[3]) {
    if (is_words(stretch)) {
        found[0] = Py_NewRef(bound.text_kind), found[1] = Py_NewRef(Py_False), found[2] = Py_NewRef(Py_False);
        return 1;
    }
    PyObject *said = PyObject_CallFunctionObjArgs(bound.read, text, NULL);
    if (said == NULL) return 0;
    for (int at = 0; at < 3; at++) {
        found[at] = PyTuple_GetItem(said, at);
        if (found[at] == NULL) {
            while (at--) Py_DECREF(found[at]);
            Py_DECREF(said);
            return 0;
        }
        Py_INCREF(found[at]);
    }
    Py_DECREF(said);
    return 1;
}

/* A Segment of these values, which are taken over; NULL where one is missing, or it cannot be made. */
static PyObject *segment_of(const Making *making, size_t number, PyObject *text, PyObject *const said[3]) {
    const Page *page = making->page;
    PyObject *box = PyList_GetItem(making->boxes, (Py_ssize_t)number), *all = PyTuple_New(11), *made = NULL;
    PyObject *count = PyLong_FromLongLong(page->firsts[number + 1] - page->firsts[number]);
    PyObject *first = PyLong_FromLongLong(page->firsts[number]);
    PyObject *x0 = box == NULL ? NULL : PyTuple_GetItem(box, 0), *x1 = box == NULL ? NULL : PyTuple_GetItem(box, 2);
    int whole = all != NULL && count != NULL && first != NULL && x0 != NULL && x1 != NULL;
    PyObject *values[11] = {text, making->number, box, x0, x1, said[0], said[1], said[2], count, making->printed, first};
    for (int at = 0; whole && at < 11; at++) whole = PyTuple_SetItem(all, at, Py_NewRef(values[at])) == 0;
    if (whole) made = PyObject_Call(bound.segment, all, NULL);
    Py_XDECREF(all), Py_XDECREF(count), Py_XDECREF(first);
    return made;
}

/* The segment of a number; None where the line is for Python, NULL where it cannot be made. */
static PyObject *made_segment(const Making *making, size_t number, Told *told) {
    const Page *page = making->page;
    Stretch stretch = stretch_of(page, number);
    if (is_odd(page, number, &stretch) || is_bracketed_year(&stretch)) return Py_NewRef(Py_None);
    Py_ssize_t start = (Py_ssize_t)page->spans[page->firsts[number]].start;
    PyObject *said[3], *text = PyUnicode_Substring(making->text, start, start + (Py_ssize_t)stretch.size), *made;
    if (text == NULL) return NULL;
    int apart = are_apart(page, number, &stretch, text);
    if (apart != 0 || !read_text(text, &stretch, said)) {
        Py_DECREF(text);
        return apart == 1 ? Py_NewRef(Py_None) : NULL;
    }
    if (said[0] == bound.text_kind) {
        told->texts++;
        told->small += page->small[page->firsts[number]];
    }
    told->values += said[2] == Py_True, told->years += said[1] == Py_True;
    told->levels += page->kinds[number] & bound.digit && trait(stretch.codes[stretch.size - 1]) & LEVEL_TRAIT;
    made = segment_of(making, number, text, said);
    Py_DECREF(text), Py_DECREF(said[0]), Py_DECREF(said[1]), Py_DECREF(said[2]);
    return made;
}

/* Whether a line is one of running text whose blanks are widened, all by the same. */
static int is_justified(const Page *page, size_t first, size_t stop, const Told *told) {
    size_t segments = stop - first, word = (size_t)page->firsts[first], end = (size_t)page->firsts[stop];
    if (2 * told->small < told->texts || 2 * told->texts <= segments) return 0;
    if ((double)(end - word) < bound.rules.FEWEST_JUSTIFIED) return 0;
    double narrowest = page->boxes[word + 1].x0 - page->boxes[word].x1, widest = narrowest;
    for (word += 2; word < end; word++) {
        double gap = page->boxes[word].x0 - page->boxes[word - 1].x1;
        if (gap < narrowest) narrowest = gap;
        if (gap > widest) widest = gap;
    }
    return widest - narrowest < bound.rules.SAME_GAP;
}

/* Whether a line of several segments is for Python: headings that speak of each other, or justified text. */
static int is_odd_line(const Page *page, size_t first, size_t stop, const Told *told) {
    if (told->levels > 1) return 1;
    if ((double)(stop - first) < bound.rules.FEWEST_SPACED) return 0;
    for (size_t number = first; number < stop; number++) {
        if (*stretch_of(page, number).codes >= bound.known) return 1; /* it may be a small letter */
    }
    return is_justified(page, first, stop, told);
}

/* The box around a line, by those of its segments. */
static PyObject *line_box(const Making *making, size_t first, size_t stop) {
    double sides[4] = {0, 0, 0, 0};
    for (size_t number = first; number < stop; number++) {
        PyObject *box = PyList_GetItem(making->boxes, (Py_ssize_t)number);
        for (int at = 0; at < 4; at++) {
            PyObject *side = box == NULL ? NULL : PyTuple_GetItem(box, at);
            if (side == NULL) return NULL;
            double value = PyFloat_AsDouble(side);
            if (number == first || (at == 1 && value < sides[1]) || (at > 1 && value > sides[at])) sides[at] = value;
        }
    }
    return box_of(sides[0], sides[1], sides[2], sides[3]);
}

/* Puts a value into a line, which is taken over; 0 where it is missing or cannot be put. */
static int put(PyObject *line, int name, PyObject *value) {
    if (value == NULL) return 0;
    int failed = PyObject_SetAttr(line, bound.names[name], value);
    Py_DECREF(value);
    return failed == 0;
}

/* A PageLine of these segments. */
static PyObject *line_of(const Making *making, size_t line, PyObject *segments, const Told *told) {
    size_t first = (size_t)making->page->begins[line], stop = (size_t)making->page->begins[line + 1];
    int single = stop - first == 1;
    PyObject *box = single ? Py_XNewRef(PyList_GetItem(making->boxes, (Py_ssize_t)first)) : line_box(making, first, stop);
    PyObject *nothing = PyTuple_New(0), *made = NULL;
    if (box != NULL && nothing != NULL) made = bound.new_line((PyTypeObject *)bound.line, nothing, NULL);
    Py_XDECREF(nothing);
    if (made == NULL) {
        Py_XDECREF(box);
        return NULL;
    }
    double top = PyFloat_AsDouble(PyTuple_GetItem(box, 1)), bottom = PyFloat_AsDouble(PyTuple_GetItem(box, 3));
    PyObject *text = single ? PyObject_GetAttrString(PyTuple_GetItem(segments, 0), "text") : Py_NewRef(Py_None);
    if (!(put(made, 0, box) & put(made, 1, text) & put(made, 2, Py_NewRef(segments)) &
          put(made, 3, PyFloat_FromDouble((top + bottom) / 2)) &
          put(made, 4, PyFloat_FromDouble(making->page->heights[line])) & put(made, 5, PyLong_FromSize_t(told->years)) &
          put(made, 6, PyLong_FromSize_t(told->values)))) {
        Py_CLEAR(made);
    }
    return made;
}

/* The line of a number; None where it is for Python, NULL where it cannot be made. One of several segments with a year
 * is put into `dated`, too: what its years are they say together. */
static PyObject *made_line(const Making *making, size_t line, PyObject *dated) {
    const Page *page = making->page;
    size_t first = (size_t)page->begins[line], stop = (size_t)page->begins[line + 1];
    Told told = {0, 0, 0, 0, 0};
    PyObject *segments = PyTuple_New((Py_ssize_t)(stop - first)), *made;
    if (segments == NULL) return NULL;
    for (size_t number = first; number < stop; number++) {
        PyObject *segment = made_segment(making, number, &told);
        if (segment == Py_None) {
            Py_DECREF(segments);
            return segment; /* dots that lead, years a blank apart, or anything else out of the ordinary */
        }
        if (segment == NULL || PyTuple_SetItem(segments, (Py_ssize_t)(number - first), segment) < 0) {
            Py_DECREF(segments);
            return NULL;
        }
    }
    int odd = stop - first > 1 && is_odd_line(page, first, stop, &told);
    made = odd ? Py_NewRef(Py_None) : line_of(making, line, segments, &told);
    Py_DECREF(segments);
    if (made != NULL && !odd && stop - first > 1 && told.years > 0 && PyList_Append(dated, made) < 0) Py_CLEAR(made);
    return made;
}

PyObject *lines_of(const Page *page, PyObject *text, PyObject *number) {
    Making making = {page, text, number, boxes_of(page), NULL};
    if (making.boxes == NULL) return NULL;
    making.printed = printed_of(page, number);
    PyObject *made = PyList_New((Py_ssize_t)page->lines), *dated = PyList_New(0);
    if (making.printed == NULL || dated == NULL) Py_CLEAR(made);
    for (size_t line = 0; made != NULL && line < page->lines; line++) {
        PyObject *one = made_line(&making, line, dated);
        if (one == NULL || PyList_SetItem(made, (Py_ssize_t)line, one) < 0) Py_CLEAR(made);
    }
    Py_DECREF(making.boxes);
    if (made == NULL) {
        Py_XDECREF(making.printed), Py_XDECREF(dated);
        return NULL;
    }
    return Py_BuildValue("(NNN)", making.printed, made, dated);
}
