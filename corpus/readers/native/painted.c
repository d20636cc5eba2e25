/* What is painted on a page: drawn lines and fills, and whether any text may be unseen at all.
 * corpus/readers/pdf_objects.py, pdf_scene.py, pdf_hidden.py and pdf_rulings.py say what each step means. */
#include "native.h"
#include <math.h>
#include <stdlib.h>

typedef struct {
    void *thing;
    int order;             /* of painting */
    int filled, stroked;   /* of paths */
    unsigned colour[4];    /* red, green, blue, opacity; NO_COLOUR where there is none */
} Thing;

typedef struct {
    Thing *texts, *paths;
    int text_count, path_count;
    int pictures, images, last_picture;
    int plain; /* all texts are filled, as most are */
    int level; /* and run from left to right in user space */
} Scene;

static void coloured(Thing *thing) {
    unsigned *colour = thing->colour;
    for (int part = 0; part < 4; part++) colour[part] = (unsigned)rules.NO_COLOUR;
    pdfium.FPDFPageObj_GetFillColor(thing->thing, &colour[0], &colour[1], &colour[2], &colour[3]);
}

static void add_text(Scene *scene, void *thing, int order, int mode) {
    Thing *text = &scene->texts[scene->text_count++];
    Matrix matrix = {0, 0, 0, 0, 0, 0};
    text->thing = thing, text->order = order;
    coloured(text);
    pdfium.FPDFPageObj_GetMatrix(thing, &matrix);
    scene->plain = scene->plain && mode == 0;
    scene->level = scene->level && matrix.b == 0 && matrix.c == 0 && !(matrix.a <= 0);
}

static void add_path(Scene *scene, void *thing, int order) {
    Thing *path = &scene->paths[scene->path_count++];
    path->thing = thing, path->order = order, path->filled = path->stroked = 0;
    pdfium.FPDFPath_GetDrawMode(thing, &path->filled, &path->stroked);
    if (path->filled) coloured(path);
}

/* All objects; 0 where some of them lie in forms. */
static int objects_found(Scene *scene, void *page, int count) {
    for (int at = 0; at < count; at++) {
        void *thing = pdfium.FPDFPage_GetObject(page, at);
        int mode = pdfium.FPDFTextObj_GetTextRenderMode(thing);
        if (mode >= 0) {
            add_text(scene, thing, at, mode);
            continue;
        }
        int kind = pdfium.FPDFPageObj_GetType(thing);
        if (kind == (int)rules.FORM || kind == (int)rules.TEXT) return 0;
        if (kind == (int)rules.PATH) add_path(scene, thing, at);
        if (kind == (int)rules.IMAGE || kind == (int)rules.SHADING) scene->pictures++, scene->last_picture = at;
        if (kind == (int)rules.IMAGE) scene->images++;
    }
    return 1;
}

/* --- whether all text is seen ----------------------------------------------------------------------------------- */

static int near_colours(const unsigned one[4], const unsigned other[4]) {
    for (int part = 0; part < 3; part++) {
        if (!(fabs((double)one[part] - (double)other[part]) < rules.NEAR)) return 0;
    }
    return 1;
}

static int same_colours(const unsigned one[4], const unsigned other[4]) {
    return one[0] == other[0] && one[1] == other[1] && one[2] == other[2] && one[3] == other[3];
}

/* left, bottom, right, top in user space */
static void bounds(const Thing *thing, double box[4]) {
    float sides[4] = {0, 0, 0, 0};
    pdfium.FPDFPageObj_GetBounds(thing->thing, &sides[0], &sides[1], &sides[2], &sides[3]);
    for (int side = 0; side < 4; side++) box[side] = sides[side];
}

/* Whether the cover may lie over half of the text's height and as much of its length. */
static int may_cover(const double cover[4], const double text[4]) {
    double width = text[2] - text[0], height = text[3] - text[1], needed = 0.5 * (width < height ? width : height);
    for (int side = 0; side < 2; side++) {
        double end = cover[side + 2] < text[side + 2] ? cover[side + 2] : text[side + 2];
        double start = cover[side] > text[side] ? cover[side] : text[side];
        if (end - start < needed) return 0;
    }
    return 1;
}

/* Whether an area may lie over some text that is painted before it; places of texts are asked for once. */
static int covers_some(const Scene *scene, const Thing *area, double (*places)[4], int *known) {
    double box[4];
    bounds(area, box);
    double across = box[2] - box[0], up = box[3] - box[1];
    if ((across < up ? across : up) < rules.THICK) return 0;
    for (int at = 0; at < scene->text_count && scene->texts[at].order < area->order; at++) {
        for (; *known <= at; ++*known) bounds(&scene->texts[*known], places[*known]);
        if (may_cover(box, places[at])) return 1;
    }
    return 0;
}

