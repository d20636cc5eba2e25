/* What the files of the compiled part share: pdfium's functions and the numbers of the rules, both handed in by Python,
 * and the arrays that are given back. */
#ifndef AKT_PDF_NATIVE_H
#define AKT_PDF_NATIVE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

/* A page with more of anything is left to the other way of reading. It bounds what is allocated, too. */
#define MOST 2000000

typedef struct {
    float left, top, right, bottom;
} Rect;

typedef struct {
    float a, b, c, d, e, f;
} Matrix;

/* result, name, arguments; the types are those of pdfium's public headers, handles are addresses */
#define PDFIUM_FUNCTIONS(X) \
    X(int, FPDFText_CountChars, (void *text)) \
    X(int, FPDFText_GetText, (void *text, int start, int count, uint16_t *into)) \
    X(unsigned int, FPDFText_GetUnicode, (void *text, int index)) \
    X(int, FPDFText_HasUnicodeMapError, (void *text, int index)) \
    X(int, FPDFText_GetLooseCharBox, (void *text, int index, Rect *into)) \
    X(float, FPDFText_GetCharAngle, (void *text, int index)) \
    X(int, FPDFPage_CountObjects, (void *page)) \
    X(void *, FPDFPage_GetObject, (void *page, int index)) \
    X(int, FPDFPageObj_GetType, (void *thing)) \
    X(int, FPDFTextObj_GetTextRenderMode, (void *thing)) \
    X(int, FPDFPageObj_GetMatrix, (void *thing, Matrix *into)) \
    X(int, FPDFPageObj_GetBounds, (void *thing, float *left, float *bottom, float *right, float *top)) \
    X(int, FPDFPageObj_GetFillColor, (void *thing, unsigned *red, unsigned *green, unsigned *blue, unsigned *opacity)) \
    X(int, FPDFPath_GetDrawMode, (void *path, int *filled, int *stroked)) \
    X(int, FPDFPath_CountSegments, (void *path)) \
    X(void *, FPDFPath_GetPathSegment, (void *path, int index)) \
    X(int, FPDFPathSegment_GetType, (void *segment)) \
    X(int, FPDFPathSegment_GetPoint, (void *segment, float *x, float *y)) \
    X(int, FPDFPathSegment_GetClose, (void *segment))

/* The numbers of the rules, which corpus/readers/pdf_native.py takes from where they are explained. */
#define RULES(X) \
    X(SAME_EDGE) X(TOUCHING) X(KERNED) X(LIGATED) X(BREAK) X(TINY) \
    X(TEXT) X(PATH) X(IMAGE) X(SHADING) X(FORM) X(MOVE) X(LINE) X(CURVE) \
    X(NO_COLOUR) X(PAPER) X(NEAR) X(CLEAR) X(OPAQUE) X(THICK) X(WHITE) \
    X(MAX_SEGMENTS) X(STRAIGHT) X(SHORTEST) X(THIN) X(SQUARE) \
    X(HYPHEN_MARK) X(FIRST_MARK) X(SOFT_HYPHEN) X(JUMP) X(NOTE) \
    X(SAME_LINE) X(WORDS_TOUCHING) X(RAISED) X(MOST_RAISED) \
    X(WORDS_A_LINE) X(MANY) X(MARGIN) X(GUTTER) X(NARROWEST) X(COMMON) X(LATIN) X(PARAGRAPH) X(USUAL)

#define FUNCTION_OF(result, name, arguments) result(*name) arguments;
#define RULE_OF(name) double name;
typedef struct {
    PDFIUM_FUNCTIONS(FUNCTION_OF)
} Pdfium;
typedef struct {
    RULES(RULE_OF)
} Rules;
#undef FUNCTION_OF
#undef RULE_OF

/* All of it is set once, by bind(), before anything is read. */
extern Pdfium pdfium;
extern Rules rules;
extern Py_buffer kinds; /* BLANK, PRINTED or ODD of each code point */
extern Py_buffer cased; /* whether a letter may be large or small, of Latin letters and signs */
int is_bound(void);     /* 0, and an exception is set, before that */

/* The way from user space to the page as shown: corpus.readers.pdf_chars.Frame. */
typedef struct {
    double left, low, right, high;
    int rotation;
} Frame;

/* x0, top, x1, bottom of a box of which these are two opposite corners. */
void shown_box(const Frame *frame, double left, double top, double right, double bottom, double sides[4]);
void shown_size(const Frame *frame, double *width, double *height);

/* To two places, as numpy rounds. */
double rounded(double value);

/* Arrays that are handed to Python in one piece of memory, one after another; each begins at a multiple of 8 bytes. */
typedef struct {
    PyObject *memory; /* a bytearray; NULL: out of memory, and an exception is set */
    size_t used, room;
} Arrays;

Arrays arrays_of(size_t bytes);
void *array(Arrays *arrays, size_t count, size_t size);

PyObject *read_chars(PyObject *module, PyObject *arguments);
PyObject *read_painted(PyObject *module, PyObject *arguments);
PyObject *page_text(PyObject *module, PyObject *arguments);

/* Ends of drawn lines and corners of filled rectangles, four numbers each, in user space. */
typedef struct {
    double *lines, *areas;
    size_t line_count, area_count;
    void *scratch; /* room for the points of the longest path */
} Traced;

/* A path that shows: stroked, or coloured with what can be told from white paper. 0 where a number has no value. */
int trace_path(Traced *traced, void *path, int size, int stroked, int coloured);
/* Bytes of scratch for a path of so many segments. */
size_t trace_room(size_t segments);

#endif
