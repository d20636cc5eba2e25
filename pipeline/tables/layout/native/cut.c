/* The words of a page cut into segments: pipeline/tables/layout/segments.py says what each step means. */
#include "page.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double most(double one, double other) { return other > one ? other : one; }
static double least(double one, double other) { return other < one ? other : one; }

/* To two places, as numpy rounds. */
static double rounded(double value) { return rint(value * 100.0) / 100.0; }

static int by_size(const void *one, const void *other) {
    double here = *(const double *)one, there = *(const double *)other;
    return here < there ? -1 : here > there;
}

/* Whether dots lead the eye to a figure somewhere: those pages are for Python. */
static int has_leaders(const Page *page) {
    const uint32_t *text = page->text;
    for (size_t at = 0; at + 2 < page->length; at++) {
        if (text[at] != '.') continue;
        if (text[at + 1] == '.' && text[at + 2] == '.') return 1;
        if (at + 4 < page->length && text[at + 1] == ' ' && text[at + 2] == '.' && text[at + 3] == ' ' &&
            text[at + 4] == '.') {
            return 1;
        }
    }
    return 0;
}

int take_words(Page *page, const char *spans, const char *boxes, int64_t end) {
    int64_t last = -1, line = INT64_MIN;
    for (size_t at = 0; at < page->words; at++) {
        int32_t span[4];
        float box[4];
        memcpy(span, spans + at * sizeof span, sizeof span);
        memcpy(box, boxes + at * sizeof box, sizeof box);
        if (span[3] != 0 || span[0] < page->start || span[0] <= last || span[1] <= span[0] || span[1] > end ||
            span[2] < line) {
            return 0;
        }
        page->spans[at] = (Span){span[0], span[1]};
        page->boxes[at] = (Box){rounded(box[0]), rounded(box[1]), rounded(box[2]), rounded(box[3])};
        const Box *made = &page->boxes[at];
        if (!isfinite(made->x0) || !isfinite(made->top) || !isfinite(made->x1) || !isfinite(made->bottom)) return 0;
        page->apart[at] = span[2] != line; /* a line begins */
        page->places[at].line = span[2];
        last = span[0], line = span[2];
    }
    return !has_leaders(page);
}

/* How wide letters usually are, in shares of the likely width in boxes as tall as these; TALL where they are not less. */
static double usual_of(Page *page) {
    size_t count = page->words, likely = 0;
    for (size_t at = 0; at < count; at++) {
        const Box *box = &page->boxes[at];
        double length = (double)(page->spans[at].end - page->spans[at].start);
        page->sorted[at] = (box->x1 - box->x0) / (length * most(box->bottom - box->top, 1e-6));
        likely += bound.rules.LETTER * page->sorted[at] >= bound.rules.TALL;
    }
    if (likely > count / 2) return bound.rules.TALL; /* both of the middle are, so the median is */
    qsort(page->sorted, count, sizeof(double), by_size);
    double middle = (page->sorted[(count - 1) / 2] + page->sorted[count / 2]) / 2;
    return bound.rules.LETTER * middle;
}

/* What the characters of each word are, together, with all up to the next one. */
static void mark(Page *page) {
    for (size_t at = 0; at < page->words; at++) {
        size_t here = (size_t)(page->spans[at].start - page->start);
        size_t stop = at + 1 < page->words ? (size_t)(page->spans[at + 1].start - page->start) : page->length;
        uint8_t marks = 0;
        page->small[at] = bound.classes[page->text[here] < bound.known ? page->text[here] : bound.known] == bound.lower;
        for (; here < stop; here++) {
            marks |= bound.classes[page->text[here] < bound.known ? page->text[here] : bound.known];
        }
        page->marks[at] = marks;
    }
}

/* The median of some values, and the upper one of two in the middle. */
static double middle_of(double *values, size_t count, double *upper) {
    int alike = 1;
    for (size_t at = 1; at < count && alike; at++) alike = values[at] == values[0];
    if (!alike) qsort(values, count, sizeof(double), by_size);
    *upper = values[count / 2];
    return (values[(count - 1) / 2] + *upper) / 2;
}

static int by_place(const void *one, const void *other) {
    const Place *here = one, *there = other;
    if (here->line != there->line) return here->line < there->line ? -1 : 1;
    if (here->place != there->place) return here->place < there->place ? -1 : 1;
    return here->word < there->word ? -1 : 1;
}

