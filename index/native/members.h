/* Which strings are members of compounds. */
#ifndef AKT_INDEX_MEMBERS_H
#define AKT_INDEX_MEMBERS_H

#include "lexicon.h"

/* A last member: where it begins in the word, what it costs, its lemma. */
typedef struct {
    int start;
    double price;
    Form lemma;
} Last;

int is_vowel(Letter letter);
/* The flags of a string; 0 where nothing is known of it. */
int flags_of(const Lexicon *lexicon, const Letter *form, int size);
int may_begin(const Lexicon *lexicon, const Letter *form, int size);
int may_end(const Lexicon *lexicon, const Letter *form, int size);
/* Whether a noun is among the words that a form is of, whatever the dictionary reads it as. */
int is_noun(Lexicon *lexicon, const Letter *form, int size);
/* The same, or the lemma that the dictionary gives it is the form. */
int is_noun_as_it_is(Lexicon *lexicon, const Letter *form, int size, const Form *lemma);
/* Whether a form is the dictionary's lemma of itself. */
int is_lemma(Lexicon *lexicon, const Letter *form, int size);
/* Whether a lemma is a noun: only nouns have a definite genitive. */
int is_thing(Lexicon *lexicon, const Letter *lemma, int size);
/* Price and lemma of a first member. */
int first_of(Lexicon *lexicon, const Letter *form, int size, double *price, Form *lemma);
/* The price of a lemma as a last member. */
int priced(const Lexicon *lexicon, const Letter *lemma, int size, double *price);
/* Price and lemma of the last member that an end of words may be, as it is printed. */
int ending_of(Lexicon *lexicon, const Letter *form, int size, Last *last);

#endif
