/* make_files DIR [MB [ROWS]]: writes invented files for `make bench-intake`, the same on every run:
 *   fingertips.csv  about so many million bytes (200) in the layout of a Fingertips download
 *   areas.csv       the register of its areas
 *   study.yaml      a study of eight of its indicators
 *   book.xlsx       ROWS (100,000) of the same rows as a workbook, texts shared
 * Nothing of it is about any place. */
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum { AREAS = 462, PARENTS = 9, YEARS = 13, SEXES = 3, COLUMNS = 26, TEXT = 160 };

static const char *const HEADER[COLUMNS] = {"Indicator ID",
                                            "Indicator Name",
                                            "Parent Code",
                                            "Parent Name",
                                            "Area Code",
                                            "Area Name",
                                            "Area Type",
                                            "Sex",
                                            "Age",
                                            "Category Type",
                                            "Category",
                                            "Time period",
                                            "Value",
                                            "Lower CI 95.0 limit",
                                            "Upper CI 95.0 limit",
                                            "Lower CI 99.8 limit",
                                            "Upper CI 99.8 limit",
                                            "Count",
                                            "Denominator",
                                            "Value note",
                                            "Recent Trend",
                                            "Compared to England value or percentiles",
                                            "Compared to Region value or percentiles",
                                            "Time period Sortable",
                                            "New data",
                                            "Compared to goal"};

static const char *const SEX[SEXES] = {"Persons", "Male", "Female"};

/* Park and Miller 1988, exact in 64 bits. */
static double uniform(uint64_t *seed)
{
    *seed = *seed * 16807 % 2147483647;
    return (double)*seed / 2147483647;
}

typedef struct {
    char cell[COLUMNS][TEXT];
} Row;

static void put(Row *r, int column, const char *text)
{
    snprintf(r->cell[column], TEXT, "%s", text);
}

/* As published: computed values have all digits of a double, others a decimal place. */
static void put_number(Row *r, int column, double x, int computed)
{
    snprintf(r->cell[column], TEXT, computed ? "%.13g" : "%.1f", x);
}

static void put_place(Row *r, int area)
{
    if (area == 0) {
        put(r, 4, "E92000001");
        put(r, 5, "England");
        put(r, 6, "England");
    } else if (area <= PARENTS) {
        snprintf(r->cell[4], TEXT, "E120000%02d", area);
        snprintf(r->cell[5], TEXT, "Invented region %d", area);
        put(r, 6, "Region");
    } else {
        snprintf(r->cell[2], TEXT, "E120000%02d", area % PARENTS + 1);
        snprintf(r->cell[3], TEXT, "Invented region %d", area % PARENTS + 1);
        snprintf(r->cell[4], TEXT, "E06%06d", area);
        snprintf(r->cell[5], TEXT, "Invented town %d and its surroundings", area);
        put(r, 6, area % 3 ? "Districts & UAs (from Apr 2023)" : "Counties & UAs (from Apr 2023)");
    }
}

static void put_figures(Row *r, int indicator, uint64_t *seed)
{
    static const char *const JUDGED[] = {"Similar", "Better 95%", "Worse 95%"};
    const int computed = indicator % 2;
    const double denominator = floor(2000 + 90000 * uniform(seed));
    const double count = floor(denominator * (0.01 + 0.05 * uniform(seed)));
    const double value = count / denominator * 100000,
                 half = 1.96 * sqrt(count) / denominator * 1e5;
    if (uniform(seed) < 0.02) {
        put(r, 19, "Value suppressed for disclosure control due to small count");
    } else {
        put_number(r, 12, value, computed);
        put_number(r, 13, value - half, computed);
        put_number(r, 14, value + half, computed);
        put_number(r, 15, value - 1.58 * half, computed);
        put_number(r, 16, value + 1.58 * half, computed);
        snprintf(r->cell[17], TEXT, "%.0f", count);
    }
    snprintf(r->cell[18], TEXT, "%.0f", denominator);
    if (uniform(seed) < 0.03)
        put(r, 19, "Aggregated from all known lower geography values \xE2\x80\x93 see notes");
    put(r, 20, "Cannot be calculated");
    put(r, 21, JUDGED[(int)(3 * uniform(seed))]);
    put(r, 22, JUDGED[(int)(3 * uniform(seed))]);
}

/* The n-th row of all; they are sorted as in a download: by indicator, year, area, sex. */
static void make_row(Row *r, long n, uint64_t *seed)
{
    memset(r, 0, sizeof *r);
    const int sex = (int)(n % SEXES), area = (int)(n / SEXES % AREAS);
    const int year = (int)(n / SEXES / AREAS % YEARS), indicator = (int)(n / SEXES / AREAS / YEARS);
    snprintf(r->cell[0], TEXT, "%d", 90000 + indicator);
    snprintf(r->cell[1], TEXT,
             "Emergency admissions for condition %d in people of the ages named, directly "
             "standardised rate, per 100,000",
             indicator);
    put_place(r, area);
    put(r, 7, SEX[sex]);
    put(r, 8, indicator % 3 ? "65+ yrs" : "All ages");
    snprintf(r->cell[11], TEXT, "%d/%02d", 2010 + year, (11 + year) % 100);
    put_figures(r, indicator, seed);
    snprintf(r->cell[23], TEXT, "%d0000", 2010 + year);
}

