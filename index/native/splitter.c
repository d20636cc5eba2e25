/* What index.compounds.Splitter does, with the same names: the reasons stand there. Its look-ups are spared by the tables
 * of index.stretches, which a stretch's hash is made for letter by letter. */
#include "splitter.h"

/* Members of members are cut so many times; deeper ones are Python's. */
#define DEEPEST 8
#define LONGEST_END 4
#define SHORTEST_BEFORE_END 3 /* these three as in index.ends */
#define SHORTEST_BEFORE_LOOSE 4
#define LONGEST_LOOSE 8
#define NOWHERE (-1)

typedef struct {
    int count;
    Last lasts[LETTERS];
} Lasts;

/* The cheapest way to each end in a word. `given`: as one member that no dictionary has. */
typedef struct {
    double cost[LETTERS + 1];
    int order[LETTERS + 1], before[LETTERS + 1], given[LETTERS + 1];
} Paths;

/* The last member from a start, read as the dictionary reads the whole word. */
static int last_in(Lexicon *lexicon, const Letter *word, int size, const Form *whole, int marked, Last *last) {
    int start = last->start, length = size - start, rest_size = whole->size - start;
    const Letter *form = word + start, *rest = whole->letters + start;
    int is_last = marked && ending_of(lexicon, form, length, last);
    if (rest_size > 1 && memcmp(whole->letters, word, (size_t)start + 2) == 0 && may_end(lexicon, form, length)) {
        double price = 0;
        Form read, lemma;
        int is_priced = priced(lexicon, rest, rest_size, &price);
        if (!is_last && !is_priced) return 0;
        if (lemma_of(lexicon, rest, rest_size, &read)) {
            int noun = lemma_of(lexicon, form, length, &lemma) && is_noun_as_it_is(lexicon, form, length, &lemma);
            if ((is_same(&read, rest, rest_size) && !noun) || is_thing(lexicon, rest, rest_size)) {
                last->price = price;
                last->lemma = form_of(lexicon, rest, rest_size);
                return is_priced;
            }
        }
    }
    if (!is_last) return 0;
    Form made = form_of(lexicon, word, start);
    put_behind(lexicon, &made, last->lemma.letters, last->lemma.size);
    return length > lexicon->rules.doubtful_last || is_same(whole, made.letters, made.size);
}

/* Which ends of a word may be last members: bits by their start. */
static uint64_t marked_lasts(const Lexicon *lexicon, const Letter *word, int size) {
    uint64_t found = 0, hash = 0;
    for (int start = size - 1; start >= 2; start--) {
        hash = hashed_before(hash, word[start]);
        if (start < size - 1 && is_marked(&lexicon->lasts, hash)) found |= (uint64_t)1 << start;
    }
    return found;
}

/* The last members of a word, longest first; `whole` is its lemma, NULL where it has none. */
static void last_members(Lexicon *lexicon, const Letter *word, int size, const Form *whole, Lasts *found) {
    uint64_t ends = marked_lasts(lexicon, word, size), of_whole = 0;
    int as_whole = whole != NULL && !is_same(whole, word, size);
    if (as_whole && whole->size <= LETTERS) of_whole = marked_lasts(lexicon, whole->letters, whole->size);
    if (as_whole && whole->size > LETTERS) lexicon->odd = 1;
    found->count = 0;
    for (int start = 2; start < size - 1; start++) {
        Last *last = &found->lasts[found->count];
        int marked = (int)(ends >> start & 1);
        if (!marked && !(of_whole >> start & 1)) continue;
        last->start = start;
        if (as_whole ? last_in(lexicon, word, size, whole, marked, last)
                     : ending_of(lexicon, word + start, size - start, last))
            found->count++;
    }
}

static void two_members(Cut *found, const Form *first, const Last *last, int size) {
    found->count = 2;
    found->members[0] = (Member){0, last->start, *first};
    found->members[1] = (Member){last->start, size, last->lemma};
}

