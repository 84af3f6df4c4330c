#include "demo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const TYPE_NAMES[N_TYPES] = {"City", "Town and coast", "County"};

const Place PLACES[N_AREAS] = {
    {"Saint Aldhelm and the Upper Marches", "Northmarch", COUNTY},
    {"Harrowbeck", "Northmarch", TOWN},
    {"Quillerby", "Northmarch", TOWN},
    {"Thornhallow", "Northmarch", TOWN},
    {"Kestrelgate", "Northmarch", CITY},
    {"Old Varrick", "Northmarch", CITY},
    {"Stannerdale", "Northmarch", COUNTY},
    {"Brackenmoor Vale", "Northmarch", COUNTY},
    {"Wintersike", "Northmarch", TOWN},
    {"Great Ottering", "Northmarch", CITY},
    {"Coldwater Fells", "Northmarch", COUNTY},
    {"Yarlcross and Skaithe", "Northmarch", TOWN},
    {"Fenwicken", "Eastwold", COUNTY},
    {"Marlowe Staithe", "Eastwold", TOWN},
    {"Osterwold", "Eastwold", COUNTY},
    {"Sandlingham", "Eastwold", TOWN},
    {"Lesser Ambry", "Eastwold", TOWN},
    {"Dunmarsh and the Isles of Whin", "Eastwold", COUNTY},
    {"Thrushby", "Eastwold", CITY},
    {"Gannet Haven", "Eastwold", TOWN},
    {"Wickenfold", "Eastwold", COUNTY},
    {"Broadreach Hundred", "Eastwold", COUNTY},
    {"Cressingdon", "Eastwold", CITY},
    {"Saint No\u00ebl-by-Water", "Eastwold", TOWN},
    {"Castle Merrin", "Midlea", COUNTY},
    {"Abbotsfallow", "Midlea", COUNTY},
    {"Ironbeck", "Midlea", CITY},
    {"Foxenheath", "Midlea", COUNTY},
    {"Tillerton", "Midlea", CITY},
    {"New Brindlow", "Midlea", TOWN},
    {"Market Orrowby", "Midlea", COUNTY},
    {"Pellingford", "Midlea", CITY},
    {"Hexwell and Dunnering", "Midlea", TOWN},
    {"Smithy Cross", "Midlea", CITY},
    {"Vellum Green", "Midlea", TOWN},
    {"Sallowbridge", "Midlea", CITY},
    {"Larkenhurst", "Southfold", TOWN},
    {"Saltmarling", "Southfold", TOWN},
    {"Port Averil", "Southfold", CITY},
    {"Chalkenden", "Southfold", COUNTY},
    {"Whitlinghurst", "Southfold", COUNTY},
    {"Seaholme-on-Sands", "Southfold", TOWN},
    {"Royal Pendleworth", "Southfold", CITY},
    {"Applewick", "Southfold", COUNTY},
    {"Hopfield and the Weir Valleys", "Southfold", COUNTY},
    {"Doverling", "Southfold", TOWN},
    {"Wyndlesham", "Southfold", COUNTY},
    {"Emberlow", "Southfold", CITY},
    {"Porthlowen", "Westermere", TOWN},
    {"Grey Tarrow", "Westermere", COUNTY},
    {"Combe Orchard", "Westermere", COUNTY},
    {"Saint Ysolde", "Westermere", TOWN},
    {"King's Orrery and Saint Crispin-under-Wold", "Westermere", CITY},
    {"Westering Bay", "Westermere", TOWN},
    {"Cider Hills and Marlpit", "Westermere", COUNTY},
    {"Dunmallow", "Westermere", COUNTY},
    {"Tamberleigh", "Westermere", CITY},
    {"Holt Severing", "Westermere", COUNTY},
    {"Isle of Skerrow", "Westermere", TOWN},
    {"Bishop's Lorring", "Westermere", TOWN},
};

const Effect EFFECTS[] = {
    /* stories told in the practice register */
    {"Thornhallow", FALLS, 0.40, -0.36},
    {"Castle Merrin", DELAYED, 0.80, -0.60},
    {"Saltmarling", REABLEMENT, -0.60, 0.55},
    {"Grey Tarrow", CARE_HOMES, 0.50, -0.40},
    {"Ironbeck", AMBULATORY, 0.30, -0.28},
    /* stories the other way, for the reports to find */
    {"Hopfield and the Weir Valleys", FALLS, -0.05, 0.30},
    {"Abbotsfallow", READMITTED, -0.10, 0.32},
    /* lasting outliers */
    {"Kestrelgate", FALLS, 0.52, 0.52},
    {"Emberlow", FALLS, -0.46, -0.46},
    {"Smithy Cross", AMBULATORY, 0.42, 0.42},
    {"Wyndlesham", AMBULATORY, -0.36, -0.36},
    {"Port Averil", DELAYED, 1.20, 1.20},
    {"Vellum Green", DELAYED, -1.50, -1.50},
    {"Osterwold", READMITTED, 0.44, 0.44},
    {"Tamberleigh", READMITTED, -0.32, -0.32},
    {"Quillerby", REABLEMENT, -0.80, -0.80},
    {"Larkenhurst", REABLEMENT, 0.85, 0.85},
    {"Dunmarsh and the Isles of Whin", QUALITY, -1.10, -1.10},
    {"Combe Orchard", QUALITY, 1.10, 1.10},
    {"Pellingford", CONTACT, -14, -14},
    {"Saint Ysolde", CONTACT, 14, 14},
    {"Sandlingham", SPEND_OLDER, 0.42, 0.42},
    {"Doverling", SPEND_OLDER, -0.36, -0.36},
    {"Gannet Haven", CARE_HOMES, 0.90, 0.90},
};
const int N_EFFECTS = sizeof EFFECTS / sizeof EFFECTS[0];

static const Gap GAPS[] = {
    {"New Brindlow", EVERYTHING, 2016, 2018, "[b]"}, /* made in 2019 out of its neighbours */
    {NULL, CONTACT, 2020, 2020, "[x]"},              /* the question was not asked that year */
    {"Broadreach Hundred", SPEND_OLDER, 2021, 2021, "[x]"},
    {"Cressingdon", REABLEMENT, 2022, 2023, "[x]"},
    {"Harrowbeck", READMITTED, 2023, 2023, "[x]"},
    {"Lesser Ambry", QUALITY, 2023, 2023, "[x]"},
};

int place_named(const char *name)
{
    for (int i = 0; i < N_AREAS; i++)
        if (strcmp(PLACES[i].name, name) == 0)
            return i;
    fprintf(stderr, "demo-data: no such place: %s\n", name);
    exit(1);
}

const char *gap_marker(int area, int year, Topic topic)
{
    for (unsigned i = 0; i < sizeof GAPS / sizeof GAPS[0]; i++) {
        const Gap *g = &GAPS[i];
        if ((g->place == NULL || place_named(g->place) == area) &&
            (g->topic == EVERYTHING || g->topic == topic) && year >= g->from && year <= g->to)
            return g->marker;
    }
    return NULL;
}
