#include "demo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Writes the world the way publishers do: every file in another shape. */

enum { PATH_MAX_LENGTH = 4096, SMALLEST_COUNT_SHOWN = 8 };
static const char *const MONTHS[N_MONTHS] = {"April",   "May",      "June",     "July",
                                             "August",  "September", "October", "November",
                                             "December", "January", "February", "March"};

static FILE *open_in(const char *directory, const char *name)
{
    char path[PATH_MAX_LENGTH];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *f = fopen(path, "wb");
    if (!f) {
        perror(path);
        exit(1);
    }
    return f;
}

static void close_file(FILE *f)
{
    if (ferror(f) | (fclose(f) != 0)) {
        perror("demo-data: writing failed");
        exit(1);
    }
}

static const char *code_of(int area)
{
    static char code[12];
    snprintf(code, sizeof code, "X01%06d", area + 1);
    return code;
}

/** ",123", or ",[c]" for a few people, or the marker of a gap. */
static void put_count(FILE *f, long count, int area, int year, Topic topic)
{
    const char *gap = gap_marker(area, FIRST_YEAR + year, topic);
    if (gap)
        fprintf(f, ",%s", gap);
    else if (count > 0 && count < SMALLEST_COUNT_SHOWN)
        fputs(",[c]", f);
    else
        fprintf(f, ",%ld", count);
}

static void put_label(FILE *f, int year, char between)
{
    fprintf(f, "%d%c%02d", FIRST_YEAR + year, between, (FIRST_YEAR + year + 1) % 100);
}

/* ---- the register and what hardly changes ----------------------------------------------------- */

/** Finance teams number the areas in an order of their own. */
static int finance_number(int area)
{
    return 101 + area * 37 % N_AREAS;
}

static void write_areas(const World *w, const char *directory)
{
    FILE *f = open_in(directory, "areas.csv");
    fputs("area_code,area_name,region,area_type,finance_code,deprivation_score,people_per_sq_km\n", f);
    for (int i = 0; i < N_AREAS; i++)
        fprintf(f, "%s,%s,%s,%s,F%d,%.1f,%.0f\n", code_of(i), PLACES[i].name, PLACES[i].region,
                TYPE_NAMES[PLACES[i].type], finance_number(i), w->facts[i].deprivation,
                w->facts[i].density);
    close_file(f);
}

/** Long: a row per area, year and age band; the nation at the end. */
static void write_population(const World *w, const char *directory)
{
    static const char *const ages[N_AGES] = {"0 to 17", "18 to 64", "65 to 84", "85 and over"};
    long nation[N_YEARS][N_AGES] = {{0}};
    FILE *f = open_in(directory, "population.csv");
    fputs("area_code,mid_year,age_band,people\n", f);
    for (int i = 0; i < N_AREAS; i++)
        for (int y = 0; y < N_YEARS; y++)
            for (int a = 0; a < N_AGES; a++) {
                const char *gap = gap_marker(i, FIRST_YEAR + y, EVERYTHING);
                fprintf(f, "%s,%d,%s", code_of(i), FIRST_YEAR + y, ages[a]);
                if (gap) {
                    fprintf(f, ",%s\n", gap);
                    continue;
                }
                fprintf(f, ",%ld\n", w->years[i][y].people[a]);
                nation[y][a] += w->years[i][y].people[a];
            }
    for (int y = 0; y < N_YEARS; y++)
        for (int a = 0; a < N_AGES; a++)
            fprintf(f, "X92000001,%d,%s,%ld\n", FIRST_YEAR + y, ages[a], nation[y][a]);
    close_file(f);
}

/** Wide by measure: the older people of an area and how many of them live on a low income. */
static void write_low_income(const World *w, const char *directory)
{
    FILE *f = open_in(directory, "older-people-low-income.csv");
    fputs("area_code,year,people_65_and_over,of_them_on_low_income\n", f);
    for (int i = 0; i < N_AREAS; i++)
        for (int y = 0; y < N_YEARS; y++) {
            const AreaYear *a = &w->years[i][y];
            fprintf(f, "%s,", code_of(i));
            put_label(f, y, '-');
            put_count(f, a->people[AGE_65_84] + a->people[AGE_85_UP], i, y, EVERYTHING);
            put_count(f, a->low_income, i, y, EVERYTHING);
            fputc('\n', f);
        }
    close_file(f);
}