/* The cheapest cover by two members if none of three can be as cheap. */
static int of_two(Lexicon *lexicon, const Letter *word, int size, const Lasts *lasts, Cut *found) {
    double least = 3 * lexicon->rules.least;
    uint64_t hash = 0;
    int hash_of = 0;
    found->count = 0;
    for (int number = 0; number < lasts->count; number++) {
        const Last *last = &lasts->lasts[number];
        double price;
        Form lemma;
        for (; hash_of < last->start; hash_of++) hash = hashed(lexicon, hash, hash_of, word[hash_of]);
        if (is_marked(&lexicon->firsts, hash) && first_of(lexicon, word, last->start, &price, &lemma) &&
            price + last->price < least) {
            least = price + last->price;
            two_members(found, &lemma, last, size);
        }
    }
    return found->count > 0;
}

/* Goes on from the end of a path by each first member that stands there. */
static void step_on(Lexicon *lexicon, const Letter *word, int start, int stop, int order, Paths *paths) {
    uint64_t hash = hashed(lexicon, 0, 0, word[start]);
    for (int end = start + 2; end <= stop; end++) {
        double price, cost;
        Form lemma;
        hash = hashed(lexicon, hash, end - 1 - start, word[end - 1]);
        if (paths->given[end] || !is_marked(&lexicon->firsts, hash) ||
            (start && flags_of(lexicon, word + start, end - start) & BRIEF) ||
            !first_of(lexicon, word + start, end - start, &price, &lemma))
            continue;
        cost = paths->cost[start] + price;
        if (paths->before[end] == NOWHERE || cost < paths->cost[end] ||
            (cost == paths->cost[end] && order < paths->order[end])) {
            paths->cost[end] = cost;
            paths->order[end] = order;
            paths->before[end] = start;
        }
    }
}

/* The members on the way to the start of a last member; their lemmas are asked for once more. */
static int way_back(Lexicon *lexicon, const Letter *word, int size, const Paths *paths, const Last *last, Cut *found) {
    int count = 1;
    for (int at = last->start; at; at = paths->given[at] ? 0 : paths->before[at]) count++;
    if (count > MOST_MEMBERS) {
        lexicon->odd = 1;
        return 0;
    }
    found->count = count;
    found->members[count - 1] = (Member){last->start, size, last->lemma};
    for (int at = last->start, number = count - 2; at; number--) {
        Member *member = &found->members[number];
        double price;
        member->start = paths->given[at] ? 0 : paths->before[at];
        member->stop = at;
        if (paths->given[at]) {
            /* A stretch that no dictionary has: an s after a consonant is a link. */
            int linked = word[at - 1] == 's' && !is_vowel(word[at - 2]) && word[at - 2] != 's';
            member->lemma = form_of(lexicon, word, at - linked);
        } else if (!first_of(lexicon, word + member->start, at - member->start, &price, &member->lemma)) {
            return 0;
        }
        at = member->start;
    }
    return 1;
}

/* The cheapest cover by first members and a last one. It begins anywhere where `paths` are given, or at the beginning;
 * of equal ones that counts whose path was reached first. */
static int cheapest(Lexicon *lexicon, const Letter *word, int size, Paths *paths, int given, const Lasts *lasts,
                    Cut *found) {
    int stop = lasts->lasts[lasts->count - 1].start, number = 0, best_order = 0;
    const Last *best = NULL;
    double least = 0;
    for (int start = 0; start <= stop; start++) {
        if (!paths->given[start] && paths->before[start] == NOWHERE) continue;
        if (!paths->given[start]) paths->order[start] = given + start;
        step_on(lexicon, word, start, stop, paths->order[start], paths);
        while (number < lasts->count && lasts->lasts[number].start < start) number++;
        if (number == lasts->count || lasts->lasts[number].start != start) continue;
        double cost = paths->cost[start] + lasts->lasts[number].price;
        if (best == NULL || cost < least || (cost == least && paths->order[start] < best_order)) {
            best = &lasts->lasts[number];
            least = cost;
            best_order = paths->order[start];
        }
    }
    return best != NULL && way_back(lexicon, word, size, paths, best, found);
}

static void no_paths(Paths *paths) {
    for (int at = 0; at <= LETTERS; at++) paths->given[at] = 0, paths->before[at] = NOWHERE;
}

static int cheapest_known(Lexicon *lexicon, const Letter *word, int size, const Lasts *lasts, Cut *found) {
    Paths paths;
    no_paths(&paths);
    paths.given[0] = 1, paths.order[0] = 0, paths.cost[0] = 0.0;
    return cheapest(lexicon, word, size, &paths, 1, lasts, found);
}

