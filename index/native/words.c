/* The compiled part of analysis: plain lower-case Danish forms to what they are filed under.
 *
 * It does what index.text.Analyser._look_up does, for forms of Danish letters only, of which all that is asked has such
 * letters; it says None of any other, which Python analyses.
 */
#include "splitter.h"

/* Raised when what is passed or given changes: Python does not use a compiled part of another number. */
#define INTERFACE 5
#define MOST_LEMMAS 4
#define SHORTEST_STEM 5 /* as in index.text */

typedef struct {
    PyObject_HEAD
    Lexicon lexicon;
} Words;

typedef struct {
    int count;
    Form lemmas[MOST_LEMMAS];
} Lemmas;

/* What was found of a form, and the sets and types that it goes into. */
typedef struct {
    Lexicon *lexicon;
    PyObject *related, *type;
} Into;

static int ends_with(const Letter *form, int size, const char *ending) {
    int length = (int)strlen(ending);
    return size >= length && memcmp(form + size - length, ending, (size_t)length) == 0;
}

/* A form with å, æ, ø for aa, ae, oe: one pair of letters after the other. */
static Form danish_letters(const Form *form) {
    static const Letter pairs[][3] = {{'a', 'a', 0xE5}, {'a', 'e', 0xE6}, {'o', 'e', 0xF8}};
    Form made = *form;
    for (int pair = 0; pair < 3; pair++) {
        int size = 0;
        for (int at = 0; at < made.size; at++) {
            int is_pair = at + 1 < made.size && memcmp(made.letters + at, pairs[pair], 2) == 0;
            made.letters[size++] = is_pair ? pairs[pair][2] : made.letters[at];
            at += is_pair;
        }
        made.size = size;
    }
    return made;
}

static void another(Lexicon *lexicon, Lemmas *found, const Letter *letters, int size) {
    for (int number = 0; number < found->count; number++) {
        if (is_same(&found->lemmas[number], letters, size)) return;
    }
    if (found->count == MOST_LEMMAS) {
        lexicon->odd = 1;
        return;
    }
    found->lemmas[found->count++] = form_of(lexicon, letters, size);
}

static int is_genitive(const Lexicon *lexicon, const Form *form) {
    return form->size >= lexicon->rules.shortest_genitive && form->letters[form->size - 1] == 's' &&
           strchr("suiao", form->letters[form->size - 2]) == NULL;
}

/* What a word that no dictionary has may be the definite form or the plural of: index.text._stems. */
static void stems_of(Lexicon *lexicon, const Form *form, int size, Lemmas *found) {
    static const char *const endings[] = {"erne", "en", "et"};
    for (int number = 0; number < 3; number++) {
        if (!ends_with(form->letters, size, endings[number])) continue;
        int stem = size - (int)strlen(endings[number]);
        if (stem >= SHORTEST_STEM && !ends_with(form->letters, size, "sen"))
            another(lexicon, found, form->letters, stem);
        /* All three endings begin with the e that it may have itself. */
        if (stem >= SHORTEST_STEM - 1) another(lexicon, found, form->letters, stem + 1);
        return;
    }
}

/* The lemmas of a form, the likeliest first; `known`, where the dictionary has one. */
static void lemmas_of(Lexicon *lexicon, const Form *form, const Form *known, const Cut *cut, Lemmas *found) {
    found->count = 0;
    if (known != NULL) {
        Form further;
        another(lexicon, found, known->letters, known->size);
        for (int number = 1; further_lemma(lexicon, form->letters, form->size, number, &further); number++)
            another(lexicon, found, further.letters, further.size);
    } else if (cut->count) {
        const Member *last = &cut->members[cut->count - 1];
        Form made = form_of(lexicon, form->letters, last->start);
        put_behind(lexicon, &made, last->lemma.letters, last->lemma.size);
        another(lexicon, found, made.letters, made.size);
    } else {
        int size = form->size - is_genitive(lexicon, form);
        Form of;
        if (size < form->size && lemma_of(lexicon, form->letters, size, &of)) lexicon->odd = 1;
        another(lexicon, found, form->letters, size);
        stems_of(lexicon, form, size, found);
    }
}

/* The form as it is written with Danish letters, when it is no word itself; its lemma and its cut. */
static int read_of(Lexicon *lexicon, Form *form, Form *lemma, Cut *cut) {
    int known = lemma_of(lexicon, form->letters, form->size, lemma);
    if (!known) {
        Form spelled = danish_letters(form);
        if (spelled.size < form->size) {
            known = lemma_of(lexicon, spelled.letters, spelled.size, lemma);
            cut_of(lexicon, spelled.letters, spelled.size, cut, 0);
            if (known || cut->count) {
                *form = spelled;
                return known;
            }
        }
    }
    cut_of(lexicon, form->letters, form->size, cut, 0);
    return known;
}

