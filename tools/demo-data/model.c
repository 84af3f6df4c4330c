#include "demo.h"

#include <math.h>

/** What makes an area what it is, in standard deviations unless said otherwise. */
typedef struct {
    double deprivation, ageing, size;
    double discretion;          /**< spends more than its need suggests */
    double habit[N_TOPICS];     /**< lasting ways of its own, on the scale of the topic's effect */
    double respondents;         /**< of the survey */
} Character;

/** What all areas share in a year: prices, and the epidemic of 2020-21. */
static const double PRICES[N_YEARS] = {1, 1.02, 1.045, 1.08, 1.15, 1.19, 1.27, 1.38};
static const double FALLS_YEAR[N_YEARS] = {1, 1.01, 1.00, 1.02, 0.88, 0.96, 0.98, 0.99};
static const double AMBULATORY_YEAR[N_YEARS] = {1, 1.02, 1.03, 1.04, 0.74, 0.86, 0.93, 0.96};
static const double DELAYED_YEAR[N_YEARS] = {1, 0.87, 0.79, 0.80, 0.46, 0.70, 0.94, 0.95};
static const double DISCHARGED_YEAR[N_YEARS] = {1, 1.01, 1.02, 1.02, 0.80, 0.93, 0.97, 1.00};
static const double SEASON[N_MONTHS] = {1.00, 0.96, 0.95, 0.94, 0.95, 0.95,
                                        0.99, 1.01, 1.02, 1.10, 1.08, 1.05};
/** Standard deviations of the habits. */
static const double HABIT_SD[N_TOPICS] = {
    [FALLS] = 0.065,     [AMBULATORY] = 0.08, [DELAYED] = 0.30,
    [READMITTED] = 0.07, [REABLEMENT] = 0.16, [QUALITY] = 0.22,
    [CONTACT] = 3.0,     [SPEND_OLDER] = 0.06, [CARE_HOMES] = 0.17,
};

/* ---- chance: SplitMix64 (Steele, Lea and Flood 2014) ------------------------------------------ */

static unsigned long long state;

