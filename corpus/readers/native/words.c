/* Characters to words to lines: corpus/readers/pdf_words.py and pdf_lines.py say what each step means. */
#include "words.h"
#include <math.h>
#include <stdlib.h>

static double least(double one, double other) { return other < one ? other : one; }
static double most(double one, double other) { return other > one ? other : one; }

static int is_within(uint32_t code, uint32_t first, uint32_t last) { return code >= first && code <= last; }

/* Characters that stay as they are when a text is normalised, whatever stands beside them: Latin letters without
 * combining marks, dashes, quotation marks, bullets, currencies, the minus sign, shapes, and what fonts have of their
 * own. Behind the Latin letters there are signs only: columns.c counts on that. */
static int is_settled(uint32_t code) {
    return code < (uint32_t)rules.FIRST_MARK || is_within(code, 0x2010, 0x2027) || is_within(code, 0x2030, 0x205E) ||
           is_within(code, 0x20A0, 0x20BF) || code == 0x2212 || is_within(code, 0x25A0, 0x25FF) ||
           is_within(code, 0xE000, 0xF8FF);
}

static int is_figure(uint32_t code) { return code >= '0' && code <= '9'; }

/* Whether a word begins at a character (not the first one), as pdf_words._begin_apart and _parted say. */
static int begins_word(const Chars *chars, size_t at, int parted) {
    size_t size = chars->size;
    const double *x0 = chars->sides, *top = x0 + size, *x1 = top + size, *bottom = x1 + size;
    double height = most(bottom[at] - top[at], 1e-6), before = most(bottom[at - 1] - top[at - 1], 1e-6);
    double reach = rules.JUMP * before;
    if (parted || chars->codes[at - 1] == (uint32_t)rules.HYPHEN_MARK) return 1;
    if (x0[at] - x1[at - 1] > reach || x0[at] < x0[at - 1] - reach) return 1;
    if (top[at] == top[at - 1] && bottom[at] == bottom[at - 1]) return 0;
    double smaller = least(height, before), larger = most(height, before);
    double apart = fabs((top[at] + bottom[at]) / 2 - (top[at - 1] + bottom[at - 1]) / 2);
    int level = fabs(bottom[at] - bottom[at - 1]) < rules.SAME_EDGE; /* a full stop of a font without a height */
    return (!level && apart > rules.JUMP * smaller) ||
           (is_figure(chars->codes[at]) && is_figure(chars->codes[at - 1]) && smaller < rules.NOTE * larger);
}

int find_words(const Chars *chars, Lines *lines) {
    size_t size = chars->size, count = 0;
    const double *x0 = chars->sides, *top = x0 + size, *x1 = top + size, *bottom = x1 + size;
    for (size_t at = 0; at < size; at++) {
        uint32_t code = chars->codes[at];
        if (code == (uint32_t)rules.SOFT_HYPHEN || !(is_settled(code) || code == (uint32_t)rules.HYPHEN_MARK)) return 0;
        int parted = at == 0 ? chars->places[0] > 0 : chars->places[at] - chars->places[at - 1] != 1;
        if (at == 0 || begins_word(chars, at, parted)) {
            lines->words[count] = (Word){at, 0, x0[at], top[at], x1[at], bottom[at], 0, 0, count, parted};
            count++;
        }
        Word *word = &lines->words[count - 1];
        word->length++;
        word->x0 = least(word->x0, x0[at]), word->top = least(word->top, top[at]);
        word->x1 = most(word->x1, x1[at]), word->bottom = most(word->bottom, bottom[at]);
    }
    for (size_t at = 0; at < count; at++) {
        Word *word = &lines->words[at];
        word->centre = (word->top + word->bottom) / 2, word->height = word->bottom - word->top;
        if (!isfinite(word->centre) || !isfinite(word->x0) || !isfinite(word->x1)) return 0;
    }
    lines->word_count = count;
    return 1;
}

int by_size(const void *one, const void *other) {
    double here = *(const double *)one, there = *(const double *)other;
    return here < there ? -1 : here > there;
}

static int by_centre(const void *one, const void *other) {
    const Word *here = one, *there = other;
    if (here->centre != there->centre) return here->centre < there->centre ? -1 : 1;
    return here->number < there->number ? -1 : 1;
}