/* Letters with their spelling variants made one: index.text.fold. `whole`, if it is the same. */
static PyObject *folded(const Letter *letters, int size, PyObject *whole) {
    char made[2 * ROOM];
    int length = 0;
    for (int at = 0; at < size; at++) {
        switch (letters[at]) {
        case 0xE5: made[length++] = 'a', made[length++] = 'a'; break;
        case 0xE6: made[length++] = 'a', made[length++] = 'e'; break;
        case 0xF8: made[length++] = 'o', made[length++] = 'e'; break;
        default: made[length++] = (char)letters[at];
        }
    }
    if (whole != NULL && length == size) {
        Py_INCREF(whole);
        return whole;
    }
    return PyUnicode_DecodeLatin1(made, length, NULL);
}

/* Puts a lemma or a member among what is to be looked up as well; gives it folded. */
static PyObject *related(const Into *into, const Form *form) {
    PyObject *plain = PyUnicode_DecodeLatin1((const char *)form->letters, form->size, NULL);
    PyObject *made = plain == NULL || PySet_Add(into->related, plain) < 0 ? NULL : folded(form->letters, form->size, plain);
    Py_XDECREF(plain);
    return made;
}

/* What is seldom typed is only folded: see index.text.Analyser._look_up. */
static PyObject *unrelated(const Form *form) { return folded(form->letters, form->size, NULL); }

static PyObject *lemmas_made(const Into *into, const Lemmas *found) {
    PyObject *made = PyTuple_New(found->count);
    for (int number = 0; made != NULL && number < found->count; number++) {
        const Form *form = &found->lemmas[number];
        PyObject *lemma = number == 0 ? related(into, form) : unrelated(form);
        if (lemma == NULL || PyTuple_SetItem(made, number, lemma) < 0) Py_CLEAR(made);
    }
    return made;
}

/* Neighbouring members together: all between these two, with the lemma of the last. */
static PyObject *together(const Into *into, const Form *form, const Member *first, const Member *last) {
    Form made = form_of(into->lexicon, form->letters + first->start, last->start - first->start);
    put_behind(into->lexicon, &made, last->lemma.letters, last->lemma.size);
    return unrelated(&made);
}

/* Appends a longer stretch that is none of the smallest members. Takes the stretch. */
static int appended(PyObject *made, PyObject *stretch, int smallest) {
    int same = stretch == NULL ? -1 : 0;
    for (int number = 0; same == 0 && number < smallest; number++)
        same = PyUnicode_Compare(stretch, PyList_GetItem(made, number)) == 0;
    if (same == 0) same = PyList_Append(made, stretch);
    Py_XDECREF(stretch);
    return same >= 0;
}

/* Further lemmas of a member by the form in which it stands: index.text.Analyser._member_readings. */
static int readings_made(const Into *into, PyObject *made, const Form *form, const Cut *cut, int number) {
    const Member *member = &cut->members[number];
    const Letter *letters = form->letters + member->start;
    int size = member->stop - member->start, same = is_same(&member->lemma, letters, size), fine = 1;
    Form read;
    if (number == cut->count - 1) {
        if (same || !lemma_of(into->lexicon, letters, size, &read)) return 1;
        return appended(made, unrelated(&read), cut->count);
    }
    if (letters[size - 1] != 'e' || member->lemma.size > size ||
        memcmp(letters, member->lemma.letters, (size_t)member->lemma.size) != 0)
        return 1;
    for (int place = same; fine && further_lemma(into->lexicon, letters, size, place, &read); place++)
        fine = appended(made, unrelated(&read), cut->count);
    return fine;
}

/* The smallest members in order, then longer stretches, but not all together: index.text._stretches; and what else the
   members may be. */
static PyObject *members_made(const Into *into, const Form *form, const Cut *cut) {
    PyObject *made = PyList_New(0), *tuple = NULL;
    int fine = made != NULL, count = cut->count;
    for (int number = 0; fine && number < count; number++)
        fine = appended(made, related(into, &cut->members[number].lemma), 0);
    for (int start = 0; fine && start < count; start++) {
        for (int end = start + 1; fine && end < count && end - start + 1 < count; end++)
            fine = appended(made, together(into, form, &cut->members[start], &cut->members[end]), count);
    }
    for (int number = 0; fine && number < count; number++) fine = readings_made(into, made, form, cut, number);
    if (fine) tuple = PyList_AsTuple(made);
    Py_XDECREF(made);
    return tuple;
}

static PyObject *word_made(const Into *into, PyObject *exact, const Form *form, const Lemmas *lemmas, const Cut *cut) {
    PyObject *found = lemmas_made(into, lemmas), *members = found == NULL ? NULL : members_made(into, form, cut);
    PyObject *leaves = members == NULL ? NULL : PyLong_FromLong(cut->count), *made = NULL;
    if (leaves != NULL) made = PyObject_CallFunctionObjArgs(into->type, exact, found, members, leaves, NULL);
    Py_XDECREF(found);
    Py_XDECREF(members);
    Py_XDECREF(leaves);
    return made;
}

/* The letters of a form; 0 for one that is Python's. */
static int is_plain(PyObject *given, Form *form) {
    Py_UCS4 letters[LETTERS];
    Py_ssize_t size = PyUnicode_GetLength(given);
    if (size < 1 || size > LETTERS || PyUnicode_AsUCS4(given, letters, LETTERS, 0) == NULL) return 0;
    form->size = (int)size;
    for (Py_ssize_t at = 0; at < size; at++) {
        Py_UCS4 letter = letters[at];
        if ((letter < 'a' || letter > 'z') && letter != 0xE6 && letter != 0xF8 && letter != 0xE5) return 0;
        form->letters[at] = (Letter)letter;
    }
    return 1;
}