/* ---- money: Windows-1252, preamble, thousands commas, national row, footnotes ----------------- */

/** A name in Windows-1252: the names use no letters beyond Latin-1. */
static void put_latin(FILE *f, const char *utf8)
{
    for (const unsigned char *p = (const unsigned char *)utf8; *p; p++)
        if (*p < 0x80)
            fputc(*p, f);
        else {
            fputc((*p & 0x03) << 6 | (p[1] & 0x3f), f);
            p++;
        }
}

static void put_thousands(FILE *f, long amount)
{
    if (amount < 1000)
        fprintf(f, ",%ld", amount);
    else if (amount < 1000000)
        fprintf(f, ",\"%ld,%03ld\"", amount / 1000, amount % 1000);
    else
        fprintf(f, ",\"%ld,%03ld,%03ld\"", amount / 1000000, amount / 1000 % 1000, amount % 1000);
}

static void write_return(FILE *f, const World *w, int area, int year)
{
    const char *gap = gap_marker(area, FIRST_YEAR + year, SPEND_OLDER);
    fprintf(f, "F%d,", finance_number(area));
    put_latin(f, PLACES[area].name);
    fprintf(f, ",%d", FIRST_YEAR + year + 1);
    for (int s = 0; s < N_SPEND; s++)
        if (gap)
            fprintf(f, ",%s", gap);
        else
            put_thousands(f, w->years[area][year].spend[s]);
    fputs("\r\n", f);
}

static void write_national_return(FILE *f, const World *w, int year)
{
    fprintf(f, "F999,ALDERMARK,%d", FIRST_YEAR + year + 1);
    for (int s = 0; s < N_SPEND; s++) {
        long sum = 0;
        for (int i = 0; i < N_AREAS; i++)
            if (!gap_marker(i, FIRST_YEAR + year, EVERYTHING))
                sum += w->years[i][year].spend[s];
        put_thousands(f, sum);
    }
    fputs("\r\n", f);
}

static void write_finance(const World *w, const char *directory)
{
    static const char *const columns[N_SPEND] = {
        "Adults 18 to 64", "65 and over: care homes", "65 and over: care at home",
        "65 and over: direct payments", "65 and over: short-term support"};
    FILE *f = open_in(directory, "finance-returns.csv");
    fputs("Gross spending on adult social care,,,,,,,\r\n"
          "Invented figures for demonstration. All amounts in \xa3 thousand,,,,,,,\r\n,,,,,,,\r\n"
          "Finance code,Council,Year ended 31 March",
          f);
    for (int s = 0; s < N_SPEND; s++)
        fprintf(f, ",%s (\xa3" "000)", columns[s]);
    fputs("\r\n", f);
    for (int y = 0; y < N_YEARS; y++) {
        for (int i = 0; i < N_AREAS; i++)
            write_return(f, w, i, y);
        write_national_return(f, w, y);
    }
    fputs(",,,,,,,\r\nNotes,,,,,,,\r\n"
          "\"[x] the council made no return; the national row holds an estimate for it\",,,,,,,\r\n"
          "[b] the council did not exist in its present boundaries,,,,,,,\r\n",
          f);
    close_file(f);
}

/* ---- hospital ----------------------------------------------------------------------------------- */

static void write_wide_row(FILE *f, const World *w, Topic topic, int year)
{
    fputs(topic == FALLS ? "Emergency admissions from falls 65 and over,"
                         : "Admissions for ambulatory care sensitive conditions,", f);
    put_label(f, year, '-');
    long sum = 0;
    for (int i = 0; i < N_AREAS; i++) {
        const AreaYear *a = &w->years[i][year];
        const long count = topic == FALLS ? a->falls : a->ambulatory;
        put_count(f, count, i, year, topic);
        if (!gap_marker(i, FIRST_YEAR + year, topic))
            sum += count;
    }
    fprintf(f, ",%ld\n", sum);
}

/** Wide by area: a column per area, the nation last. */
static void write_admissions(const World *w, const char *directory)
{
    FILE *f = open_in(directory, "hospital-admissions.csv");
    fputs("Measure,Year", f);
    for (int i = 0; i < N_AREAS; i++)
        fprintf(f, ",%s - %s", code_of(i), PLACES[i].name);
    fputs(",X92000001 - Aldermark\n", f);
    for (int y = 0; y < N_YEARS; y++) {
        write_wide_row(f, w, FALLS, y);
        write_wide_row(f, w, AMBULATORY, y);
    }
    close_file(f);
}

