#include "demo.h"

#include <stdio.h>
#include <stdlib.h>

/* The outlines of the areas. Each begins as a hexagon of a honeycomb; corners are drawn towards
 * cities, so that those become small and counties large, and borders are broken again and again by a
 * little, coasts by more. What moves a corner or breaks a border follows from its place alone: the
 * two areas that share it get the same line. */

/* Column and row of each area; odd rows lie half a column further east. */
static const struct {
    int q, r;
} CELLS[N_AREAS] = {
    {4, 9}, {5, 9}, {6, 9}, {3, 8}, {4, 8}, {5, 8}, {6, 8}, {3, 7}, {4, 7}, {5, 7},
    {6, 7}, {7, 7}, {6, 6}, {7, 6}, {8, 6}, {6, 5}, {7, 5}, {8, 5}, {6, 4}, {7, 4},
    {8, 4}, {6, 3}, {7, 3}, {8, 3}, {3, 6}, {4, 6}, {5, 6}, {3, 5}, {4, 5}, {5, 5},
    {3, 4}, {4, 4}, {5, 4}, {3, 3}, {4, 3}, {5, 3}, {3, 2}, {4, 2}, {5, 2}, {2, 1},
    {3, 1}, {4, 1}, {5, 1}, {6, 1}, {3, 0}, {4, 0}, {5, 0}, {6, 0}, {0, 6}, {1, 6},
    {2, 6}, {0, 5}, {1, 5}, {2, 5}, {0, 4}, {1, 4}, {2, 4}, {0, 3}, {-2, 3}, {2, 3},
};

enum { NO_AREA = -1, CORNERS = 6, BREAKS = 3, POINTS = 1 << BREAKS };

/* In honeycomb units: half a column east, half a side of a hexagon north. */
typedef struct {
    int x, y;
} Corner;

/* In columns. */
typedef struct {
    double x, y;
} Spot;

static const double SIDE = 0.57735026918962576; /* of a hexagon that is one column wide */

static int area_in(int q, int r)
{
    for (int i = 0; i < N_AREAS; i++)
        if (CELLS[i].q == q && CELLS[i].r == r)
            return i;
    return NO_AREA;
}

/* The area whose hexagon has its centre there. */
static int area_at(Corner centre)
{
    if (centre.y % 3 != 0)
        return NO_AREA;
    const int r = centre.y / 3, odd = abs(r) % 2;
    return (centre.x - odd) % 2 ? NO_AREA : area_in((centre.x - odd) / 2, r);
}

static Corner centre_of(int area)
{
    const int r = CELLS[area].r;
    return (Corner){2 * CELLS[area].q + abs(r) % 2, 3 * r};
}

static Spot spot_of(Corner c)
{
    return (Spot){0.5 * c.x, 0.5 * SIDE * c.y};
}

/* From -1 to 1, by the integers alone (the finaliser of MurmurHash3). */
static double chance(int a, int b, int c)
{
    unsigned long long h = 0x9E3779B97F4A7C15ull;
    const int all[] = {a, b, c};
    for (int i = 0; i < 3; i++) {
        h ^= (unsigned long long)(unsigned)(all[i] + 100000);
        h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCDull;
        h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53ull;
        h ^= h >> 33;
    }
    return (double)(h >> 11) / (double)(1ull << 52) - 1;
}

/* Counter-clockwise from the north-east, as GeoJSON wants it. */
static Corner corner_of(int area, int k)
{
    static const Corner AROUND[CORNERS] = {{1, 1}, {0, 2}, {-1, 1}, {-1, -1}, {0, -2}, {1, -1}};
    const Corner c = centre_of(area);
    return (Corner){c.x + AROUND[k].x, c.y + AROUND[k].y};
}

/* The centres round a corner are those one side away: three of these six. */
static Spot place_corner(Corner c)
{
    static const Corner AROUND[CORNERS] = {{0, 2}, {0, -2}, {1, 1}, {-1, 1}, {1, -1}, {-1, -1}};
    static const double PULL[N_TYPES] = {2.6, 1.3, 0.8};
    Spot sum = {0, 0};
    double weight = 0;
    for (int k = 0; k < CORNERS; k++) {
        const Corner centre = {c.x + AROUND[k].x, c.y + AROUND[k].y};
        if (centre.y % 3 != 0 || (centre.x - abs(centre.y / 3) % 2) % 2 != 0)
            continue;
        const int area = area_at(centre);
        const double pull = area == NO_AREA ? 1 : PULL[PLACES[area].type];
        const Spot s = spot_of(centre);
        sum.x += pull * s.x;
        sum.y += pull * s.y;
        weight += pull;
    }
    return (Spot){sum.x / weight + 0.09 * chance(c.x, c.y, 1),
                  sum.y / weight + 0.09 * chance(c.x, c.y, 2)};
}

static int comes_first(Corner a, Corner b)
{
    return a.x < b.x || (a.x == b.x && a.y < b.y);
}

/* The line from one corner to the next, without the last point. */
static void put_border(FILE *f, Corner from, Corner to, int coast)
{
    Spot line[POINTS + 1];
    const int turned = comes_first(to, from);
    const Corner a = turned ? to : from, b = turned ? from : to;
    line[0] = place_corner(a);
    line[POINTS] = place_corner(b);
    for (int step = POINTS; step > 1; step /= 2)
        for (int i = 0; i < POINTS; i += step) {
            const Spot p = line[i], q = line[i + step];
            const double off = (coast ? 0.24 : 0.15) * chance(a.x * 64 + b.x, a.y * 64 + b.y, i + step);
            line[i + step / 2] = (Spot){(p.x + q.x) / 2 - off * (q.y - p.y),
                                        (p.y + q.y) / 2 + off * (q.x - p.x)};
        }
    for (int i = 0; i < POINTS; i++) {
        const Spot s = line[turned ? POINTS - i : i];
        fprintf(f, "[%.4f,%.4f],", -36 + 0.42 * s.x, 48 + 0.28 * s.y);
    }
}

static void put_outline(FILE *f, int area)
{
    const Corner centre = centre_of(area);
    for (int k = 0; k < CORNERS; k++) {
        const Corner from = corner_of(area, k), to = corner_of(area, (k + 1) % CORNERS);
        const Corner beyond = {from.x + to.x - centre.x, from.y + to.y - centre.y};
        put_border(f, from, to, area_at(beyond) == NO_AREA);
    }
    const Spot first = place_corner(corner_of(area, 0));
    fprintf(f, "[%.4f,%.4f]", -36 + 0.42 * first.x, 48 + 0.28 * first.y);
}

void ground_write(FILE *f)
{
    fputs("{\"type\": \"FeatureCollection\", \"features\": [\n", f);
    for (int i = 0; i < N_AREAS; i++) {
        fprintf(f,
                "{\"type\": \"Feature\", \"properties\": {\"area_code\": \"X01%06d\", "
                "\"area_name\": \"%s\"}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[",
                i + 1, PLACES[i].name);
        put_outline(f, i);
        fprintf(f, "]]}}%s\n", i + 1 < N_AREAS ? "," : "");
    }
    fputs("]}\n", f);
}
