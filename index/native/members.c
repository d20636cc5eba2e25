/* What index.members says of words, and what index.compounds.Splitter asks of single members. The reasons stand there. */
#include "members.h"

int is_vowel(Letter letter) { return letter && strchr("aeiouy\xE6\xF8\xE5", letter) != NULL; }

int flags_of(const Lexicon *lexicon, const Letter *form, int size) {
    const Entry *entry = entry_of(lexicon, form, size);
    return entry == NULL ? 0 : entry->flags;
}

int may_begin(const Lexicon *lexicon, const Letter *form, int size) {
    int flags = flags_of(lexicon, form, size);
    int believed = (size >= lexicon->rules.shortest_member || flags & SHORT) && !(flags & PREFIX);
    if (!believed && !(flags & BRIEF)) return 0;
    for (int at = 0; at < size; at++) {
        if (is_vowel(form[at])) return 1;
    }
    return 0;
}

int may_end(const Lexicon *lexicon, const Letter *form, int size) {
    int flags = flags_of(lexicon, form, size);
    return (size >= lexicon->rules.shortest_member || flags & SHORT) && !(flags & SUFFIX);
}

/* Whether a form with one of some endings, or with its last letter twice and one of them, has this lemma. */
static int is_inflected(Lexicon *lexicon, const Letter *form, int size, const char *const endings[]) {
    Form stem = form_of(lexicon, form, size);
    for (int twice = 0; twice < 2; twice++) {
        for (const char *const *ending = endings; *ending; ending++) {
            if (has_lemma(lexicon, &stem, *ending, form, size)) return 1;
        }
        if (size) put_behind(lexicon, &stem, form + size - 1, 1);
    }
    return 0;
}

int is_noun(Lexicon *lexicon, const Letter *form, int size) {
    static const char *const endings[] = {"en", "et", NULL};
    return is_inflected(lexicon, form, size, endings);
}

int is_thing(Lexicon *lexicon, const Letter *lemma, int size) {
    static const char *const endings[] = {"ens", "ets", "ns", "ts", NULL};
    Entry *entry = entry_of(lexicon, lemma, size);
    if (entry != NULL && entry->flags & (THING | NO_THING)) return (entry->flags & THING) != 0;
    int odd = lexicon->odd, thing = is_inflected(lexicon, lemma, size, endings);
    if (entry != NULL && !odd && !lexicon->odd) entry->flags |= thing ? THING : NO_THING;
    return thing;
}

int is_lemma(Lexicon *lexicon, const Letter *form, int size) {
    Form lemma;
    return lemma_of(lexicon, form, size, &lemma) && is_same(&lemma, form, size);
}

/* The lemma of a long joining form: index.compounds._long_first and index.members.joining_form. */
static int long_first(Lexicon *lexicon, const Letter *form, int size, Form *lemma) {
    Form known, stem = form_of(lexicon, form, size - 1), full;
    Letter link = form[size - 1];
    int is_known = lemma_of(lexicon, form, size, &known);
    if (is_known && is_same(&known, form, size)) {
        *lemma = known;
        return 1;
    }
    if (link != 's' && link != 'e') return 0;
    if (is_lemma(lexicon, stem.letters, stem.size)) {
        *lemma = stem;
        return 1;
    }
    full = stem;
    if (link == 's') {
        put_behind(lexicon, &full, (const Letter *)"e", 1);
        *lemma = full;
        return stem.size >= lexicon->rules.long_enough && is_lemma(lexicon, full.letters, full.size);
    }
    put_behind(lexicon, &full, (const Letter *)"um", 2);
    *lemma = known;
    return is_known &&
           (is_same(&known, full.letters, full.size) || has_lemma(lexicon, &stem, "", known.letters, known.size));
}

/* Price and lemma of a first member. */
int first_of(Lexicon *lexicon, const Letter *form, int size, double *price, Form *lemma) {
    const Entry *entry = entry_of(lexicon, form, size);
    if (entry != NULL && entry->flags & BEGINS) {
        if (entry->flags & BEGINS_ODDLY) lexicon->odd = 1;
        *price = entry->begins_price;
        *lemma = form_of(lexicon, lexicon->pool + entry->lemma_start, (int)entry->lemma_size);
        return !(entry->flags & BEGINS_AT_NO_PRICE);
    }
    *price = lexicon->rules.rarest;
    return size >= lexicon->rules.long_enough && long_first(lexicon, form, size, lemma) &&
           may_begin(lexicon, lemma->letters, lemma->size);
}

int priced(const Lexicon *lexicon, const Letter *lemma, int size, double *price) {
    const Entry *entry = entry_of(lexicon, lemma, size);
    int count = entry == NULL ? 0 : entry->ends;
    if (!may_end(lexicon, lemma, size) || (count == 0 && size < lexicon->rules.long_enough)) return 0;
    *price = count ? entry->ends_price : lexicon->rules.rarest;
    return !(count && entry->flags & ENDS_AT_NO_PRICE);
}

int is_noun_as_it_is(Lexicon *lexicon, const Letter *form, int size, const Form *lemma) {
    return is_same(lemma, form, size) || is_noun(lexicon, form, size);
}

/* The last member that an end of words may be, as it is printed. */
int ending_of(Lexicon *lexicon, const Letter *form, int size, Last *last) {
    if (!may_end(lexicon, form, size) || !lemma_of(lexicon, form, size, &last->lemma)) return 0;
    if (is_noun_as_it_is(lexicon, form, size, &last->lemma)) last->lemma = form_of(lexicon, form, size);
    return last->lemma.size <= size && priced(lexicon, last->lemma.letters, last->lemma.size, &last->price);
}
