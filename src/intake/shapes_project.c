#include "shapes.h"

#include <math.h>

/* Mean radius of the earth in metres (IUGG). For maps of a page the sphere is exact enough: the
 * ellipsoid would move a point by less than a third of a percent. */
static const double RADIUS = 6371008.8;

typedef struct {
    double n, c, rho0, lambda0;
} Albers;

static double radians(double degrees)
{
    return degrees * G_PI / 180;
}

/* Standard parallels that lie the same way north and south of the equator leave no cone: then the
 * lower one alone gives a cylinder, which is equal-area too. */
static void place_on_cylinder(GeoPoint *p, guint n, double parallel, double lambda0)
{
    for (guint i = 0; i < n; i++) {
        double x = RADIUS * (radians(p[i].x) - lambda0) * cos(parallel);
        double y = RADIUS * sin(radians(p[i].y)) / cos(parallel);
        p[i] = (GeoPoint){x, -y};
    }
}

void project_albers(GeoPoint *p, guint n)
{
    GeoPoint low = {INFINITY, INFINITY}, high = {-INFINITY, -INFINITY};
    for (guint i = 0; i < n; i++) {
        low = (GeoPoint){MIN(low.x, p[i].x), MIN(low.y, p[i].y)};
        high = (GeoPoint){MAX(high.x, p[i].x), MAX(high.y, p[i].y)};
    }
    double south = radians(low.y + (high.y - low.y) / 6);
    double north = radians(high.y - (high.y - low.y) / 6);
    double middle = radians((low.y + high.y) / 2), lambda0 = radians((low.x + high.x) / 2);
    Albers a = {.n = (sin(south) + sin(north)) / 2, .lambda0 = lambda0};
    if (fabs(a.n) < 1e-3) {
        place_on_cylinder(p, n, MIN(fabs(south), radians(80)), lambda0);
        return;
    }
    a.c = cos(south) * cos(south) + 2 * a.n * sin(south);
    a.rho0 = sqrt(MAX(a.c - 2 * a.n * sin(middle), 0)) / a.n;
    for (guint i = 0; i < n; i++) {
        double rho = sqrt(MAX(a.c - 2 * a.n * sin(radians(p[i].y)), 0)) / a.n;
        double theta = a.n * (radians(p[i].x) - a.lambda0);
        double x = RADIUS * rho * sin(theta), y = RADIUS * (a.rho0 - rho * cos(theta));
        p[i] = (GeoPoint){x, -y};
    }
}
