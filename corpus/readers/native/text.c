/* The text of a page, a line for each printed line: corpus/readers/pdf_layout.py says what each step means. */
#include "words.h"
#include <stdlib.h>
#include <string.h>

static double least(double one, double other) { return other < one ? other : one; }
static double most(double one, double other) { return other > one ? other : one; }

/* The middle one of the heights of a line's words. */
static double middle_height(const Lines *lines, size_t line) {
    size_t first = lines->firsts[line], size = lines->firsts[line + 1] - first;
    int alike = 1;
    for (size_t at = 0; at < size; at++) {
        lines->scratch[at] = lines->words[first + at].height;
        alike = alike && lines->scratch[at] == lines->scratch[0];
    }
    if (alike) return lines->scratch[0];
    qsort(lines->scratch, size, sizeof(double), by_size);
    return (lines->scratch[(size - 1) / 2] + lines->scratch[size / 2]) / 2;
}

/* The value that this share of them does not exceed, interpolated. */
static double share_of(double *values, size_t count, double share) {
    qsort(values, count, sizeof(double), by_size);
    double place = share * (double)(count - 1);
    size_t low = (size_t)place, high = low + 1 < count ? low + 1 : count - 1;
    return values[low] + (values[high] - values[low]) * (place - (double)low);
}

void find_wide_gaps(Lines *lines, uint8_t *wide) {
    size_t count = lines->line_count;
    double *gaps = lines->scratch + lines->word_count, *sorted = gaps + lines->word_count;
    double last_bottom = 0, last_height = 0;
    memset(wide, 0, count);
    for (size_t line = 0; line < count; line++) {
        const Word *words = &lines->words[lines->firsts[line]];
        double top = words[0].top, bottom = words[0].bottom, height = middle_height(lines, line);
        for (size_t at = 1; at < lines->firsts[line + 1] - lines->firsts[line]; at++) {
            top = least(top, words[at].top), bottom = most(bottom, words[at].bottom);
        }
        if (line > 0) gaps[line - 1] = most(top - last_bottom, 0.0) / most(least(height, last_height), 1e-6);
        last_bottom = bottom, last_height = height;
    }
    if (count < 2) return;
    memcpy(sorted, gaps, (count - 1) * sizeof(double));
    double usual = share_of(sorted, count - 1, rules.USUAL) + rules.PARAGRAPH;
    for (size_t line = 1; line < count; line++) wide[line] = gaps[line - 1] > usual;
}

/* The words with what stands between them; a line end stands at the end. Gives where each word starts and ends in the
 * text, and how long that is. */
static size_t put_text(const Chars *chars, const Lines *lines, const uint8_t *wide, uint32_t *text, int64_t *spans) {
    size_t at = 0;
    for (size_t line = 0; line < lines->line_count; line++) {
        if (line > 0) text[at++] = '\n';
        if (wide[line]) text[at++] = '\n';
        for (size_t number = lines->firsts[line]; number < lines->firsts[line + 1]; number++, spans += 4) {
            const Word *word = &lines->words[number];
            if (number > lines->firsts[line]) text[at++] = ' ';
            spans[0] = (int64_t)at, spans[2] = (int64_t)line, spans[3] = 0;
            for (size_t letter = 0; letter < word->length; letter++) {
                uint32_t code = chars->codes[word->start + letter];
                text[at++] = code == (uint32_t)rules.HYPHEN_MARK ? '-' : code;
            }
            spans[1] = (int64_t)at;
        }
    }
    text[at++] = '\n';
    return at;
}

static PyObject *given(const Chars *chars, Lines *lines, uint8_t *wide, uint32_t *text) {
    size_t count = lines->word_count;
    find_wide_gaps(lines, wide);
    Arrays arrays = arrays_of(count * 4 * (sizeof(int64_t) + sizeof(double)));
    if (arrays.memory == NULL) return NULL;
    int64_t *spans = array(&arrays, 4 * count, sizeof(int64_t));
    double *boxes = array(&arrays, 4 * count, sizeof(double));
    for (size_t at = 0; at < count; at++, boxes += 4) {
        const Word *word = &lines->words[at];
        boxes[0] = rounded(word->x0), boxes[1] = rounded(word->top);
        boxes[2] = rounded(word->x1), boxes[3] = rounded(word->bottom);
    }
    size_t length = put_text(chars, lines, wide, text, spans);
    int order = PY_BIG_ENDIAN ? 1 : -1;
    PyObject *made = PyUnicode_DecodeUTF32((const char *)text, (Py_ssize_t)(length * 4), "strict", &order);
    if (made == NULL) {
        Py_DECREF(arrays.memory);
        return NULL;
    }
    return Py_BuildValue("(NnN)", made, (Py_ssize_t)count, arrays.memory);
}

static PyObject *text_of(const Chars *chars) {
    size_t room = chars->size + 2;
    Lines lines = {0};
    PyObject *found = NULL;
    uint32_t *text = PyMem_Malloc(4 * room * sizeof(uint32_t)); /* letters, and two signs in front of each at most */
    uint8_t *wide = PyMem_Malloc(room);
    lines.words = PyMem_Malloc(room * sizeof(Word));
    lines.firsts = PyMem_Malloc(room * sizeof(size_t));
    lines.scratch = PyMem_Malloc(3 * room * sizeof(double));
    if (text == NULL || wide == NULL || lines.words == NULL || lines.firsts == NULL || lines.scratch == NULL) {
        PyErr_NoMemory();
    } else if (find_words(chars, &lines) && find_lines(&lines) && have_no_columns(chars, &lines)) {
        found = given(chars, &lines, wide, text);
    } else {
        found = Py_NewRef(Py_None);
    }
    PyMem_Free(text), PyMem_Free(wide), PyMem_Free(lines.words), PyMem_Free(lines.firsts), PyMem_Free(lines.scratch);
    return found;
}

/* Whether the arrays have the sizes that they should, and all writing runs from left to right. */
static int are_ordinary(const Chars *chars, const Py_buffer *buffers) {
    size_t size = chars->size;
    const int64_t *turns = buffers[2].buf;
    if (size == 0 || size > MOST || (size_t)buffers[1].len != size * 4 * sizeof(double) ||
        (size_t)buffers[2].len != size * sizeof(int64_t) || (size_t)buffers[3].len != size * sizeof(int64_t)) {
        return 0;
    }
    for (size_t at = 0; at < size; at++) {
        if (turns[at] != 0) return 0;
    }
    return 1;
}

/* page_text(codes, sides (4, n), turns, places) -> (text, words, spans (n, 4) and boxes (n, 4) in one piece), or None
 * for a page with anything out of the ordinary: writing that is turned, letters that may change when they are spelled,
 * raised figures, words in pieces, columns. */
PyObject *page_text(PyObject *module, PyObject *arguments) {
    (void)module;
    Py_buffer buffers[4];
    if (!PyArg_ParseTuple(arguments, "y*y*y*y*", &buffers[0], &buffers[1], &buffers[2], &buffers[3])) return NULL;
    Chars chars = {(size_t)buffers[0].len / sizeof(uint32_t), buffers[0].buf, buffers[1].buf, buffers[3].buf};
    PyObject *found = NULL;
    if (is_bound()) found = are_ordinary(&chars, buffers) ? text_of(&chars) : Py_NewRef(Py_None);
    for (int at = 0; at < 4; at++) PyBuffer_Release(&buffers[at]);
    return found;
}