/* Beginnings that no dictionary has. Returns how many. */
static int unknown_firsts(Lexicon *lexicon, const Letter *word, int size, Paths *paths) {
    const Rules *rules = &lexicon->rules;
    int count = 0, stop = size - rules->shortest_strong, prefix = size;
    for (int end = 1; end < prefix && end <= lexicon->longest_prefix && end <= stop; end++) {
        if (flags_of(lexicon, word, end) & PREFIX) prefix = end;
    }
    for (int end = rules->shortest_unknown; end <= stop; end++) {
        if (!may_begin(lexicon, word, end) || (end >= prefix && !is_lemma(lexicon, word, end))) continue;
        paths->given[end] = 1, paths->order[end] = count++, paths->cost[end] = rules->unknown_cost;
    }
    return count;
}

/* The cheapest cover that begins with an unknown member and ends with a noun that often ends words. */
static int guessed(Lexicon *lexicon, const Letter *word, int size, Lasts *lasts, Cut *found) {
    int count = 0;
    for (int number = 0; number < lasts->count; number++) {
        const Last *last = &lasts->lasts[number];
        const Entry *entry = entry_of(lexicon, last->lemma.letters, last->lemma.size);
        const Rules *rules = &lexicon->rules;
        if (last->lemma.size >= rules->shortest_strong && entry != NULL &&
            entry->ends >= (last->lemma.size < rules->sure_last ? rules->strong_last : rules->often) &&
            is_thing(lexicon, last->lemma.letters, last->lemma.size))
            lasts->lasts[count++] = *last;
    }
    lasts->count = count;
    Paths paths;
    no_paths(&paths);
    int given = count ? unknown_firsts(lexicon, word, size, &paths) : 0;
    return given && cheapest(lexicon, word, size, &paths, given, lasts, found);
}

static int joins(const Lexicon *lexicon, const Letter *form, int size) {
    const Entry *entry = entry_of(lexicon, form, size);
    return entry == NULL ? 0 : entry->begins;
}

static int ends(const Lexicon *lexicon, const Letter *lemma, int size) {
    const Entry *entry = entry_of(lexicon, lemma, size);
    return entry == NULL ? 0 : entry->ends;
}

/* True when the whole makes more compounds than its rarer member does; not of long members, of which the last ends many. */
static int is_one_word(Lexicon *lexicon, const Form *whole, const Letter *word, const Cut *cut) {
    static const char *const links[] = {"", "s", "e"};
    const Form *last = &cut->members[cut->count - 1].lemma;
    const Rules *rules = &lexicon->rules;
    int rarest = ends(lexicon, last->letters, last->size), use = ends(lexicon, whole->letters, whole->size);
    int usual = last->size >= rules->shortest_usual && rarest >= rules->strong_last;
    for (int number = 0; number < cut->count - 1; number++) {
        const Member *member = &cut->members[number];
        int count = joins(lexicon, word + member->start, member->stop - member->start);
        if (count < rarest) rarest = count;
        usual = usual && member->stop - member->start >= rules->shortest_sure;
    }
    for (int number = 0; number < 3; number++) {
        Form linked = *whole;
        put_behind(lexicon, &linked, (const Letter *)links[number], (int)strlen(links[number]));
        use += joins(lexicon, linked.letters, linked.size);
    }
    if (flags_of(lexicon, whole->letters, whole->size) & SIMPLE) return 1;
    return last->size < rules->sure_last && !usual && use > rarest;
}

/* Puts a member behind the others, or its own members; a linking letter stays with the last of these. */
static void deeper(Lexicon *lexicon, const Letter *word, const Member *member, Cut *found, int depth) {
    const Letter *form = word + member->start;
    const Form *lemma = &member->lemma;
    int size = member->stop - member->start;
    if (lemma->size <= size && memcmp(form, lemma->letters, (size_t)lemma->size) == 0) size = lemma->size;
    Cut inner;
    cut_of(lexicon, form, size, &inner, depth + 1);
    if (inner.count == 0) inner.count = 1, inner.members[0] = (Member){0, size, *lemma};
    if (found->count + inner.count > MOST_MEMBERS) {
        lexicon->odd = 1;
        return;
    }
    for (int number = 0; number < inner.count; number++) {
        Member *made = &found->members[found->count++];
        *made = inner.members[number];
        made->start += member->start;
        made->stop += member->start;
    }
    found->members[found->count - 1].stop = member->stop;
}