/* Sorts the words of a page as their places say; each begins a line where the one before it is in another. */
static void reorder(Page *page) {
    size_t count = page->words;
    qsort(page->places, count, sizeof(Place), by_place);
    memcpy(page->other_spans, page->spans, count * sizeof(Span));
    memcpy(page->other_boxes, page->boxes, count * sizeof(Box));
    memcpy(page->other_marks, page->marks, count);
    memcpy(page->apart, page->small, count); /* for now */
    for (size_t at = 0; at < count; at++) {
        size_t word = page->places[at].word;
        page->spans[at] = page->other_spans[word], page->boxes[at] = page->other_boxes[word];
        page->marks[at] = page->other_marks[word], page->small[at] = page->apart[word];
    }
    for (size_t at = 0; at < count; at++) page->apart[at] = !at || page->places[at].line != page->places[at - 1].line;
}

/* Boxes made as tall as their letters are likely to be, and lines apart that were one only for their tall boxes
 * (pipeline.tables.layout.segments._relined). */
static void reline(Page *page, double usual) {
    size_t count = page->words;
    double *half = page->upper, *middles = page->level, ignored;
    for (size_t at = 0; at < count; at++) {
        Box *box = &page->boxes[at];
        middles[at] = (box->top + box->bottom) / 2;
        half[at] = (box->bottom - box->top) * most(usual, bound.rules.LEAST_TALL) / 2;
        *box = (Box){rounded(box->x0), rounded(middles[at] - half[at]), rounded(box->x1), rounded(middles[at] + half[at])};
        page->sorted[at] = half[at];
        page->places[at].place = middles[at], page->places[at].word = at;
    }
    double limit = bound.rules.MOSTLY * middle_of(page->sorted, count, &ignored);
    qsort(page->places, count, sizeof(Place), by_place);
    int64_t number = 0;
    for (size_t at = 0; at < count; at++) {
        size_t word = page->places[at].word, before = page->places[at ? at - 1 : 0].word;
        int parted = middles[word] - middles[before] > bound.rules.SAME_LINE * 2 * half[word] && half[word] > limit;
        number += parted || page->places[at].line != page->places[at ? at - 1 : 0].line;
        page->begins[word] = number; /* for now */
    }
    for (size_t word = 0; word < count; word++) {
        page->places[word] = (Place){page->begins[word], page->boxes[word].x0, word};
    }
    reorder(page);
}

/* The lines, by the number of their first word for now, and how high the words of each are, and stand. */
static void begin_lines(Page *page, int with_levels) {
    size_t stop, line = 0;
    for (size_t first = 0; first < page->words; first = stop, line++) {
        double upper, level, ignored;
        stop = first;
        do {
            page->sorted[stop - first] = page->boxes[stop].bottom - page->boxes[stop].top;
            stop++;
        } while (stop < page->words && !page->apart[stop]);
        page->begins[line] = (int64_t)first;
        page->heights[line] = middle_of(page->sorted, stop - first, &upper);
        for (size_t at = first; at < stop; at++) page->upper[at] = upper;
        if (!with_levels) continue;
        for (size_t at = first; at < stop; at++) {
            page->sorted[at - first] = (page->boxes[at].top + page->boxes[at].bottom) / 2;
        }
        level = middle_of(page->sorted, stop - first, &ignored);
        for (size_t at = first; at < stop; at++) page->level[at] = level;
    }
    page->lines = line;
}

static int is_figure(const Page *page, size_t at) {
    int marks = page->marks[at];
    if ((marks & (bound.lower | bound.other | bound.digit)) == bound.digit) return 1;
    return marks == bound.sign && page->spans[at].end - page->spans[at].start == 1;
}

static double gap_before(const Page *page, size_t at) {
    return (page->boxes[at].x0 - page->boxes[at - 1].x1) / most(page->upper[at], 1e-6);
}

/* Whether a word is of letters, without a digit. */
static int is_lettered(const Page *page, size_t at) {
    return page->marks[at] & (bound.lower | bound.other) && !(page->marks[at] & bound.digit);
}

/* The narrowest gap between two words of letters in the line of a word, nought where there is none. */
static double blank_beside(const Page *page, size_t word) {
    double narrowest = 0;
    size_t first = word;
    while (first && page->places[first - 1].line == page->places[word].line) first--;
    for (size_t at = first + 1; at < page->words && page->places[at].line == page->places[word].line; at++) {
        double gap = gap_before(page, at);
        if (gap > 0 && (narrowest == 0 || gap < narrowest) && is_lettered(page, at) && is_lettered(page, at - 1)) {
            narrowest = gap;
        }
    }
    return narrowest;
}