/* The word of a form, or None. */
static PyObject *word_of(const Into *into, PyObject *given) {
    Lexicon *lexicon = into->lexicon;
    Form form, lemma;
    Cut cut;
    Lemmas lemmas;
    lexicon->odd = 0;
    if (is_plain(given, &form)) {
        PyObject *made = NULL, *exact = folded(form.letters, form.size, given);
        int known = read_of(lexicon, &form, &lemma, &cut);
        lemmas_of(lexicon, &form, known ? &lemma : NULL, &cut, &lemmas);
        if (exact != NULL && !lexicon->odd) made = word_made(into, exact, &form, &lemmas, &cut);
        Py_XDECREF(exact);
        if (exact == NULL || !lexicon->odd) return made;
        Py_XDECREF(made);
    }
    if (PyErr_Occurred()) return NULL;
    Py_RETURN_NONE;
}

/* words(forms, type, related): of each of the forms what `type` makes of its exact form, lemmas, members and number of
 * smallest members, or None; what is to be looked up as well goes into the set `related`. */
static PyObject *words(PyObject *self, PyObject *arguments) {
    PyObject *forms, *made;
    Into into = {&((Words *)self)->lexicon, NULL, NULL};
    if (!PyArg_ParseTuple(arguments, "OOO", &forms, &into.type, &into.related)) return NULL;
    if (!PyList_Check(forms) || !PySet_Check(into.related)) {
        PyErr_SetString(PyExc_TypeError, "a list of forms and a set are wanted");
        return NULL;
    }
    made = PyList_New(PyList_Size(forms));
    for (Py_ssize_t place = 0; made != NULL && place < PyList_Size(made); place++) {
        PyObject *form = PyList_GetItem(forms, place), *word = form == NULL ? NULL : word_of(&into, form);
        if (word == NULL || PyList_SetItem(made, place, word) < 0) Py_CLEAR(made);
    }
    return made;
}

/* Words(file, places, entries, rules) */
static PyObject *words_made(PyTypeObject *type, PyObject *arguments, PyObject *named) {
    PyObject *file, *entries;
    Py_ssize_t places[5];
    Rules rules;
    if (named != NULL && PyDict_Size(named)) {
        PyErr_SetString(PyExc_TypeError, "Words takes no names");
        return NULL;
    }
    if (!PyArg_ParseTuple(arguments, "O(nnnnn)O(iiiiiiiiiiiiiddd)", &file, &places[0], &places[1], &places[2], &places[3],
                          &places[4], &entries, &rules.shortest_word, &rules.longest, &rules.shortest_member,
                          &rules.long_enough, &rules.doubtful_last, &rules.shortest_unknown, &rules.strong_last,
                          &rules.shortest_strong, &rules.sure_last, &rules.shortest_sure, &rules.shortest_usual,
                          &rules.often, &rules.shortest_genitive, &rules.least, &rules.unknown_cost, &rules.rarest))
        return NULL;
    if (rules.shortest_word < 4 || rules.longest > LETTERS || rules.long_enough < 3 || rules.shortest_unknown < 2 ||
        rules.shortest_strong < 2 || rules.shortest_genitive < 2) {
        PyErr_SetString(PyExc_ValueError, "these rules are not those that this part was written for");
        return NULL;
    }
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Words *made = (Words *)allocate(type, 0);
    if (made == NULL) return NULL;
    made->lexicon.rules = rules;
    if (!lexicon_made(&made->lexicon, file, places, entries)) Py_CLEAR(made);
    return (PyObject *)made;
}

static void gone(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    lexicon_given_back(&((Words *)self)->lexicon);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

static PyMethodDef METHODS[] = {{"words", words, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};

static PyType_Slot TYPE_SLOTS[] = {{Py_tp_new, words_made}, {Py_tp_dealloc, gone}, {Py_tp_methods, METHODS}, {0, NULL}};

static PyType_Spec TYPE = {"index._words.Words", sizeof(Words), 0, Py_TPFLAGS_DEFAULT, TYPE_SLOTS};

static int fill(PyObject *module) {
    PyObject *type = PyType_FromSpec(&TYPE);
    if (type == NULL) return -1;
    int failed = PyModule_AddObjectRef(module, "Words", type);
    Py_DECREF(type);
    return failed < 0 ? failed : PyModule_AddIntConstant(module, "INTERFACE", INTERFACE);
}

static PyModuleDef_Slot SLOTS[] = {{Py_mod_exec, fill}, {0, NULL}};

static struct PyModuleDef MODULE = {
    PyModuleDef_HEAD_INIT, "index._words", "The compiled part of analysis.", 0, NULL, SLOTS, 0, 0, 0,
};

PyMODINIT_FUNC PyInit__words(void) { return PyModuleDef_Init(&MODULE); }
