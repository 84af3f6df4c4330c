#include "select.h"

#include <math.h>

/* Puts the element of rank `want` into its place, none greater before it, none smaller after
 * (Hoare 1961). Signed indices, because the right end may pass below 0. */
static void place(double *v, ptrdiff_t n, ptrdiff_t want)
{
    ptrdiff_t low = 0, high = n - 1;
    while (low < high) {
        double pivot = v[want];
        ptrdiff_t i = low, j = high;
        do {
            while (v[i] < pivot)
                i++;
            while (v[j] > pivot)
                j--;
            if (i <= j) {
                double t = v[i];
                v[i++] = v[j];
                v[j--] = t;
            }
        } while (i <= j);
        if (j < want)
            low = i;
        if (want < i)
            high = j;
    }
}

double select_quantile(double *v, size_t n, double p)
{
    double h = (double)(n - 1) * p, floor_h = floor(h);
    size_t k = (size_t)floor_h;
    place(v, (ptrdiff_t)n, (ptrdiff_t)k);
    if (k + 1 >= n || h == floor_h)
        return v[k];
    double next = v[k + 1];
    for (size_t i = k + 2; i < n; i++)
        next = v[i] < next ? v[i] : next;
    return v[k] + (h - floor_h) * (next - v[k]);
}
