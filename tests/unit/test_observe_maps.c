/** Maps and compositions of a study: what is declared, read and refused. */
#include "mini_study.h"

static const char HEXES[] = "{\"layout\": \"odd-r\", \"hexes\": {\n"
                            "\"A\": {\"n\": \"Alder\", \"q\": 0, \"r\": 0},\n"
                            "\"B1\": {\"n\": \"Birch east\", \"q\": 1, \"r\": 0},\n"
                            "\"B2\": {\"n\": \"Birch west\", \"q\": 2, \"r\": 0},\n"
                            "\"X\": {\"n\": \"Elsewhere\", \"q\": 3, \"r\": 0}}}\n";
static const char HEX_SOURCE[] = "  - {id: hexes, title: H, publisher: P, path: hexes.hexjson}\n";

/* `further`: sections after the indicators; `sources`: further sources. */
static void world_open(World *w, void **state, const char *sources, const char *further)
{
    g_free(support_write(*state, "areas.csv",
                         "code,name,region\nA,Alder,North\nB,Birch,South\nC,Cedar,South\n"));
    g_free(support_write(*state, "money.csv",
                         "code,year,people,homes,home,other\nA,2014-15,10,20,30,50\n"
                         "A,2015-16,10,40,70,-10\nB,2015-16,20,100,60,40\nC,2015-16,5,9,9,-\n"));
    g_free(support_write(*state, "hexes.hexjson", HEXES));
    g_autofree char *text = g_strdup_printf(
        "id: t\ntitle: T\npublisher: P\n"
        "areas: {source: areas, code: code, name: name, nation: Land, classes: [{id: region}]}\n"
        "sources:\n"
        "  - {id: areas, title: A, publisher: P, path: areas.csv}\n"
        "  - {id: money, title: M, publisher: P, path: money.csv, area: {column: code},\n"
        "     period: {column: year}, missing: [\"-\"]}\n%s"
        "indicators:\n"
        "  - {id: i, title: I, unit: u, domain: D, polarity: neither, role: spend,\n"
        "     measure: ratio, numerator: {source: money, columns: homes},\n"
        "     denominator: {source: money, columns: people}}\n%s",
        sources, further);
    world_write(w, *state, text);
}

static void assert_fault(void **state, const char *sources, const char *further, const char *rule,
                         const char *words)
{
    World w;
    world_open(&w, state, sources, further);
    guint n, found = 0;
    const Diag *d = diagnostics_sorted(w.diags, &n);
    for (guint i = 0; i < n; i++)
        found += strcmp(d[i].rule, rule) == 0 && strstr(d[i].message, words);
    if (!found)
        diagnostics_print(w.diags, DIAG_NOTE);
    assert_int_equal(found, 1);
    assert_null(w.set);
    world_close(&w);
}

/* ---- maps ---- */

static void hexagons_of_two_codes_are_one_area(void **state)
{
    World w;
    world_open(&w, state, HEX_SOURCE,
               "maps: [{id: h, title: H, source: hexes, recode: {B1: B, B2: B}}]\n");
    assert_non_null(w.set);
    assert_int_equal(w.set->n_maps, 1);
    const Geometry *g = w.set->maps[0];
    assert_int_equal(g->n_areas, 3);
    const int birch = geometry_find(g, "B");
    assert_true(birch >= 0);
    /* beside each other they share a side: 12 corners, 2 of them common, one outline */
    assert_int_equal(g->areas[birch].n_rings, 1);
    assert_int_equal(g->areas[birch].n_points, 10);
    assert_true(geometry_find(g, "C") < 0);
    world_close(&w);
}

static void codes_that_are_not_kept_are_not_drawn(void **state)
{
    World w;
    world_open(&w, state, HEX_SOURCE, "maps: [{id: h, title: H, source: hexes, keep: '[AB].*'}]\n");
    assert_non_null(w.set);
    assert_int_equal(w.set->maps[0]->n_areas, 3);
    assert_true(geometry_find(w.set->maps[0], "X") < 0);
    world_close(&w);
}