/* 1 where no text of the page may be unseen (pdf_hidden._suspects); 0 where it is to be looked at; -1 out of memory. */
static int all_seen(const Scene *scene) {
    const unsigned white = (unsigned)rules.PAPER, paper[4] = {white, white, white, white};
    if (scene->text_count == 0) return 1;
    if (!scene->plain || (scene->pictures && scene->last_picture > scene->texts[0].order)) return 0;
    if ((double)scene->text_count * (double)scene->path_count > MOST) return 0;
    for (int at = 0; at < scene->text_count; at++) {
        const unsigned *colour = scene->texts[at].colour;
        if (at > 0 && same_colours(colour, scene->texts[at - 1].colour)) continue;
        if (colour[3] <= rules.CLEAR || near_colours(colour, paper)) return 0;
        for (int area = 0; area < scene->path_count; area++) {
            if (scene->paths[area].filled && near_colours(colour, scene->paths[area].colour)) return 0;
        }
    }
    double(*places)[4] = PyMem_Malloc((size_t)scene->text_count * sizeof *places);
    if (places == NULL) return -1;
    int known = 0, seen = 1;
    for (int at = 0; seen && at < scene->path_count; at++) {
        const Thing *area = &scene->paths[at];
        if (area->filled && area->order > scene->texts[0].order && area->colour[3] >= rules.OPAQUE) {
            seen = !covers_some(scene, area, places, &known);
        }
    }
    PyMem_Free(places);
    return seen;
}

/* --- drawn lines and fills -------------------------------------------------------------------------------------- */

/* Whether a filling can be told from white paper; patterns and shadings can. */
static int is_coloured(const unsigned colour[4]) {
    int64_t least = colour[0] < colour[1] ? colour[0] : colour[1];
    if (colour[2] < least) least = colour[2];
    return colour[0] == (unsigned)rules.NO_COLOUR || 255 - (255 - least) * colour[3] / 255 < (int64_t)rules.WHITE;
}

/* The paths that show, traced; how many are painted, and whether there are too many segments. 0: left to Python, or out
 * of memory if an exception is set. */
static int paths_traced(const Scene *scene, Traced *traced, int *painted, int *cut) {
    int64_t segments = 0, wanted = 0, longest = 0;
    int *sizes = PyMem_Malloc(((size_t)scene->path_count + 1) * sizeof *sizes);
    if (sizes == NULL) {
        PyErr_NoMemory();
        return 0;
    }
    for (int at = 0; at < scene->path_count; at++) {
        const Thing *path = &scene->paths[at];
        sizes[at] = 0;
        if (!path->filled && !path->stroked) continue;
        int count = pdfium.FPDFPath_CountSegments(path->thing);
        *painted += 1, segments += count;
        if (count < 2 || segments > (int64_t)rules.MAX_SEGMENTS) continue;
        if (!path->stroked && !is_coloured(path->colour)) continue;
        sizes[at] = count, wanted += count;
        if (count > longest) longest = count;
    }
    *cut = segments > (int64_t)rules.MAX_SEGMENTS;
    /* A segment gives a line at most, and a subpath another one or an area. */
    size_t room = (size_t)wanted + 1;
    traced->lines = PyMem_Malloc(room * 12 * sizeof(double));
    traced->scratch = PyMem_Malloc(trace_room((size_t)longest));
    int done = traced->lines != NULL && traced->scratch != NULL;
    if (!done) PyErr_NoMemory();
    traced->areas = done ? traced->lines + room * 8 : NULL;
    for (int at = 0; done && at < scene->path_count; at++) {
        const Thing *path = &scene->paths[at];
        if (!sizes[at]) continue;
        int is_filled = path->filled && is_coloured(path->colour);
        done = trace_path(traced, path->thing, sizes[at], path->stroked != 0, is_filled);
    }
    PyMem_Free(sizes);
    return done;
}

/* The box within the page as shown. */
static void clipped(const Frame *frame, const double ends[4], double sides[4]) {
    double size[2];
    shown_size(frame, &size[0], &size[1]);
    shown_box(frame, ends[0], ends[1], ends[2], ends[3], sides);
    for (int side = 0; side < 4; side++) {
        if (sides[side] < 0) sides[side] = 0;
        if (sides[side] > size[side % 2]) sides[side] = size[side % 2];
    }
}