/** Monthly, months in words; one area under its old code until March 2021; and days of people whose
 *  home is not known, which belong to no area. */
static void write_delayed(const World *w, const char *directory)
{
    const int renamed = place_named("Cider Hills and Marlpit");
    FILE *f = open_in(directory, "delayed-days-monthly.csv");
    fputs("Month,Area code,Delayed days\n", f);
    for (int y = 0; y < N_YEARS; y++)
        for (int m = 0; m < N_MONTHS; m++) {
            const int calendar_year = FIRST_YEAR + y + (m >= 9);
            for (int i = 0; i < N_AREAS; i++) {
                const char *gap = gap_marker(i, FIRST_YEAR + y, DELAYED);
                const char *code = i == renamed && FIRST_YEAR + y <= 2020 ? "X01000091" : code_of(i);
                fprintf(f, "%s %d,%s,", MONTHS[m], calendar_year, code);
                if (gap)
                    fprintf(f, "%s\n", gap);
                else
                    fprintf(f, "%ld\n", w->years[i][y].delayed[m]);
            }
            if (m == 0)
                fprintf(f, "%s %d,X99999999,%d\n", MONTHS[m], calendar_year, 40 + 3 * y);
        }
    close_file(f);
}

/** Wide by measure, two publications in one. */
static void write_after_hospital(const World *w, const char *directory)
{
    FILE *f = open_in(directory, "after-hospital.csv");
    fputs("area_code,year,discharges_65,readmitted_within_30_days,reablement_started,"
          "at_home_after_91_days\n",
          f);
    for (int i = 0; i < N_AREAS; i++)
        for (int y = 0; y < N_YEARS; y++) {
            const AreaYear *a = &w->years[i][y];
            fprintf(f, "%s,", code_of(i));
            put_label(f, y, '-');
            put_count(f, a->discharges, i, y, READMITTED);
            put_count(f, a->readmitted, i, y, READMITTED);
            put_count(f, a->reablement, i, y, REABLEMENT);
            put_count(f, a->at_home, i, y, REABLEMENT);
            fputc('\n', f);
        }
    close_file(f);
}

/* ---- the survey --------------------------------------------------------------------------------- */

static void put_estimate(FILE *f, const char *code, int year, Topic topic, const Estimate *e)
{
    const int decimals = topic == QUALITY ? 2 : 1;
    fprintf(f, "%s,", topic == QUALITY ? "Quality of life score" : "As much social contact as liked");
    put_label(f, year, '/');
    fprintf(f, ",%s,%.*f,%.*f,%.*f\n", code, decimals, e->value, decimals, e->lower, decimals,
            e->upper);
}

/** Long with the measure in a column, the nation first. */
static void write_survey(const World *w, const char *directory)
{
    FILE *f = open_in(directory, "user-survey.csv");
    fputs("question,year,area_code,value,lower_95,upper_95\n", f);
    for (Topic topic = QUALITY; topic <= CONTACT; topic++)
        for (int y = 0; y < N_YEARS; y++) {
            if (!gap_marker(0, FIRST_YEAR + y, topic))
                put_estimate(f, "X92000001", y, topic, topic == QUALITY ? &w->quality[y] : &w->contact[y]);
            for (int i = 0; i < N_AREAS; i++) {
                const AreaYear *a = &w->years[i][y];
                const char *gap = gap_marker(i, FIRST_YEAR + y, topic);
                if (!gap) {
                    put_estimate(f, code_of(i), y, topic, topic == QUALITY ? &a->quality : &a->contact);
                    continue;
                }
                fputs(topic == QUALITY ? "Quality of life score," : "As much social contact as liked,", f);
                put_label(f, y, '/');
                fprintf(f, ",%s,%s,%s,%s\n", code_of(i), gap, gap, gap);
            }
        }
    close_file(f);
}

static void write_ground(const char *directory)
{
    FILE *f = open_in(directory, "boundaries.geojson");
    ground_write(f);
    close_file(f);
}

void world_write(const World *w, const char *directory)
{
    write_areas(w, directory);
    write_population(w, directory);
    write_low_income(w, directory);
    write_finance(w, directory);
    write_admissions(w, directory);
    write_delayed(w, directory);
    write_after_hospital(w, directory);
    write_survey(w, directory);
    write_ground(directory);
}