/* Within a line from left to right; words that begin in one place stay as they are by their centres. */
static int by_left(const void *one, const void *other) {
    const Word *here = one, *there = other;
    if (here->x0 != there->x0) return here->x0 < there->x0 ? -1 : 1;
    return by_centre(one, other);
}

/* Sorted if it is not so already, as most papers are. */
static void sort_words(Word *words, size_t count, int (*compare)(const void *, const void *)) {
    for (size_t at = 1; at < count; at++) {
        if (compare(&words[at - 1], &words[at]) > 0) {
            qsort(words, count, sizeof(Word), compare);
            return;
        }
    }
}

/* Words from first to end begin lines anew: a word joins the line when its centre is near that of its highest word. */
static void walk(Lines *lines, size_t first, size_t end) {
    const Word *words = lines->words;
    double anchor = words[first].centre, size = words[first].height;
    lines->firsts[lines->line_count++] = first;
    for (size_t at = first; at < end; at++) {
        double here = words[at].centre, high = words[at].height;
        int begins = at > first && here - anchor >= rules.SAME_LINE * least(high, size);
        if (begins) lines->firsts[lines->line_count++] = at;
        if (begins || at == first || high > size) anchor = here, size = high;
    }
}

/* Where lines begin: at gaps that no word spans, and inside stretches whose outermost words are too far apart. */
static void begin_lines(Lines *lines) {
    const Word *words = lines->words;
    lines->line_count = 0;
    for (size_t first = 0, end; first < lines->word_count; first = end) {
        double lowest = words[first].height;
        for (end = first + 1; end < lines->word_count; end++) {
            if (words[end].centre - words[end - 1].centre >= rules.SAME_LINE * words[end].height) break;
            lowest = least(lowest, words[end].height);
        }
        if (words[end - 1].centre - words[first].centre >= rules.SAME_LINE * lowest) {
            walk(lines, first, end);
        } else {
            lines->firsts[lines->line_count++] = first;
        }
    }
    lines->firsts[lines->line_count] = lines->word_count;
}

typedef struct {
    double height, top, bottom;
    size_t words;
} Extent;

static Extent extent_of(const Lines *lines, size_t line) {
    const Word *word = &lines->words[lines->firsts[line]], *end = &lines->words[lines->firsts[line + 1]];
    Extent extent = {word->height, word->top, word->bottom, (size_t)(end - word)};
    for (; word < end; word++) {
        extent.height = most(extent.height, word->height);
        extent.top = least(extent.top, word->top), extent.bottom = most(extent.bottom, word->bottom);
    }
    return extent;
}

static int may_hang(const Extent *near, const Extent *far) {
    return near->words <= (size_t)rules.MOST_RAISED && near->height < rules.RAISED * far->height &&
           least(near->bottom, far->bottom) - most(near->top, far->top) > 0;
}

/* Whether a line may hold raised figures of one beside it, or of the one before that. */
static int may_have_raised(const Lines *lines) {
    Extent above = {0}, last = {0};
    for (size_t line = 0; line < lines->line_count; line++) {
        Extent here = extent_of(lines, line);
        if (line > 0 && (may_hang(&last, &here) || may_hang(&here, &last))) return 1;
        if (line > 1 && may_hang(&here, &above)) return 1;
        above = last, last = here;
    }
    return 0;
}

/* Whether a word may be a piece of the one before it on its line, or its shadow. */
static int may_be_one(const Word *one, const Word *other) {
    double slack = rules.WORDS_TOUCHING * least(other->height, one->height);
    if (fabs(other->x0 - one->x0) < slack && fabs(other->x1 - one->x1) < slack) return 1;
    return fabs(other->x0 - one->x1) < slack && !(other->parted && other->number == one->number + 1);
}

int find_lines(Lines *lines) {
    sort_words(lines->words, lines->word_count, by_centre);
    begin_lines(lines);
    if (may_have_raised(lines)) return 0;
    for (size_t line = 0; line < lines->line_count; line++) {
        size_t first = lines->firsts[line], end = lines->firsts[line + 1];
        sort_words(&lines->words[first], end - first, by_left);
        for (size_t at = first + 1; at < end; at++) {
            if (may_be_one(&lines->words[at - 1], &lines->words[at])) return 0;
        }
    }
    return 1;
}
