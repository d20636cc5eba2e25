/* The compiled part of the PDF reader: loops over the characters and objects of a page that are mostly calls.
 *
 * It does what the modules corpus/readers/pdf_*.py do, on ordinary pages only, and gives None for any other: that page
 * is then read by those modules. They say what the outcome has to be, to the last bit, and a test holds it to that.
 * Nothing here is linked with pdfium or numpy: addresses of functions come from pypdfium2, arrays go as buffers.
 */
#include "native.h"
#include <math.h>

/* Raised when what is passed or given changes: Python does not use a compiled part of another number. */
#define INTERFACE 5

Pdfium pdfium;
Rules rules;
Py_buffer kinds, cased;
static int bound = 0;

int is_bound(void) {
    if (!bound) PyErr_SetString(PyExc_RuntimeError, "bind() comes first");
    return bound;
}

Arrays arrays_of(size_t bytes) {
    Arrays arrays = {PyByteArray_FromStringAndSize(NULL, (Py_ssize_t)bytes), 0, bytes};
    return arrays;
}

void *array(Arrays *arrays, size_t count, size_t size) {
    size_t start = arrays->used, wanted = (count * size + 7) / 8 * 8;
    if (wanted > arrays->room - start) { /* a mistake in here: nothing is written beyond the end */
        Py_FatalError("akt: an array has no room");
    }
    arrays->used += wanted;
    return PyByteArray_AsString(arrays->memory) + start;
}

double rounded(double value) { return rint(value * 100.0) / 100.0; }

static void shown_point(const Frame *frame, double x, double y, double *across, double *down) {
    switch (frame->rotation) {
    case 90: *across = y - frame->low, *down = x - frame->left; break;
    case 180: *across = frame->right - x, *down = y - frame->low; break;
    case 270: *across = frame->high - y, *down = frame->right - x; break;
    default: *across = x - frame->left, *down = frame->high - y;
    }
}

void shown_box(const Frame *frame, double left, double top, double right, double bottom, double sides[4]) {
    double x0, y0, x1, y1;
    shown_point(frame, left, top, &x0, &y0);
    shown_point(frame, right, bottom, &x1, &y1);
    sides[0] = x0 < x1 ? x0 : x1, sides[1] = y0 < y1 ? y0 : y1;
    sides[2] = x0 < x1 ? x1 : x0, sides[3] = y0 < y1 ? y1 : y0;
}

void shown_size(const Frame *frame, double *width, double *height) {
    double across = frame->right - frame->left, up = frame->high - frame->low;
    int upright = frame->rotation == 90 || frame->rotation == 270;
    *width = upright ? up : across, *height = upright ? across : up;
}

static int take_address(PyObject *addresses, const char *name, void **into) {
    PyObject *found = PyMapping_GetItemString(addresses, name);
    if (found == NULL) return 0;
    *into = PyLong_AsVoidPtr(found);
    Py_DECREF(found);
    if (*into == NULL && !PyErr_Occurred()) PyErr_Format(PyExc_ValueError, "no address of %s", name);
    return *into != NULL;
}

static int take_number(PyObject *numbers, const char *name, double *into) {
    PyObject *found = PyMapping_GetItemString(numbers, name);
    if (found == NULL) return 0;
    *into = PyFloat_AsDouble(found);
    Py_DECREF(found);
    return PyErr_Occurred() == NULL;
}

/* bind(addresses of functions by name, numbers of rules by name, kinds of code points, which letters are cased) */
static PyObject *bind(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *addresses, *numbers;
    Py_buffer given, letters;
    if (bound) {
        PyErr_SetString(PyExc_RuntimeError, "bound already");
        return NULL;
    }
    if (!PyArg_ParseTuple(arguments, "OOy*y*", &addresses, &numbers, &given, &letters)) return NULL;
    int taken = 1;
#define TAKE_ADDRESS(result, name, arguments) \
    taken = taken && take_address(addresses, #name, (void **)&pdfium.name);
#define TAKE_NUMBER(name) taken = taken && take_number(numbers, #name, &rules.name);
    PDFIUM_FUNCTIONS(TAKE_ADDRESS)
    RULES(TAKE_NUMBER)
    if (!taken) {
        PyBuffer_Release(&given);
        PyBuffer_Release(&letters);
        return NULL;
    }
    kinds = given, cased = letters; /* held as long as the process lives */
    bound = 1;
    Py_RETURN_NONE;
}

static PyObject *names_of_functions(void) {
#define NAMED(result, name, arguments) #name,
    static const char *const names[] = {PDFIUM_FUNCTIONS(NAMED)};
    Py_ssize_t count = sizeof names / sizeof names[0];
    PyObject *found = PyTuple_New(count);
    for (Py_ssize_t at = 0; found != NULL && at < count; at++) {
        PyObject *name = PyUnicode_FromString(names[at]);
        if (name == NULL || PyTuple_SetItem(found, at, name) < 0) Py_CLEAR(found);
    }
    return found;
}

static PyMethodDef METHODS[] = {
    {"bind", bind, METH_VARARGS, NULL},
    {"read_chars", read_chars, METH_VARARGS, NULL},
    {"read_painted", read_painted, METH_VARARGS, NULL},
    {"page_text", page_text, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static int fill(PyObject *module) {
    PyObject *names = names_of_functions();
    if (names == NULL) return -1;
    int failed = PyModule_AddObjectRef(module, "FUNCTIONS", names);
    Py_DECREF(names);
    return failed < 0 ? failed : PyModule_AddIntConstant(module, "INTERFACE", INTERFACE);
}

static PyModuleDef_Slot SLOTS[] = {{Py_mod_exec, fill}, {0, NULL}};

static struct PyModuleDef MODULE = {
    PyModuleDef_HEAD_INIT, "corpus.readers._pdf", "The compiled part of the PDF reader.", 0, METHODS, SLOTS, 0, 0, 0,
};

PyMODINIT_FUNC PyInit__pdf(void) { return PyModuleDef_Init(&MODULE); }
