/* What the files of the compiled part of tables share: the numbers of the rules, and a page while it is cut. */
#ifndef AKT_TABLES_PAGE_H
#define AKT_TABLES_PAGE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

/* A page with more words is left to Python. It bounds what is allocated, too. */
#define MOST 1000000

/* The numbers of the rules, which pipeline/tables/layout/page_native.py takes from where they are explained. */
#define RULES(X) \
    X(WORD_GAP) X(MIXED_GAP) X(NUMBER_GAP) X(GROUP_GAP) X(BLANK) X(LETTER) X(TALL) \
    X(DIGIT) X(SIGN) X(LOWER) X(OTHER) X(YEAR_WORDS) X(LONG_WORDS) X(KNOWN) \
    X(FEWEST_SPACED) X(FEWEST_JUSTIFIED) X(SAME_GAP) X(FEWEST_DOTS) X(MOST_WORDS) X(FEWEST) X(LEFT) \
    X(SAME_LINE) X(LEAST_TALL) X(MOSTLY) X(ASKEW) X(INDENT) X(SAME_EDGE) X(WIDTH) X(FEWEST_PROSE) X(FEWEST_APART)

#define RULE_OF(name) double name;
typedef struct {
    RULES(RULE_OF)
} Rules;
#undef RULE_OF

/* What else a character may be, as bits: in the table of traits, which ends where no character is known. */
#define LETTER_TRAIT 1u  /* of a word, and no digit */
#define FIGURE_TRAIT 2u  /* may be part of a figure */
#define LEADING_TRAIT 4u /* leads the eye to the next cell */
#define LEVEL_TRAIT 8u   /* ends the name of a price level */

typedef struct {
    Rules rules;
    int digit, sign, lower, other;
    uint32_t known;                    /* the first character that the tables do not have */
    uint8_t *classes, *traits;         /* known + 1 and known of them */
    PyObject *segment, *line, *printed; /* the classes */
    PyObject *read, *are_apart, *text_kind; /* what says what a text is, and whether it is years; the kind of words */
    newfunc new_line;
    PyObject *names[7]; /* of what a line has: box, _text, segments, centre, height, years, values */
} Bound;

/* All of it is set once, by bind(), before any page is cut. */
extern Bound bound;

typedef struct {
    int64_t start, end;
} Span;

typedef struct {
    double x0, top, x1, bottom;
} Box;

/* Where a word stands, to sort words by: in its line, and in which place of it. */
typedef struct {
    int64_t line;
    double place;
    size_t word;
} Place;

typedef struct {
    const uint32_t *text; /* of the page */
    size_t length;
    int64_t start; /* of the page, in the text of the document */
    size_t words, segments, lines;
    /* words; segments (and one more of firsts); lines (and one more of begins) */
    Span *spans;
    Box *boxes;
    int64_t *firsts, *begins;
    double *heights;
    uint8_t *kinds, *prosy, *dated;
    /* scratch, for each word */
    double *upper, *level, *sorted;
    Place *places;
    Span *other_spans;
    Box *other_boxes;
    uint8_t *marks, *small, *apart, *other_marks;
} Page;

/* What is drawn upright, from the left or in any order. */
typedef struct {
    double place, top, bottom;
} Wall;

/* Reads the words of a page; 0 for a page that is left to Python. `spans` and `boxes` are as a Page packs them. */
int take_words(Page *page, const char *spans, const char *boxes, int64_t end);
/* Cuts them into segments and lines. */
void cut_words(Page *page, const Wall *walls, size_t wall_count);
/* Whether words begin so often in one place that a column of the page may begin there, and it may be proven. */
int may_have_columns(Page *page);

/* The lines of a page (pipeline.tables.layout.words.PageLine), None for each that is left to Python, and what is printed. */
PyObject *lines_of(const Page *page, PyObject *text, PyObject *number);

#endif
