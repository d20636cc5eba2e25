/* What the files of the compiled part share: pdfium's functions, which are handed in as addresses, and arrays. */
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

/* result, name, arguments; the types are those of pdfium's public headers, handles are addresses */
#define PDFIUM_FUNCTIONS(X) \
    X(int, FPDFText_CountChars, (void *text)) \
    X(int, FPDFText_GetText, (void *text, int start, int count, uint16_t *into)) \
    X(unsigned int, FPDFText_GetUnicode, (void *text, int index)) \
    X(int, FPDFText_GetLooseCharBox, (void *text, int index, Rect *into)) \
    X(float, FPDFText_GetCharAngle, (void *text, int index))

#define DECLARED(result, name, arguments) result(*name) arguments;
typedef struct {
    PDFIUM_FUNCTIONS(DECLARED)
} Pdfium;
#undef DECLARED

/* All of it is set once, by bind(), before anything is read. */
extern Pdfium pdfium;
extern int bound;

/* The way from user space to the page as shown: corpus.readers.pdf_chars.Frame. */
typedef struct {
    double left, low, right, high;
    int rotation;
} Frame;

/* Arrays that are handed to Python in one piece of memory, one after another; each begins at a multiple of 8 bytes. */
typedef struct {
    PyObject *memory; /* a bytearray; NULL: out of memory, and an exception is set */
    size_t used, room;
} Arrays;

Arrays arrays_of(size_t bytes);
void *array(Arrays *arrays, size_t count, size_t size);

PyObject *read_chars(PyObject *module, PyObject *arguments);

#endif