static size_t digits_from(const Page *page, int64_t at, int64_t end) {
    int64_t from = at;
    while (at < end && page->text[at] >= '0' && page->text[at] <= '9') at++;
    return (size_t)(at - from);
}

static int is_sign(uint32_t code) { return code < bound.known && bound.classes[code] == bound.sign; }

/* Whether a word of digits and marks may begin a figure, one to three digits behind signs (segments._GROUPS). */
static int is_group(const Page *page, size_t word) {
    int64_t at = page->spans[word].start - page->start, end = page->spans[word].end - page->start;
    while (at < end && (is_sign(page->text[at]) || page->text[at] == '+' || page->text[at] == '(')) at++;
    size_t digits = digits_from(page, at, end);
    return digits >= 1 && digits <= 3 && at + (int64_t)digits == end;
}

/* Whether it may end one, three digits before decimals and a sign (segments._THREE). */
static int is_three(const Page *page, size_t word) {
    int64_t at = page->spans[word].start - page->start, end = page->spans[word].end - page->start;
    if (digits_from(page, at, end) != 3) return 0;
    at += 3;
    if (at < end && page->text[at] == ',') {
        size_t digits = digits_from(page, at + 1, end);
        if (digits) at += 1 + (int64_t)digits;
    }
    return at == end || (at + 1 == end && (is_sign(page->text[at]) || page->text[at] == ')'));
}

/* Whether of the words that part_groups() looks at this is the first one of its line. */
static int is_lines_first(const Page *page, size_t n) {
    return n == 0 || page->places[page->firsts[n]].line != page->places[page->firsts[n - 1]].line;
}

/* Groups of digits that may be one figure are two where their gap is wider than a blank; `firsts` has their numbers. */
static void part_groups(Page *page, size_t count) {
    size_t known = 0;
    double ignored, usual = 0, blank = 0;
    for (size_t n = 0; n < count; n++) {
        if (!is_lines_first(page, n)) continue;
        blank = blank_beside(page, (size_t)page->firsts[n]);
        if (blank > 0) page->sorted[known++] = blank;
    }
    if (known) usual = middle_of(page->sorted, known, &ignored);
    for (size_t n = 0; n < count; n++) {
        size_t at = (size_t)page->firsts[n];
        if (is_lines_first(page, n)) blank = blank_beside(page, at);
        int apart = gap_before(page, at) > bound.rules.BLANK * (blank > 0 ? blank : usual);
        if (apart && is_group(page, at - 1) && is_three(page, at)) page->apart[at] = 1;
    }
}

/* Where gaps part words. */
static void part_words(Page *page) {
    const double gaps[3] = {bound.rules.WORD_GAP, bound.rules.MIXED_GAP, bound.rules.NUMBER_GAP};
    int before = is_figure(page, 0);
    size_t groups = 0;
    for (size_t at = 1; at < page->words; at++) {
        int here = is_figure(page, at), count = here + before;
        double gap = gap_before(page, at);
        if (gap > gaps[count]) {
            page->apart[at] = 1;
        } else if (count == 2 && gap > bound.rules.GROUP_GAP) {
            page->firsts[groups++] = (int64_t)at; /* for now */
        }
        before = here;
    }
    part_groups(page, groups);
}

/* Words between which an upright ruling stands are apart. */
static void wall_off(Page *page, const Wall *walls, size_t wall_count) {
    for (size_t at = 1; at < page->words; at++) {
        double left = page->boxes[at - 1].x1 - 1, right = page->boxes[at].x0 + 1, level = page->level[at];
        for (size_t n = 0; n < wall_count && !page->apart[at]; n++) {
            const Wall *wall = &walls[n];
            page->apart[at] = left <= wall->place && wall->place <= right && wall->top <= level && level <= wall->bottom;
        }
    }
}