static void the_file_of_a_map_is_recorded_like_any_other(void **state)
{
    World w;
    world_open(&w, state, HEX_SOURCE, "maps: [{id: h, title: H, source: hexes}]\n");
    assert_non_null(w.set);
    const SourceUsed *used = &w.set->sources[study_source(w.study, "hexes")];
    assert_string_equal(used->file, "hexes.hexjson");
    assert_int_equal(strlen(used->sha256), 64);
    assert_int_equal(used->rows_read, 4);
    world_close(&w);
}

static void a_map_without_any_area_of_the_register_is_a_fault(void **state)
{
    assert_fault(state, HEX_SOURCE, "maps: [{id: h, title: H, source: hexes, keep: X}]\n",
                 "bad-reference", "map h shows no area of the register: its first code is X");
}

static void a_table_is_no_map(void **state)
{
    assert_fault(state, "", "maps: [{id: h, title: H, source: money}]\n", "bad-reference",
                 "the source of a map is a table: money");
}

static void a_map_is_no_table(void **state)
{
    assert_fault(state, HEX_SOURCE,
                 "lookups: [{id: l, source: hexes, key: a, value: b}]\n"
                 "maps: [{id: h, title: H, source: hexes}]\n",
                 "bad-reference", "a map is read as a table: hexes");
}

static void keys_of_tables_have_no_use_in_a_map(void **state)
{
    assert_fault(state,
                 "  - {id: hexes, title: H, publisher: P, path: hexes.hexjson, header_row: 2}\n",
                 "maps: [{id: h, title: H, source: hexes}]\n", "bad-value",
                 "header_row of a source that is a map");
}

static void shapes_need_the_property_of_the_code(void **state)
{
    assert_fault(state, "  - {id: g, title: G, publisher: P, path: g.geojson}\n",
                 "maps: [{id: m, title: M, source: g}]\n", "missing-key",
                 "missing key in map: code");
}

static void a_file_that_is_no_map_is_told_at_its_source(void **state)
{
    assert_fault(state,
                 "  - {id: hexes, title: H, publisher: P, path: money.csv, format: hexjson}\n",
                 "maps: [{id: h, title: H, source: hexes}]\n", "cannot-read", "money.csv");
}

/* ---- compositions ---- */

#define PARTS                                                                                      \
    "    parts:\n"                                                                                 \
    "      - {title: Homes, amount: {source: money, columns: homes}}\n"                            \
    "      - {title: Home, amount: {source: money, columns: home}}\n"                              \
    "      - {title: Other, amount: {source: money, columns: other}}\n"
#define PER_PERSON "    denominator: {source: money, columns: people}\n"

static void parts_are_those_of_the_latest_period_per_person(void **state)
{
    World w;
    world_open(&w, state, "", "compositions:\n  - id: c\n    title: C\n" PER_PERSON PARTS);
    assert_non_null(w.set);
    const Made *made = &w.set->made[0];
    g_autofree char *label = period_label(made->period);
    assert_string_equal(label, "2015-16");
    assert_true(made->parts[0] == 4 && made->parts[1] == 7 && made->parts[2] == -1);
    assert_true(made->total[0] == 10); /* a negative part takes from the whole */
    assert_true(made->parts[3] == 5 && made->parts[4] == 3 && made->parts[5] == 2);
    world_close(&w);
}

static void an_area_with_a_missing_part_has_no_whole_and_is_in_no_sum(void **state)
{
    World w;
    world_open(&w, state, "", "compositions:\n  - id: c\n    title: C\n" PER_PERSON PARTS);
    assert_non_null(w.set);
    const Made *made = &w.set->made[0];
    assert_true(isnan(made->parts[8]) && isnan(made->total[2]));
    assert_int_equal(made->n_groups, 3);
    assert_string_equal(made->groups[0].name, "Land");
    assert_int_equal(made->groups[0].n, 2);
    assert_true(fabs(made->groups[0].parts[0] - 140.0 / 30) < 1e-12);
    assert_true(fabs(made->groups[0].total - 10) < 1e-12);
    assert_string_equal(made->groups[2].name, "South");
    assert_int_equal(made->groups[2].n, 1);
    assert_true(made->groups[2].total == 10);
    world_close(&w);
}

