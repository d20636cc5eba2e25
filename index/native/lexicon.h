/* What the compiled analysis of Danish words asks: the dictionary's file, and the splitter's lexicon.
 *
 * Letters are a byte each, as in Latin-1, and only those that Danish words are written in: a to z, æ, ø, å. What leads to
 * any other letter, or to more of them than there is room for, is `odd`: such a word is Python's.
 */
#ifndef AKT_INDEX_LEXICON_H
#define AKT_INDEX_LEXICON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define LETTERS 60 /* of a word that is looked at */
#define ROOM 80    /* of a lemma, or a word with an ending */

typedef unsigned char Letter;

typedef struct {
    int size;
    Letter letters[ROOM];
} Form;

/* What is known of a string besides the dictionary: index.members. */
enum {
    PREFIX = 1, SUFFIX = 2, SHORT = 4, SIMPLE = 8, TOLD = 16,
    BEGINS = 32, BEGINS_AT_NO_PRICE = 64, BEGINS_ODDLY = 128,      /* a first member; too rare; of an odd lemma */
    ENDS_AT_NO_PRICE = 256,
    /* Told once, and remembered. */
    NEVER_CUT = 512, THING = 1024, NO_THING = 2048,
    /* Ends words that have this ending too, or a joining -s- before it: index.ends. */
    ENDS_WITH_EN = 4096, ENDS_WITH_ET = 8192, ENDS_WITH_E = 16384, ENDS_BEHIND_S = 32768,
    BRIEF = 65536, /* a member only where a word begins */
    LOOSE_END = 131072 /* ends words that no dictionary has: index.ends */
};

typedef struct {
    uint32_t start, size;             /* of its letters */
    uint32_t lemma_start, lemma_size; /* as a first member */
    int flags;
    int begins, ends; /* how many words it begins as a first member, and ends as a lemma */
    double begins_price, ends_price;
} Entry;

/* The rules' numbers, by the names that they have in index.compounds, index.members and index.text. */
typedef struct {
    int shortest_word, longest, shortest_member, long_enough, doubtful_last, shortest_unknown, strong_last,
        shortest_strong, sure_last, shortest_sure, shortest_usual, often, shortest_genitive;
    double least, unknown_cost, rarest; /* rarest: the price of a long member that was not learned */
} Rules;

/* A table of index.stretches.marks: what is not in it is no member. */
typedef struct {
    const unsigned char *bits;
    int shift;
} Marks;

typedef struct {
    Py_buffer file;
    size_t slots, slot_count;
    Marks firsts, lasts;
    uint32_t crc[256];
    uint64_t powers[LETTERS];
    Letter *pool;
    Entry *entries;
    uint32_t *places; /* by hash: 1 + the number of an entry; 0: free */
    size_t entry_count, place_count;
    int longest_prefix;
    Rules rules;
    int odd;
} Lexicon;

/* Fills a lexicon that is all zeros; 0 and a Python exception where that cannot be. To be given back also then. */
int lexicon_made(Lexicon *lexicon, PyObject *file, const Py_ssize_t places[5], PyObject *entries);
void lexicon_given_back(Lexicon *lexicon);

/* The entry of a string; NULL where nothing is known of it. */
Entry *entry_of(const Lexicon *lexicon, const Letter *letters, int size);
/* The dictionary's lemma of a form. */
int lemma_of(Lexicon *lexicon, const Letter *letters, int size, Form *lemma);
/* A further lemma of a form of the dictionary, by its number from 1; 0 where it has none. */
int further_lemma(Lexicon *lexicon, const Letter *letters, int size, int number, Form *lemma);
/* Whether the form of a stem and an ending has this lemma. */
int has_lemma(Lexicon *lexicon, const Form *stem, const char *ending, const Letter *lemma, int size);

/* The hash of a stretch as index.stretches has it before it is spread, with another letter behind those there are, or before them. */
uint64_t hashed(const Lexicon *lexicon, uint64_t hash, int there, Letter letter);
uint64_t hashed_before(uint64_t hash, Letter letter);
int is_marked(const Marks *marks, uint64_t hash);

int is_same(const Form *form, const Letter *letters, int size);
/* Puts letters behind those of a form; what has no room is odd. */
void put_behind(Lexicon *lexicon, Form *form, const Letter *letters, int size);
Form form_of(Lexicon *lexicon, const Letter *letters, int size);

#endif