static double uniform(void)
{
    unsigned long long z = (state += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(double mean, double sd)
{
    const double radius = sqrt(-2 * log(uniform()));
    return mean + sd * radius * cos(6.283185307179586 * uniform());
}

/** Events of which `mean` are expected: Poisson, by its normal shape where that is close enough. */
static long events(double mean)
{
    if (mean > 60)
        return lround(fmax(0, normal(mean, sqrt(mean))));
    long n = 0;
    for (double product = uniform(), limit = exp(-mean); product > limit; product *= uniform())
        n++;
    return n;
}

/** How many of n, each with probability p. */
static long some_of(long n, double p)
{
    const double variance = (double)n * p * (1 - p);
    if (variance > 60)
        return lround(fmin(fmax(0, normal((double)n * p, sqrt(variance))), (double)n));
    long hits = 0;
    for (long i = 0; i < n; i++)
        hits += uniform() < p;
    return hits;
}

static double inverse_logit(double x)
{
    return 1 / (1 + exp(-x));
}

/* ---- areas ------------------------------------------------------------------------------------ */

static Character character_of(const Place *place)
{
    static const double deprivation[N_TYPES] = {0.7, 0.2, -0.7};
    static const double ageing[N_TYPES] = {-1.0, 0.3, 0.7};
    static const double size[N_TYPES] = {420000, 175000, 560000};
    Character c = {
        .deprivation = normal(deprivation[place->type], 0.8),
        .ageing = normal(ageing[place->type], 0.7),
        .size = size[place->type] * exp(normal(0, 0.38)),
        .discretion = normal(0, 1),
        .respondents = round(normal(420, 60)),
    };
    for (int t = 0; t < N_TOPICS; t++)
        c.habit[t] = normal(0, HABIT_SD[t]);
    if (place == &PLACES[place_named("Isle of Skerrow")]) {
        c.size = 2600;
        c.respondents = 48;
    }
    return c;
}

static AreaFacts facts_of(const Place *place, const Character *c)
{
    static const double density[N_TYPES] = {2900, 900, 210};
    return (AreaFacts){.deprivation = fmax(4, 21 + 6.5 * c->deprivation),
                       .density = density[place->type] * exp(normal(0, 0.4))};
}

/** The area's lasting habit with this year's wobble; what was planted takes the habit's place. */
static double habit(const Character *c, int area, int year, Topic topic)
{
    double lasting = c->habit[topic];
    for (int i = 0; i < N_EFFECTS; i++)
        if (EFFECTS[i].topic == topic && place_named(EFFECTS[i].place) == area)
            lasting = EFFECTS[i].first +
                      (EFFECTS[i].last - EFFECTS[i].first) * year / (N_YEARS - 1.0);
    return lasting + normal(0, 0.25 * HABIT_SD[topic]);
}

/* ---- one area in one year --------------------------------------------------------------------- */

static void make_people(AreaYear *a, const Character *c, int year)
{
    const double all = c->size * pow(1.005, year);
    const double older = (0.185 + 0.033 * c->ageing) * pow(1.012, year);
    const double young = 0.215 - 0.012 * c->ageing;
    const double oldest = 0.128 + 0.008 * c->ageing;
    a->people[AGE_0_17] = lround(all * young);
    a->people[AGE_65_84] = lround(all * older * (1 - oldest));
    a->people[AGE_85_UP] = lround(all * older * oldest);
    a->people[AGE_18_64] = lround(all * (1 - young - older));
    a->low_income = lround(all * older * inverse_logit(-1.9 + 0.36 * c->deprivation - 0.01 * year));
}

static double older_people(const AreaYear *a)
{
    return (double)(a->people[AGE_65_84] + a->people[AGE_85_UP]);
}

/** Spending follows need, with discretion in how much and on what. Returns the share of long-term
 *  support for older people that is given at home. */
static double make_spend(AreaYear *a, const Character *c, int area, int year)
{
    const double younger = 330 * PRICES[year] * exp(0.13 * c->deprivation + 0.05 * c->discretion);
    const double older = 1080 * PRICES[year] *
                         exp(0.15 * c->deprivation + 0.04 * c->ageing + 0.10 * c->discretion +
                             habit(c, area, year, SPEND_OLDER));
    const double in_homes = inverse_logit(0.55 + 0.03 * c->ageing - 0.03 * year +
                                          habit(c, area, year, CARE_HOMES));
    const double long_term = 0.90 * older * older_people(a) / 1000;
    const double direct = 0.22 + 0.03 * sin(area);
    a->spend[ADULTS_18_64] = lround(younger * (double)a->people[AGE_18_64] / 1000);
    a->spend[CARE_HOME_65] = lround(long_term * in_homes);
    a->spend[HOME_CARE_65] = lround(long_term * (1 - in_homes) * (1 - direct));
    a->spend[DIRECT_65] = lround(long_term * (1 - in_homes) * direct);
    a->spend[SHORT_TERM_65] = lround(0.10 * older * older_people(a) / 1000);
    return 1 - in_homes;
}

static void make_hospital(AreaYear *a, const Character *c, int area, int year, double at_home)
{
    double all = 0;
    for (int i = 0; i < N_AGES; i++)
        all += (double)a->people[i];
    const double older = older_people(a);
    const double help = at_home - 0.36; /* support at home beyond the usual share */
    a->falls = events(older * 0.0212 * FALLS_YEAR[year] *
                      exp(0.05 * c->deprivation + 0.03 * c->ageing - 0.8 * help +
                          habit(c, area, year, FALLS)));
    a->ambulatory = events(all * 0.0084 * AMBULATORY_YEAR[year] *
                           exp(0.13 * c->deprivation + 0.06 * c->ageing - 0.03 * c->discretion +
                               habit(c, area, year, AMBULATORY)));
    a->discharges = events(older * 0.24 * DISCHARGED_YEAR[year]);
    a->readmitted = some_of(a->discharges,
                            inverse_logit(-1.78 + 0.06 * c->deprivation - 0.05 * c->discretion +
                                          habit(c, area, year, READMITTED)));
    const double days = (all - (double)a->people[AGE_0_17]) * 0.045 * DELAYED_YEAR[year] *
                        exp(0.08 * c->ageing - 1.6 * help + habit(c, area, year, DELAYED));
    for (int m = 0; m < N_MONTHS; m++) /* stays come in runs, so months wobble more than counts do */
        a->delayed[m] = lround(days / N_MONTHS * SEASON[m] * exp(normal(0, 0.13)));
}

static void make_experience(AreaYear *a, const Character *c, int area, int year, double at_home)
{
    const double help = at_home - 0.36;
    a->reablement = events(older_people(a) * 0.0115);
    a->at_home = some_of(a->reablement,
                         inverse_logit(1.55 + 0.10 * c->discretion - 0.05 * c->deprivation +
                                       habit(c, area, year, REABLEMENT)));
    const double n = c->respondents;
    const double score = 18.9 + 1.6 * help - 0.10 * c->deprivation + 0.02 * year -
                         (year >= 4 ? 0.15 : 0) + habit(c, area, year, QUALITY) +
                         normal(0, 2.9 / sqrt(n));
    const double width = 1.96 * 2.9 / sqrt(n);
    a->quality = (Estimate){score, score - width, score + width};
    const double wish = 45 + 16 * help - 1.1 * c->deprivation - (year >= 4 ? 4 : 0) +
                        habit(c, area, year, CONTACT);
    const double share = wish + normal(0, sqrt(wish * (100 - wish) / n));
    const double margin = 1.96 * sqrt(share * (100 - share) / n);
    a->contact = (Estimate){share, share - margin, share + margin};
}

/** The survey's national row: its areas weighted by adults, its limits narrow. */
static Estimate national(const World *w, int year, Topic topic, double half_width)
{
    double sum = 0, weight = 0;
    for (int i = 0; i < N_AREAS; i++) {
        const AreaYear *a = &w->years[i][year];
        const double adults = (double)a->people[AGE_18_64] + older_people(a);
        sum += adults * (topic == QUALITY ? a->quality : a->contact).value;
        weight += adults;
    }
    return (Estimate){sum / weight, sum / weight - half_width, sum / weight + half_width};
}

void world_make(World *w, unsigned long long seed)
{
    state = seed;
    for (int i = 0; i < N_AREAS; i++) {
        const Character c = character_of(&PLACES[i]);
        w->facts[i] = facts_of(&PLACES[i], &c);
        for (int y = 0; y < N_YEARS; y++) {
            AreaYear *a = &w->years[i][y];
            make_people(a, &c, y);
            const double at_home = make_spend(a, &c, i, y);
            make_hospital(a, &c, i, y, at_home);
            make_experience(a, &c, i, y, at_home);
        }
    }
    for (int y = 0; y < N_YEARS; y++) {
        w->quality[y] = national(w, y, QUALITY, 0.05);
        w->contact[y] = national(w, y, CONTACT, 0.7);
    }
}
