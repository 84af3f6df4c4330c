#include "calc_methods.h"

#include "peerline/stats/life.h"
#include "calc_put.h"

static int band_of(double startage)
{
    for (int i = 0; i < LIFE_BANDS; i++) {
        if (life_startage[i] == startage)
            return i;
    }
    return -1;
}

/* A group that is not exactly the 20 bands, each once, has no life table: its rows stay empty. */
void calc_life(Calc *c, const CalcGroup *g, guint record)
{
    (void)record;
    double pop[LIFE_BANDS], deaths[LIFE_BANDS];
    gboolean seen[LIFE_BANDS] = {FALSE};
    Estimate out[LIFE_BANDS];
    if (g->n != LIFE_BANDS)
        return;
    for (guint i = 0; i < g->n; i++) {
        guint row = g->rows[i];
        int band = band_of(c->in[0][row]);
        if (band < 0 || seen[band])
            return;
        seen[band] = TRUE;
        pop[band] = c->in[1][row];
        deaths[band] = c->in[2][row];
    }
    life_table(pop, deaths, out);
    for (guint i = 0; i < g->n; i++)
        calc_put_estimate(c, g->rows[i], 0, out[band_of(c->in[0][g->rows[i]])]);
}
