/* Whether a page surely has no columns of running text: corpus/readers/pdf_columns.py says what each step means.
 * Where one may be, Python looks at it. */
#include "words.h"
#include <stdlib.h>
#include <string.h>

static double least(double one, double other) { return other < one ? other : one; }

/* How many lines have a gap of this width with two columns' words around it. */
static size_t parted_lines(const Lines *lines, double gap) {
    size_t count = 0, side = (size_t)rules.WORDS_A_LINE;
    for (size_t line = 0; line < lines->line_count; line++) {
        size_t first = lines->firsts[line], end = lines->firsts[line + 1];
        for (size_t at = first + side; at + side <= end; at++) {
            if (lines->words[at].x0 - lines->words[at - 1].x1 >= gap) {
                count++;
                break;
            }
        }
    }
    return count;
}

/* How many words of long lines have a wide gap in front of them; a line's first has the end of the last line there. */
static size_t wide_gaps(const Lines *lines) {
    size_t count = 0;
    for (size_t line = 0; line < lines->line_count; line++) {
        size_t first = lines->firsts[line], end = lines->firsts[line + 1];
        if (end - first < 2 * (size_t)rules.WORDS_A_LINE) continue;
        for (size_t at = first > 0 ? first : 1; at < end; at++) {
            const Word *word = &lines->words[at];
            count += word->x0 - word[-1].x1 > rules.GUTTER * rules.NARROWEST * word->height;
        }
    }
    return count;
}

/* An end of a gap. */
typedef struct {
    double place;
    int step; /* 1 where it begins, -1 where it ends */
} Edge;

static int by_place(const void *one, const void *other) {
    const Edge *here = one, *there = other;
    if (here->place != there->place) return here->place < there->place ? -1 : 1;
    return here->step - there->step;
}

/* The ends of the gaps within lines that are wider than this. */
static size_t find_edges(const Lines *lines, double gap, Edge *edges) {
    size_t count = 0;
    for (size_t line = 0; line < lines->line_count; line++) {
        for (size_t at = lines->firsts[line] + 1; at < lines->firsts[line + 1]; at++) {
            double start = lines->words[at - 1].x1, end = lines->words[at].x0;
            if (!(end - start > gap)) continue;
            edges[count++] = (Edge){start, 1};
            edges[count++] = (Edge){end, -1};
        }
    }
    return count;
}

/* The stretch that lies in most of the gaps. */
static void most_common(Edge *edges, size_t count, double *start, double *end) {
    int depth = 0, deepest = 0;
    qsort(edges, count, sizeof(Edge), by_place);
    for (size_t at = 0; at + 1 < count; at++) {
        depth += edges[at].step;
        if (depth > deepest) deepest = depth, *start = edges[at].place, *end = edges[at + 1].place;
    }
}

/* Whether a word holds a letter that may be large or small. */
static int has_letter(const Chars *chars, const Word *word) {
    const uint8_t *is_cased = cased.buf;
    for (size_t at = word->start; at < word->start + word->length; at++) {
        if (chars->codes[at] < (size_t)cased.len && is_cased[chars->codes[at]]) return 1;
    }
    return 0;
}

/* What a line has on both sides of a strip: how many words, and whether any of them has a letter. */
typedef struct {
    size_t left, right;
    int left_letter, right_letter, crossed;
} Sides;

static Sides sides_of(const Chars *chars, const Lines *lines, size_t line, double middle, double margin) {
    Sides sides = {0};
    for (size_t at = lines->firsts[line]; at < lines->firsts[line + 1]; at++) {
        const Word *word = &lines->words[at];
        sides.crossed |= word->x0 < middle + margin && word->x1 > middle - margin;
        if (word->x1 <= middle) sides.left++, sides.left_letter |= has_letter(chars, word);
        if (word->x0 >= middle) sides.right++, sides.right_letter |= has_letter(chars, word);
    }
    return sides;
}

/* Whether enough lines, one after another, leave a strip white that has letters on both sides of it. */
static int may_be_parted(const Chars *chars, const Lines *lines, double middle, double margin) {
    size_t full = 0, run = 0, longest = 0;
    for (size_t line = 0; line < lines->line_count; line++) {
        Sides sides = sides_of(chars, lines, line, middle, margin);
        size_t fewer = sides.left < sides.right ? sides.left : sides.right;
        full += !sides.crossed && fewer >= (size_t)rules.WORDS_A_LINE;
        if (sides.crossed || (fewer > 0 && !(sides.left_letter && sides.right_letter))) {
            run = 0;
        } else if (fewer > 0) {
            run++;
        }
        if (run > longest) longest = run;
    }
    return full >= (size_t)rules.MANY && longest >= (size_t)rules.MANY;
}

/* Whether the table knows all letters: what words.c takes from combining marks on are signs. */
static int are_known(const Chars *chars) {
    for (size_t at = 0; at < chars->size; at++) {
        if (chars->codes[at] >= (uint32_t)rules.LATIN && chars->codes[at] < (uint32_t)rules.FIRST_MARK) return 0;
    }
    return 1;
}

int have_no_columns(const Chars *chars, Lines *lines) {
    size_t many = (size_t)rules.MANY, count = lines->word_count;
    double lowest = lines->words[0].height;
    for (size_t at = 0; at < count; at++) {
        lines->scratch[at] = lines->words[at].height;
        lowest = least(lowest, lines->words[at].height);
    }
    if (parted_lines(lines, 2 * rules.MARGIN * lowest) < many || wide_gaps(lines) < many) return 1;
    qsort(lines->scratch, count, sizeof(double), by_size);
    double lower = lines->scratch[(count - 1) / 2], usual = (lower + lines->scratch[count / 2]) / 2;
    if (parted_lines(lines, 2 * rules.MARGIN * lower) < many) return 1;
    if (!are_known(chars)) return 0;
    Edge *edges = PyMem_Malloc(2 * count * sizeof(Edge));
    if (edges == NULL) return 0; /* it is left to Python */
    size_t found = find_edges(lines, rules.GUTTER * usual, edges);
    double start = 0, end = 0;
    most_common(edges, found, &start, &end);
    PyMem_Free(edges);
    if (found < 2 * many || end - start < rules.COMMON * usual) return 1;
    return !may_be_parted(chars, lines, (start + end) / 2, rules.MARGIN * usual);
}
