#ifndef DEMO_H
#define DEMO_H

#include <stdio.h>

/** The invented country behind indicators/demo: 60 areas over 8 financial years. Nothing here comes
 *  from a real place or a real publication. places.c says who there is and what happens to them,
 *  ground.c where they lie, model.c lets need drive spending and both drive outcomes, files.c writes
 *  it down the way publishers do. Everything follows from one seed: the same bytes on every run. */

enum { N_AREAS = 60, N_YEARS = 8, FIRST_YEAR = 2016, N_MONTHS = 12 };

typedef enum { CITY, TOWN, COUNTY, N_TYPES } Type;

typedef struct {
    const char *name;
    const char *region;
    Type type;
} Place;

extern const Place PLACES[N_AREAS];
extern const char *const TYPE_NAMES[N_TYPES];
/** Index of a place by name; stops the program if there is none. */
int place_named(const char *name);

/** What an effect or a gap is about. */
typedef enum {
    FALLS,
    AMBULATORY,
    DELAYED,
    READMITTED,
    REABLEMENT,
    QUALITY,
    CONTACT,
    SPEND_OLDER,
    CARE_HOMES,
    N_TOPICS,
    EVERYTHING
} Topic;

/** A planted effect: on the log or logit scale (survey: in points), moving in a straight line from
 *  the first year to the last. Equal ends make a lasting outlier, unequal ends a story. */
typedef struct {
    const char *place;
    Topic topic;
    double first, last;
} Effect;

extern const Effect EFFECTS[];
extern const int N_EFFECTS;

/** Figures that were not published, with the shorthand in their place. Years are those in which a
 *  financial year begins. A NULL place is every place. */
typedef struct {
    const char *place;
    Topic topic;
    int from, to;
    const char *marker;
} Gap;

/** The marker for a figure that is not there, or NULL. */
const char *gap_marker(int area, int year, Topic topic);

typedef enum { AGE_0_17, AGE_18_64, AGE_65_84, AGE_85_UP, N_AGES } Age;
typedef enum { ADULTS_18_64, CARE_HOME_65, HOME_CARE_65, DIRECT_65, SHORT_TERM_65, N_SPEND } Spend;

/** A survey estimate with 95 % limits. */
typedef struct {
    double value, lower, upper;
} Estimate;

/** One area in one year, as the publishers would count it. */
typedef struct {
    long people[N_AGES];
    long low_income;      /**< people of 65 and over */
    long spend[N_SPEND];  /**< thousand pounds */
    long falls, ambulatory;
    long delayed[N_MONTHS];
    long discharges, readmitted;
    long reablement, at_home;
    Estimate quality;     /**< 0 to 24 */
    Estimate contact;     /**< per cent */
} AreaYear;

typedef struct {
    double deprivation; /**< published score */
    double density;     /**< people per square kilometre */
} AreaFacts;

typedef struct {
    AreaFacts facts[N_AREAS];
    AreaYear years[N_AREAS][N_YEARS];
    Estimate quality[N_YEARS], contact[N_YEARS]; /**< the survey's national row */
} World;

void world_make(World *w, unsigned long long seed);
/** The outlines of the areas as GeoJSON, somewhere in the Atlantic (ground.c). */
void ground_write(FILE *f);
/** Writes every file into the directory. */
void world_write(const World *w, const char *directory);

#endif
