/* The segments of a path as drawn lines and filled rectangles: corpus/readers/pdf_rulings.py says what each step
 * means. */
#include "native.h"
#include <math.h>

typedef struct {
    double x, y;
} Point;

/* A segment: where it ends, what leads there, and whether the subpath is closed by it. */
typedef struct {
    Point point;
    int kind;
    void *handle;
} Segment;

/* A subpath, and the corners of the filled rectangle that it is, if it is one. */
typedef struct {
    size_t first, end;
    int is_square, is_nested;
    double corners[4];
} Subpath;

size_t trace_room(size_t segments) { return (segments + 1) * (sizeof(Segment) + sizeof(Subpath)); }

/* As min and max of Python, which keep the first of two that are equal. */
static double lesser(double one, double other) { return other < one ? other : one; }
static double greater(double one, double other) { return other > one ? other : one; }

static void add(double *ends, size_t *count, double x0, double y0, double x1, double y1) {
    double *here = &ends[4 * *count];
    here[0] = x0, here[1] = y0, here[2] = x1, here[3] = y1;
    *count += 1;
}

static int read_segments(Segment *segments, void *path, int size) {
    Matrix matrix = {0, 0, 0, 0, 0, 0};
    pdfium.FPDFPageObj_GetMatrix(path, &matrix);
    double a = matrix.a, b = matrix.b, c = matrix.c, d = matrix.d, e = matrix.e, f = matrix.f;
    if (a == 0 && b == 0 && c == 0 && d == 0 && e == 0 && f == 0) a = d = 1;
    for (int at = 0; at < size; at++) {
        Segment *segment = &segments[at];
        float x = 0, y = 0;
        segment->handle = pdfium.FPDFPath_GetPathSegment(path, at);
        segment->kind = pdfium.FPDFPathSegment_GetType(segment->handle);
        pdfium.FPDFPathSegment_GetPoint(segment->handle, &x, &y);
        segment->point.x = a * x + c * y + e, segment->point.y = b * x + d * y + f;
        if (!isfinite(segment->point.x) || !isfinite(segment->point.y)) return 0;
    }
    return 1;
}

static int near_each_other(double one, double other) { return fabs(one - other) < rules.SQUARE; }

/* Two opposite corners of a rectangle along the page's sides. */
static void find_square(const Segment *segments, Subpath *subpath) {
    size_t size = subpath->end - subpath->first;
    const Segment *first = &segments[subpath->first];
    subpath->is_square = 0;
    if (size < 4 || size > 5) return;
    for (size_t at = 0; at < size; at++) {
        if (first[at].kind == (int)rules.CURVE) return;
    }
    Point p0 = first[0].point, p1 = first[1].point, p2 = first[2].point, p3 = first[3].point;
    Point p4 = size == 5 ? first[4].point : p0;
    if (!near_each_other(p4.x, p0.x) || !near_each_other(p4.y, p0.y)) return;
    int across = near_each_other(p1.y, p0.y) && near_each_other(p2.x, p1.x) && near_each_other(p3.y, p2.y) &&
                 near_each_other(p0.x, p3.x);
    int upwards = near_each_other(p1.x, p0.x) && near_each_other(p2.y, p1.y) && near_each_other(p3.x, p2.x) &&
                  near_each_other(p0.y, p3.y);
    subpath->is_square = across || upwards;
    subpath->corners[0] = p0.x, subpath->corners[1] = p0.y, subpath->corners[2] = p2.x, subpath->corners[3] = p2.y;
}

static int are_nested(const double one[4], const double other[4]) {
    int inside = 1, around = 1;
    for (int side = 0; side < 2; side++) {
        double low = lesser(one[side], one[side + 2]), high = greater(one[side], one[side + 2]);
        double inner_low = lesser(other[side], other[side + 2]), inner_high = greater(other[side], other[side + 2]);
        inside = inside && inner_low >= low && inner_high <= high;
        around = around && inner_low <= low && inner_high >= high;
    }
    return inside || around;
}

/* The subpaths, and the rectangles among them; a rectangle and the next one that lie in one another are a frame. */
static size_t find_subpaths(const Segment *segments, int size, int coloured, Subpath *subpaths) {
    size_t count = 0;
    for (size_t at = 0; at < (size_t)size; at++) {
        if (at == 0 || segments[at].kind == (int)rules.MOVE) {
            subpaths[count++] = (Subpath){.first = at};
        }
        subpaths[count - 1].end = at + 1;
    }
    for (size_t at = 0; coloured && at < count; at++) find_square(segments, &subpaths[at]);
    for (size_t at = 1; at < count; at++) {
        Subpath *one = &subpaths[at - 1], *other = &subpaths[at];
        if (one->is_square && other->is_square && are_nested(one->corners, other->corners)) {
            one->is_nested = other->is_nested = 1;
        }
    }
    return count;
}

/* The line that a thin rectangle is. */
static void add_middle(Traced *traced, const double corners[4]) {
    double x0 = corners[0], y0 = corners[1], x1 = corners[2], y1 = corners[3];
    if (fabs(y1 - y0) <= fabs(x1 - x0)) {
        add(traced->lines, &traced->line_count, x0, (y0 + y1) / 2, x1, (y0 + y1) / 2);
    } else {
        add(traced->lines, &traced->line_count, (x0 + x1) / 2, y0, (x0 + x1) / 2, y1);
    }
}

static void trace_subpath(Traced *traced, const Segment *segments, const Subpath *subpath, int stroked) {
    int is_filled = subpath->is_square && !subpath->is_nested;
    const double *corners = subpath->corners;
    if (stroked || !is_filled) {
        Point first = segments[subpath->first].point, last = segments[subpath->end - 1].point;
        for (size_t at = subpath->first + 1; at < subpath->end; at++) {
            Point from = segments[at - 1].point, to = segments[at].point;
            if (segments[at].kind == (int)rules.LINE) {
                add(traced->lines, &traced->line_count, from.x, from.y, to.x, to.y);
            }
        }
        if (pdfium.FPDFPathSegment_GetClose(segments[subpath->end - 1].handle)) {
            add(traced->lines, &traced->line_count, last.x, last.y, first.x, first.y);
        }
    }
    if (!is_filled) return;
    if (fabs(corners[0] - corners[2]) >= rules.THIN && fabs(corners[1] - corners[3]) >= rules.THIN) {
        add(traced->areas, &traced->area_count, corners[0], corners[1], corners[2], corners[3]);
    } else if (!stroked) {
        add_middle(traced, corners);
    }
}

int trace_path(Traced *traced, void *path, int size, int stroked, int coloured) {
    Subpath *subpaths = traced->scratch;
    Segment *segments = (Segment *)(subpaths + size + 1);
    if (!read_segments(segments, path, size)) return 0;
    size_t count = find_subpaths(segments, size, coloured, subpaths);
    for (size_t at = 0; at < count; at++) trace_subpath(traced, segments, &subpaths[at], stroked);
    return 1;
}