/* By top, then x0, x1 and bottom. */
static int from_the_top(const void *one, const void *other) {
    static const int order[4] = {1, 0, 2, 3};
    const double *here = one, *there = other;
    for (int at = 0; at < 4; at++) {
        double a = here[order[at]], b = there[order[at]];
        if (a != b) return a < b ? -1 : 1;
    }
    return 0;
}

/* The straight lines as boxes, from the top down, each place once; gives how many. */
static size_t rulings_of(const Traced *traced, const Frame *frame, double *boxes) {
    size_t count = 0, kept = 0;
    for (size_t at = 0; at < traced->line_count; at++) {
        double *box = &boxes[4 * count];
        clipped(frame, &traced->lines[4 * at], box);
        double across = box[2] - box[0], down = box[3] - box[1];
        double least = across < down ? across : down, most = across < down ? down : across;
        if (!(least <= rules.STRAIGHT && most >= rules.SHORTEST)) continue;
        for (int side = 0; side < 4; side++) box[side] = rounded(box[side]);
        count++;
    }
    if (count > 1) qsort(boxes, count, 4 * sizeof(double), from_the_top);
    for (size_t at = 0; at < count; at++) {
        if (at > 0 && from_the_top(&boxes[4 * at], &boxes[4 * at - 4]) == 0) continue;
        for (int side = 0; side < 4; side++) boxes[4 * kept + side] = boxes[4 * at + side];
        kept++;
    }
    return kept;
}

static size_t fills_of(const Traced *traced, const Frame *frame, double *boxes) {
    size_t count = 0;
    for (size_t at = 0; at < traced->area_count; at++) {
        double *box = &boxes[4 * count];
        clipped(frame, &traced->areas[4 * at], box);
        for (int side = 0; side < 4; side++) box[side] = rounded(box[side]);
        count += box[2] > box[0] && box[3] > box[1];
    }
    return count;
}

static PyObject *given(const Scene *scene, const Frame *frame) {
    Traced traced = {0};
    PyObject *found = NULL;
    int painted = 0, cut = 0, seen = all_seen(scene);
    if (seen < 0) return PyErr_NoMemory();
    if (!paths_traced(scene, &traced, &painted, &cut)) {
        if (!PyErr_Occurred()) found = Py_NewRef(Py_None);
        goto done;
    }
    /* One more of each, for a box is made before it is known to stay. */
    Arrays arrays = arrays_of((traced.line_count + traced.area_count + 2) * 4 * sizeof(double));
    if (arrays.memory == NULL) goto done;
    double *rulings = array(&arrays, traced.line_count * 4, sizeof(double));
    size_t ruled = rulings_of(&traced, frame, rulings);
    double *fills = array(&arrays, traced.area_count * 4, sizeof(double));
    size_t filled = fills_of(&traced, frame, fills);
    found = Py_BuildValue("(iiiiinnnN)", seen, scene->level, scene->images, painted, cut, (Py_ssize_t)ruled,
                          (Py_ssize_t)traced.line_count, (Py_ssize_t)filled, arrays.memory);
done:
    PyMem_Free(traced.lines);
    PyMem_Free(traced.scratch);
    return found;
}

/* read_painted(page, left, low, right, high, rotation) -> (seen, level, images, painted paths, too many segments,
 * rulings, room of those, fills, rulings and fills (n, 4) in one piece), or None for a page with forms. */
PyObject *read_painted(PyObject *module, PyObject *arguments) {
    (void)module;
    unsigned long long address;
    Frame frame;
    Scene scene = {0};
    if (!PyArg_ParseTuple(arguments, "Kddddi", &address, &frame.left, &frame.low, &frame.right, &frame.high,
                          &frame.rotation) ||
        !is_bound()) {
        return NULL;
    }
    void *page = (void *)(uintptr_t)address;
    int count = page == NULL ? 0 : pdfium.FPDFPage_CountObjects(page);
    if (count < 0) count = 0;
    if (count > MOST) Py_RETURN_NONE;
    size_t room = (size_t)count + 1;
    scene.texts = PyMem_Malloc(2 * room * sizeof(Thing));
    if (scene.texts == NULL) return PyErr_NoMemory();
    scene.paths = scene.texts + room, scene.plain = scene.level = 1;
    PyObject *found = objects_found(&scene, page, count) ? given(&scene, &frame) : Py_NewRef(Py_None);
    PyMem_Free(scene.texts);
    return found;
}
