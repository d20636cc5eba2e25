/* The words of a page while its text is made. */
#ifndef AKT_PDF_WORDS_H
#define AKT_PDF_WORDS_H

#include "native.h"

/* The printed characters of a page, all written from left to right; sides are four rows of ``size`` numbers. */
typedef struct {
    size_t size;
    const uint32_t *codes;
    const double *sides;
    const int64_t *places;
} Chars;

typedef struct {
    size_t start, length; /* of its characters */
    double x0, top, x1, bottom, centre, height;
    size_t number; /* in the file's order */
    int parted;    /* the file has a blank in front of it */
} Word;

/* The words in the order of printing; line i begins at word firsts[i] and ends before firsts[i + 1]. */
typedef struct {
    Word *words;
    size_t word_count;
    size_t *firsts;
    size_t line_count;
    double *scratch; /* room for as many numbers as there are words */
} Lines;

/* Each gives 0 where something is out of the ordinary, and Python is to look at it. */
int find_words(const Chars *chars, Lines *lines);
int find_lines(Lines *lines);
int have_no_columns(const Chars *chars, Lines *lines);

/* Which lines have a clearly wider gap above them than usual on the page. */
void find_wide_gaps(Lines *lines, uint8_t *wide);

int by_size(const void *one, const void *other);

#endif