static void a_period_may_be_chosen(void **state)
{
    World w;
    world_open(&w, state, "",
               "compositions:\n  - id: c\n    title: C\n    period: 2014-15\n" PARTS);
    assert_non_null(w.set);
    assert_true(w.set->made[0].total[0] == 100);
    assert_true(isnan(w.set->made[0].total[1]));
    world_close(&w);
}

static void a_part_names_its_amount_file_and_line(void **state)
{
    World w;
    world_open(&w, state, "", "compositions:\n  - id: c\n    title: C\n" PER_PERSON PARTS);
    assert_non_null(w.set);
    const Made *made = &w.set->made[0];
    const MadeFigure *other = &made->figures[2]; /* Alder's, which is below zero */
    assert_true(other->number == -10 && other->status == STATUS_OK);
    assert_string_equal(observation_place(w.set, other->source), "money.csv");
    assert_int_equal(other->line, 3);
    assert_int_equal(other->rows, 1);
    assert_true(made->denominator[0].number == 10);
    assert_int_equal(made->denominator[0].line, 3);
    world_close(&w);
}

static void shares_are_parts_of_the_total_and_add_up_with_negative_ones(void **state)
{
    World w;
    world_open(&w, state, "", "compositions:\n  - id: c\n    title: C\n" PER_PERSON PARTS);
    assert_non_null(w.set);
    const Made *made = &w.set->made[0];
    assert_true(made->shares[0] == 40 && made->shares[1] == 70 && made->shares[2] == -10);
    assert_int_equal(made_share_status(&w.study->compositions[0], made, 0), STATUS_OK);
    assert_true(fabs(made->groups[0].shares[0] - 100 * 140.0 / 300) < 1e-12);
    assert_true(made->groups[0].amounts[0] == 140 && made->groups[0].denominator == 30);
    world_close(&w);
}

static void a_missing_part_says_why_and_so_does_the_whole(void **state)
{
    World w;
    world_open(&w, state, "", "compositions:\n  - id: c\n    title: C\n" PER_PERSON PARTS);
    assert_non_null(w.set);
    const Made *made = &w.set->made[0];
    assert_int_equal(made->figures[6].status, STATUS_OK); /* Cedar's first part is known */
    assert_true(made->parts[6] == 9.0 / 5 && isnan(made->shares[6]));
    assert_int_equal(made->figures[8].status, STATUS_NOT_REPORTED);
    assert_int_equal(made_share_status(&w.study->compositions[0], made, 2), STATUS_NOT_REPORTED);
    world_close(&w);
}

static void without_its_denominator_an_amount_has_no_value(void **state)
{
    World w;
    world_open(&w, state,
               "  - {id: few, title: F, publisher: P, path: few.csv, area: {column: code},\n"
               "     period: {constant: 2015-16}}\n",
               "compositions:\n  - id: c\n    title: C\n"
               "    denominator: {source: few, columns: people}\n" PARTS);
    assert_null(w.set); /* the file is not there */
    world_close(&w);
    g_free(support_write(*state, "few.csv", "code,people\nA,0\nC,4\n"));
    world_open(&w, state,
               "  - {id: few, title: F, publisher: P, path: few.csv, area: {column: code},\n"
               "     period: {constant: 2015-16}}\n",
               "compositions:\n  - id: c\n    title: C\n"
               "    denominator: {source: few, columns: people}\n" PARTS);
    assert_non_null(w.set);
    const Made *made = &w.set->made[0];
    assert_int_equal(made->figures[0].status, STATUS_ZERO_DENOMINATOR);
    assert_true(made->figures[0].number == 40 && isnan(made->parts[0]));
    assert_int_equal(made->figures[3].status, STATUS_NO_DENOMINATOR);
    assert_true(made->parts[6] == 9.0 / 4);
    assert_int_equal(made->groups[0].n, 0);
    assert_true(isnan(made->groups[0].total));
    world_close(&w);
}