/* A segment from one word to before another. */
static void tell_segment(Page *page, size_t number, size_t first, size_t stop) {
    size_t words = stop - first, small = 0, with_digits = 0;
    uint8_t kinds = 0;
    for (size_t at = first; at < stop; at++) {
        kinds |= page->marks[at], small += page->small[at];
        with_digits += (page->marks[at] & bound.digit) > 0;
    }
    page->firsts[number] = (int64_t)first;
    page->kinds[number] = kinds;
    page->prosy[number] = (double)words >= bound.rules.LONG_WORDS && 2 * small > words;
    page->dated[number] = with_digits > 1 && (double)words <= bound.rules.YEAR_WORDS * (double)with_digits;
}

static void find_segments(Page *page) {
    size_t number = 0, line = 0;
    for (size_t first = 0, stop; first < page->words; first = stop, number++) {
        if (line < page->lines && page->begins[line] == (int64_t)first) page->begins[line++] = (int64_t)number;
        for (stop = first + 1; stop < page->words && !page->apart[stop];) stop++;
        tell_segment(page, number, first, stop);
    }
    page->segments = number;
    page->firsts[number] = (int64_t)page->words;
    page->begins[page->lines] = (int64_t)number;
}

void cut_words(Page *page, const Wall *walls, size_t wall_count) {
    double usual = usual_of(page);
    mark(page);
    if (usual < bound.rules.TALL) reline(page, usual);
    begin_lines(page, wall_count > 0);
    part_words(page);
    wall_off(page, walls, wall_count);
    find_segments(page);
}

/* Whether the segments of each line stand level, so that no two sides of it are askew (gutters._are_level). */
static int are_level(const Page *page, double height) {
    for (size_t line = 0; line < page->lines; line++) {
        double tops[2] = {INFINITY, -INFINITY}, feet[2] = {INFINITY, -INFINITY};
        for (int64_t at = page->begins[line]; at < page->begins[line + 1]; at++) {
            double top = INFINITY, foot = -INFINITY;
            for (int64_t word = page->firsts[at]; word < page->firsts[at + 1]; word++) {
                top = least(top, page->boxes[word].top), foot = most(foot, page->boxes[word].bottom);
            }
            tops[0] = least(tops[0], top), tops[1] = most(tops[1], top);
            feet[0] = least(feet[0], foot), feet[1] = most(feet[1], foot);
        }
        if (least(tops[1] - tops[0], feet[1] - feet[0]) > bound.rules.ASKEW * height) return 0;
    }
    return 1;
}

/* Whether sides that stand level may be columns (gutters._may_be_proven), which begin from one place to another. */
static int may_be_proven(const Page *page, double first, double last, double height) {
    double edge = first - bound.rules.INDENT * height - bound.rules.SAME_EDGE, end = last - bound.rules.WIDTH * height;
    size_t prose = 0, apart = 0;
    for (size_t at = 0; at < page->segments; at++) {
        int within = page->prosy[at];
        for (int64_t word = page->firsts[at]; within && word < page->firsts[at + 1]; word++) {
            within = page->boxes[word].x1 <= end;
        }
        prose += (size_t)within;
    }
    for (size_t line = 0; line < page->lines; line++) apart += page->boxes[page->firsts[page->begins[line]]].x0 >= edge;
    return (double)prose >= bound.rules.FEWEST_PROSE || (double)apart >= bound.rules.FEWEST_APART;
}

int may_have_columns(Page *page) {
    double left = page->boxes[0].x0, first = INFINITY, last = -INFINITY, ignored;
    size_t count = 0, alike = 1;
    for (size_t at = 0; at < page->words; at++) page->sorted[at] = page->boxes[at].bottom - page->boxes[at].top;
    double height = middle_of(page->sorted, page->words, &ignored);
    for (size_t at = 0; at < page->segments; at++) {
        double x0 = page->boxes[page->firsts[at]].x0;
        if (x0 < left) left = x0;
    }
    for (size_t at = 0; at < page->segments; at++) {
        double x0 = page->boxes[page->firsts[at]].x0;
        if (page->kinds[at] & (bound.lower | bound.other) && x0 > left + bound.rules.LEFT * height) {
            page->sorted[count++] = rint(x0);
        }
    }
    qsort(page->sorted, count, sizeof(double), by_size);
    for (size_t at = 1; at < count; at++) {
        alike = page->sorted[at] == page->sorted[at - 1] ? alike + 1 : 1;
        if ((double)alike < bound.rules.FEWEST) continue;
        first = least(first, page->sorted[at]), last = page->sorted[at];
    }
    return last >= first && (!are_level(page, height) || may_be_proven(page, first, last, height));
}
