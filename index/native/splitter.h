/* Which words a Danish compound is made of. */
#ifndef AKT_INDEX_SPLITTER_H
#define AKT_INDEX_SPLITTER_H

#include "members.h"

/* No member has fewer letters than two. */
#define MOST_MEMBERS (LETTERS / 2)

/* A member: where it stands in the word, and its lemma. */
typedef struct {
    int start, stop;
    Form lemma;
} Member;

typedef struct {
    int count;
    Member members[MOST_MEMBERS];
} Cut;

/* The members of a word in order; none of a simple one. `depth` is 0: members are cut again. */
void cut_of(Lexicon *lexicon, const Letter *word, int size, Cut *found, int depth);

#endif
