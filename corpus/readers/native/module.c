/* The compiled part of the PDF reader: loops over the characters and objects of a page that are mostly calls.
 *
 * It does what the modules corpus/readers/pdf_*.py do, on ordinary pages only, and gives None for any other: that page
 * is then read by those modules. They say what the outcome has to be, to the last bit (tests/test_readers_pdf_native.py).
 * Nothing here is linked with pdfium or numpy: addresses of functions come from pypdfium2, arrays go as buffers.
 */
#include "native.h"

/* Raised when what is passed or given changes: Python does not use a compiled part of another number. */
#define INTERFACE 1

Pdfium pdfium;
int bound = 0;

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

static int take_address(PyObject *addresses, const char *name, void **into) {
    PyObject *found = PyMapping_GetItemString(addresses, name);
    if (found == NULL) return 0;
    *into = PyLong_AsVoidPtr(found);
    Py_DECREF(found);
    if (*into == NULL && !PyErr_Occurred()) PyErr_Format(PyExc_ValueError, "no address of %s", name);
    return *into != NULL;
}

static PyObject *bind(PyObject *module, PyObject *addresses) {
    (void)module;
    bound = 0;
#define TAKEN(result, name, arguments) \
    if (!take_address(addresses, #name, (void **)&pdfium.name)) return NULL;
    PDFIUM_FUNCTIONS(TAKEN)
#undef TAKEN
    bound = 1;
    Py_RETURN_NONE;
}

static PyObject *names_of_functions(void) {
#define NAMED(result, name, arguments) #name,
    static const char *const names[] = {PDFIUM_FUNCTIONS(NAMED)};
#undef NAMED
    Py_ssize_t count = sizeof names / sizeof names[0];
    PyObject *found = PyTuple_New(count);
    for (Py_ssize_t at = 0; found != NULL && at < count; at++) {
        PyObject *name = PyUnicode_FromString(names[at]);
        if (name == NULL || PyTuple_SetItem(found, at, name) < 0) Py_CLEAR(found);
    }
    return found;
}

static PyMethodDef METHODS[] = {
    {"bind", bind, METH_O, NULL},
    {"read_chars", read_chars, METH_VARARGS, NULL},
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