static FILE *open_in(const char *dir, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "wb");
    if (!f) {
        fprintf(stderr, "make_files: %s: %s\n", path, strerror(errno));
        exit(1);
    }
    return f;
}

static long write_row(FILE *f, const char *const *cell)
{
    long bytes = 0;
    for (int c = 0; c < COLUMNS; c++)
        bytes += fprintf(f, strchr(cell[c], ',') ? "%s\"%s\"" : "%s%s", c ? "," : "", cell[c]);
    return bytes + fprintf(f, "\n");
}

static void write_csv(const char *dir, double bytes)
{
    FILE *f = open_in(dir, "fingertips.csv");
    uint64_t seed = 20161;
    Row r;
    const char *cell[COLUMNS];
    double written = (double)write_row(f, HEADER);
    for (int c = 0; c < COLUMNS; c++)
        cell[c] = r.cell[c];
    for (long n = 0; written < bytes; n++) {
        make_row(&r, n, &seed);
        written += (double)write_row(f, cell);
    }
    fclose(f);
}

static void write_book(const char *dir, long rows)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/book.xlsx", dir);
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Open data");
    for (int c = 0; c < COLUMNS; c++)
        worksheet_write_string(sheet, 0, (lxw_col_t)c, HEADER[c], NULL);
    uint64_t seed = 20161;
    Row r;
    for (long n = 0; n < rows; n++) {
        make_row(&r, n, &seed);
        for (int c = 0; c < COLUMNS; c++) {
            char *end;
            const double x = strtod(r.cell[c], &end);
            if (r.cell[c][0] && !*end)
                worksheet_write_number(sheet, (lxw_row_t)(n + 1), (lxw_col_t)c, x, NULL);
            else if (r.cell[c][0])
                worksheet_write_string(sheet, (lxw_row_t)(n + 1), (lxw_col_t)c, r.cell[c], NULL);
        }
    }
    if (workbook_close(book) != LXW_NO_ERROR) {
        fprintf(stderr, "make_files: %s cannot be written\n", path);
        exit(1);
    }
}

static void write_register(const char *dir)
{
    FILE *f = open_in(dir, "areas.csv");
    fprintf(f, "code,name,region\n");
    for (int area = PARENTS + 1; area < AREAS; area++)
        if (area % 3 == 0)
            fprintf(f, "E06%06d,Invented town %d and its surroundings,Invented region %d\n", area,
                    area, area % PARENTS + 1);
    fclose(f);
}

static void write_study(const char *dir)
{
    FILE *f = open_in(dir, "study.yaml");
    fprintf(f, "id: bench-intake\ntitle: A study of a large file\npublisher: tests/bench\n"
               "edition: 2024-10-24\nnotice: All data in this report are invented.\n"
               "areas:\n  source: areas\n  code: code\n  name: name\n  nation: England\n"
               "  classes: [{id: region, title: region, column: region}]\n"
               "sources:\n"
               "  - {id: areas, title: Areas, publisher: tests/bench, path: areas.csv,\n"
               "     shape: wide_by_measure, area: {column: code}, period: {constant: 2019-20}}\n"
               "  - id: fingertips\n    title: Fingertips\n    publisher: tests/bench\n"
               "    path: fingertips.csv\n    shape: long\n"
               "    area: {column: Area Code, national: E92000001}\n"
               "    period: {column: Time period}\n"
               "    rows:\n      - {column: Sex, match: Persons}\n"
               "      - {column: Area Type, match: 'England|Counties.*'}\n"
               "peers:\n  - {id: region, title: same region, method: class, class: region}\n"
               "indicators:\n");
    for (int i = 1; i < 16; i += 2)
        fprintf(f,
                "  - id: x%d\n    title: Condition %d\n    measure: published\n    unit: rate\n"
                "    uncertainty: published\n    polarity: low\n    role: outcome\n"
                "    domain: Bench\n    why: It is here to be read.\n"
                "    value: {source: fingertips, columns: Value,\n"
                "            rows: [{column: Indicator ID, match: %d}]}\n"
                "    lower95: {columns: 'Lower CI 95\\.0 limit'}\n"
                "    upper95: {columns: 'Upper CI 95\\.0 limit'}\n",
                i, i, 90000 + i);
    fclose(f);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: make_files DIR [MB [ROWS]]\n");
        return 2;
    }
    write_csv(argv[1], (argc > 2 ? atof(argv[2]) : 200) * 1e6);
    write_book(argv[1], argc > 3 ? atol(argv[3]) : 100000);
    write_register(argv[1]);
    write_study(argv[1]);
    return 0;
}