#define SECRET                                                                                     \
    "  - {id: secret, title: S, publisher: P, path: secret.csv, area: {column: code},\n"           \
    "     period: {constant: 2015-16}, missing: {\"[c]\": suppressed}}\n"
#define SECRET_PARTS                                                                               \
    "    parts:\n"                                                                                 \
    "      - {title: Homes, amount: {source: secret, columns: homes}}\n"                           \
    "      - {title: Home, amount: {source: secret, columns: home}}\n"

static void an_area_of_which_a_part_is_suppressed_shows_none(void **state)
{
    World w;
    g_free(support_write(*state, "secret.csv", "code,homes,home\nA,1,2\nB,[c],7\nC,3,4\n"));
    world_open(&w, state, SECRET, "compositions:\n  - id: c\n    title: C\n" SECRET_PARTS);
    assert_non_null(w.set);
    const Made *made = &w.set->made[0];
    for (guint k = 2; k < 4; k++) {
        assert_int_equal(made->figures[k].status, STATUS_SUPPRESSED);
        assert_true(isnan(made->figures[k].number) && isnan(made->parts[k]));
    }
    assert_null(made->figures[2].because);
    assert_non_null(strstr(made->figures[3].because, "withheld"));
    assert_true(made->parts[0] == 1 && made->groups[0].parts[0] == 4);
    assert_int_equal(made->groups[0].n, 2);
    world_close(&w);
}

static void parts_do_not_give_away_what_an_indicator_hides(void **state)
{
    World w;
    g_free(support_write(*state, "secret.csv",
                         "code,homes,home,all,people\nA,1,2,3,10\nB,5,7,[c],10\nC,3,4,7,10\n"));
    world_open(&w, state, SECRET,
               "  - {id: k, title: K, unit: u, domain: D, polarity: neither, role: spend,\n"
               "     measure: ratio, numerator: {source: secret, columns: all},\n"
               "     denominator: {source: secret, columns: people}}\n"
               "compositions:\n  - id: c\n    title: C\n" SECRET_PARTS);
    assert_non_null(w.set);
    const Made *made = &w.set->made[0];
    assert_int_equal(made->figures[2].status, STATUS_SUPPRESSED);
    assert_int_equal(made->figures[3].status, STATUS_SUPPRESSED);
    assert_true(made->parts[0] == 1 && made->parts[4] == 3);
    world_close(&w);
}

static void one_part_makes_no_composition(void **state)
{
    assert_fault(state, "",
                 "compositions:\n  - id: c\n    title: C\n    parts:\n"
                 "      - {title: Homes, amount: {source: money, columns: homes}}\n",
                 "bad-value", "1 parts of a composition: c (2 to 8)");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, support_setup_dir, support_teardown_dir)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(hexagons_of_two_codes_are_one_area),
        TEST(codes_that_are_not_kept_are_not_drawn),
        TEST(the_file_of_a_map_is_recorded_like_any_other),
        TEST(a_map_without_any_area_of_the_register_is_a_fault),
        TEST(a_table_is_no_map),
        TEST(a_map_is_no_table),
        TEST(keys_of_tables_have_no_use_in_a_map),
        TEST(shapes_need_the_property_of_the_code),
        TEST(a_file_that_is_no_map_is_told_at_its_source),
        TEST(parts_are_those_of_the_latest_period_per_person),
        TEST(an_area_with_a_missing_part_has_no_whole_and_is_in_no_sum),
        TEST(a_period_may_be_chosen),
        TEST(a_part_names_its_amount_file_and_line),
        TEST(shares_are_parts_of_the_total_and_add_up_with_negative_ones),
        TEST(a_missing_part_says_why_and_so_does_the_whole),
        TEST(without_its_denominator_an_amount_has_no_value),
        TEST(an_area_of_which_a_part_is_suppressed_shows_none),
        TEST(parts_do_not_give_away_what_an_indicator_hides),
        TEST(one_part_makes_no_composition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