/* Of a member in the middle that ends in the -s- which joins it, as the dictionary says of all up to there, the lemma is
   without it. */
static void linked(Lexicon *lexicon, const Letter *word, Cut *found) {
    Form whole;
    for (int number = 1; number < found->count - 1; number++) {
        Member *member = &found->members[number];
        int size = member->stop - 1;
        if (word[size] == 's' && is_same(&member->lemma, word + member->start, member->stop - member->start) &&
            lemma_of(lexicon, word, size + 1, &whole) && is_same(&whole, word, size))
            member->lemma.size--;
    }
}

/* Whether a word of the dictionary has a last member that its forms tell: index.ends. Such words are Python's. */
static int has_told_end(Lexicon *lexicon, const Form *whole) {
    static const char *const endings[] = {"en", "et", "e"};
    if (flags_of(lexicon, whole->letters, whole->size) & SIMPLE) return 0;
    for (int size = 1; size <= LONGEST_END && size <= whole->size - SHORTEST_BEFORE_END; size++) {
        int start = whole->size - size, flags = flags_of(lexicon, whole->letters + start, size);
        if (flags & ENDS_BEHIND_S && whole->letters[start - 1] == 's') return 1;
        for (int number = 0; number < 3; number++) {
            if (flags & ENDS_WITH_EN << number && has_lemma(lexicon, whole, endings[number], whole->letters, whole->size))
                return 1;
        }
    }
    return 0;
}

/* Whether a word that no dictionary has may be one of a single letter and a noun: those are Python's. */
static int may_begin_with_a_letter(const Lexicon *lexicon, const Letter *word, int size) {
    return size > lexicon->rules.long_enough && (word[0] == 0xE5 || word[0] == 0xF8);
}

/* Whether a word that no dictionary has may end in a member that others of its kind end in: those are Python's. */
static int may_have_loose_end(Lexicon *lexicon, const Letter *word, int size) {
    Form lemma;
    int first = size - LONGEST_LOOSE < SHORTEST_BEFORE_LOOSE ? SHORTEST_BEFORE_LOOSE : size - LONGEST_LOOSE;
    for (int start = first; start < size; start++) {
        if (lemma_of(lexicon, word + start, size - start, &lemma) &&
            flags_of(lexicon, lemma.letters, lemma.size) & LOOSE_END)
            return 1;
    }
    return 0;
}

static void cut_anew(Lexicon *lexicon, const Letter *word, int size, Cut *found, int depth) {
    Form lemma;
    Lasts lasts;
    Cut best;
    int known = lemma_of(lexicon, word, size, &lemma);
    if (known && has_told_end(lexicon, &lemma)) lexicon->odd = 1;
    if (lexicon->odd) return;
    last_members(lexicon, word, size, known ? &lemma : NULL, &lasts);
    if (lasts.count && (of_two(lexicon, word, size, &lasts, &best) || cheapest_known(lexicon, word, size, &lasts, &best))) {
        if (!known) lemma = form_of(lexicon, word, size);
        if (is_one_word(lexicon, &lemma, word, &best)) return;
    } else if (known) {
        /* A compound that was learned by itself is Python's. */
        if (flags_of(lexicon, lemma.letters, lemma.size) & TOLD) lexicon->odd = 1;
        return;
    } else if (!lasts.count || !guessed(lexicon, word, size, &lasts, &best)) {
        if (may_have_loose_end(lexicon, word, size) || may_begin_with_a_letter(lexicon, word, size)) lexicon->odd = 1;
        return;
    }
    for (int number = 0; number < best.count; number++) deeper(lexicon, word, &best.members[number], found, depth);
    if (!lexicon->odd) linked(lexicon, word, found);
}

void cut_of(Lexicon *lexicon, const Letter *word, int size, Cut *found, int depth) {
    found->count = 0;
    if (size < lexicon->rules.shortest_word || size > lexicon->rules.longest) return;
    if (depth > DEEPEST || lexicon->odd) {
        lexicon->odd = 1;
        return;
    }
    Entry *entry = entry_of(lexicon, word, size);
    if (entry != NULL && entry->flags & NEVER_CUT) return;
    cut_anew(lexicon, word, size, found, depth);
    if (entry != NULL && found->count == 0 && !lexicon->odd) entry->flags |= NEVER_CUT;
}
