#ifndef TESTS_KNOWN_TIME_H
#define TESTS_KNOWN_TIME_H

/* Expected trends and control charts, inputs invented. Origin: the trend code of Fingertips (C#,
 * run under mono; chi-square equal to 1e-12) re-implemented, prop.trend.test of R 4.5;
 * NHSRplotthedots 0.2.2. */

#include <math.h>

/* clang-format off */

/** Five years of events and people; slope, chi-square and marker by the general method on rates per
 *  100,000 and on percentages, and by the method for proportions. */
static const struct {
    double x[5], n[5];
    struct {
        double slope, chi2;
        const char *marker;
    } rate, percent, proportion;
} known_trends[] = {
    {{643, 366, 709, 387, 1412},
     {5658, 3444, 6994, 4391, 16246},
     {-678.6181503634991, 36.59280660861207, "decreasing"},
     {-0.6790254181210641, 41.585803200531046, "decreasing"},
     {-0.08029639225776748, 43.97320682388221, "decreasing"}},
    {{1934, 826, 202, 2160, 2142},
     {16030, 6812, 1715, 17948, 17153},
     {76.87101288357104, 0.7386874103310223, "nochange"},
     {0.07703767513671479, 0.8551728227522184, "nochange"},
     {0.0069956735807619455, 0.8803616076460362, "nochange"}},
    {{1389, 1582, 2250, 403, 2745},
     {10576, 11535, 15461, 2490, 16411},
     {931.2829746149722, 69.51508623723689, "increasing"},
     {0.9326599976178005, 83.16738242507745, "increasing"},
     {0.07627887110280057, 85.08275143403208, "increasing"}},
    {{609, 368, 699, 2856, 1343},
     {4907, 2212, 3461, 12291, 4902},
     {3649.9037310785025, 387.25974044597103, "increasing"},
     {3.649685104012114, 483.8175457060269, "increasing"},
     {0.23756315726156402, 399.1312235182312, "increasing"}},
    {{1104, 185, 1006, 61, 440},
     {11280, 2359, 14013, 918, 8788},
     {-1161.9600827342945, 156.81443297024194, "decreasing"},
     {-1.1625856564466428, 173.02267179405044, "decreasing"},
     {-0.16224167769054873, 165.20678758354998, "decreasing"}},
    {{50, 50, 50, 50, 50},
     {1000, 1000, 1000, 1000, 1000},
     {1.2360130548086885e-12, 2.8279370683851427e-29, "nochange"},
     {0, 0, "nochange"},
     {0, 0, "nochange"}},
    {{1415, 1563, 1634, 1138, 1239},
     {11515, 13077, 13412, 9200, 10346},
     {-20.553882140444205, 0.037442061945025834, "nochange"},
     {-0.020534092857013554, 0.04313465027358073, "nochange"},
     {-0.001959840054988149, 0.04249823169035335, "nochange"}},
    {{1314, 1981, 1444, 587, 1762},
     {10123, 15154, 9933, 3692, 10485},
     {1043.734512390142, 70.56506856251167, "increasing"},
     {1.0456034485563654, 84.67887618281523, "increasing"},
     {0.08351919742480846, 89.46389803710642, "increasing"}},
    {{1863, 2707, 2691, 1700, 4189},
     {13373, 15971, 13552, 7337, 15484},
     {3237.661668416001, 708.189424827581, "increasing"},
     {3.2460875873555426, 916.9552350998912, "increasing"},
     {0.2048748876042052, 925.2057143233868, "increasing"}},
    {{1488, 121, 334, 493, 439},
     {15181, 1594, 5154, 8723, 9427},
     {-1273.6098823011575, 241.84476919733416, "decreasing"},
     {-1.2752761724726247, 267.68311449491415, "decreasing"},
     {-0.19151550553442462, 276.49758163512763, "decreasing"}},
    {{1927, 381, 1207, 980, 269},
     {16902, 3762, 12593, 11450, 3035},
     {-822.9546159068346, 57.58881861846368, "decreasing"},
     {-0.8223499962691273, 65.08459718616729, "decreasing"},
     {-0.0745646060725943, 66.07011041685114, "decreasing"}},
    {{461, 654, 2156, 406, 1574},
     {3785, 5717, 18173, 3300, 12983},
     {101.41432601877963, 0.5904823128952901, "nochange"},
     {0.10080176886464388, 0.6748285390082471, "nochange"},
     {0.007205286364235235, 0.6483252928637169, "nochange"}},
    {{1647, 1788, 1164, 1940, 898},
     {12117, 12841, 7723, 12857, 5381},
     {662.3506038648846, 26.88421653235079, "increasing"},
     {0.6644773235506525, 32.23430370352887, "increasing"},
     {0.05773327690220015, 33.378459273603525, "increasing"}},
    {{2400, 1374, 2890, 1586, 4422},
     {16791, 8244, 15262, 6630, 15694},
     {3354.8126588617633, 787.216594414958, "increasing"},
     {3.3878619250677273, 1038.9684091884212, "increasing"},
     {0.21632627808901078, 1082.6773228327565, "increasing"}},
    {{70, 1247, 873, 176, 63},
     {856, 15283, 12412, 2966, 1331},
     {-1075.1056414397817, 40.75411539730993, "decreasing"},
     {-1.0730674869196828, 45.12152109479371, "decreasing"},
     {-0.150962780520577, 37.83509096110957, "decreasing"}},
    {{1851, 243, 1358, 76, 1135},
     {16508, 2207, 13817, 862, 13261},
     {-673.8077908416649, 55.42357604930264, "decreasing"},
     {-0.6741759503517369, 62.445605323302, "decreasing"},
     {-0.08456009130937446, 61.188036900396604, "decreasing"}},
    {{2025, 1646, 1723, 2135, 224},
     {16170, 13766, 15124, 18390, 1960},
     {-301.65641811268546, 7.173206023710043, "nochange"},
     {-0.3018062010316178, 8.276759561767179, "nochange"},
     {-0.02412277070294465, 8.526943340968582, "nochange"}},
    {{1371, 110, 763, 1917, 3283},
     {12019, 869, 5541, 11859, 19524},
     {1397.0539114686712, 181.8734503428191, "increasing"},
     {1.396628945660473, 213.16763758138342, "increasing"},
     {0.11876154876734858, 191.25689958373655, "increasing"}},
    {{470, 1300, 534, 3383, 4098},
     {3240, 7566, 2635, 15061, 15553},
     {2926.751321232581, 330.10469542772734, "increasing"},
     {2.9356487252380257, 421.07901743350277, "increasing"},
     {0.1825715364776792, 378.2173459626075, "increasing"}},
    {{201, 518, 1119, 333, 393},
     {2122, 6281, 16185, 5766, 8169},
     {-1131.9808474703227, 96.86417771455062, "decreasing"},
     {-1.1334516222626798, 106.753647973391, "decreasing"},
     {-0.18382490065169635, 105.77489012013802, "decreasing"}},
};

/** Series A4: y, outside limits, special cause; mean, lower and upper limit. */
static const struct {
    double y, outside;
    const char *cause;
} known_spc_a4[] = {
    {5, NAN, "Common Cause"},
    {5, NAN, "Common Cause"},
    {5, NAN, "Common Cause"},
    {5, NAN, "Common Cause"},
    {5, NAN, "Common Cause"},
    {5, NAN, "Common Cause"},
    {5, NAN, "Common Cause"},
    {5, NAN, "Common Cause"},
    {5, NAN, "Common Cause"},
    {5, NAN, "Common Cause"},
    {5, NAN, "Common Cause"},
    {5, NAN, "Common Cause"},
    {5, NAN, "Common Cause"},
    {5, NAN, "Common Cause"},
};
static const double known_spc_a4_limits[] = {5, NAN, NAN};

/** Series A7: y, outside limits, special cause; mean, lower and upper limit. */
static const struct {
    double y, outside;
    const char *cause;
} known_spc_a7[] = {
    {1, 0, "Common Cause"},
    {6, 0, "Common Cause"},
    {4, 0, "Common Cause"},
    {4, 0, "Common Cause"},
    {2, 0, "Common Cause"},
    {7, 0, "Common Cause"},
    {2, 0, "Common Cause"},
    {6, 0, "Common Cause"},
    {4, 0, "Common Cause"},
    {5, 0, "Common Cause"},
    {3, 0, "Common Cause"},
    {4, 0, "Common Cause"},
    {0, 0, "Common Cause"},
    {1, 0, "Common Cause"},
    {3, 0, "Common Cause"},
    {4, 0, "Common Cause"},
    {7, 0, "Common Cause"},
    {4, 0, "Common Cause"},
    {3, 0, "Common Cause"},
    {8, 0, "Common Cause"},
    {6, 0, "Common Cause"},
    {8, 0, "Common Cause"},
    {2, 0, "Common Cause"},
    {2, 0, "Common Cause"},
    {8, 0, "Common Cause"},
    {7, 0, "Common Cause"},
    {1, 0, "Common Cause"},
    {6, 0, "Common Cause"},
    {4, 0, "Common Cause"},
    {4, 0, "Common Cause"},
    {5, 0, "Common Cause"},
    {3, 0, "Common Cause"},
    {3, 0, "Common Cause"},
    {1, 0, "Common Cause"},
    {5, 0, "Common Cause"},
    {4, 0, "Common Cause"},
    {3, 0, "Common Cause"},
    {1, 0, "Common Cause"},
    {1, 0, "Common Cause"},
    {3, 0, "Common Cause"},
};
static const double known_spc_a7_limits[] = {3.875, -2.5362820512820514, 10.28628205128205};

/** Series A9: y, outside limits, special cause; mean, lower and upper limit. */
static const struct {
    double y, outside;
    const char *cause;
} known_spc_a9[] = {
    {0.35, 1, "Below LCL"},
    {0.264, 1, "Below LCL"},
    {-0.147, 1, "Below LCL"},
    {3.028, 0, "Common Cause"},
    {2.908, 0, "Common Cause"},
    {3.637, 0, "Common Cause"},
    {4.424, 0, "Common Cause"},
    {4.362, 0, "Common Cause"},
    {3.529, 0, "Common Cause"},
    {5.284, 0, "Common Cause"},
    {3.593, 0, "Common Cause"},
    {5.758, 0, "7 Points Above CL"},
    {7.011, 1, "Above UCL"},
    {6.843, 1, "Above UCL"},
    {5.508, 0, "2 in 3 Above CL"},
    {5.896, 0, "2 in 3 Above CL"},
    {6.41, 1, "Above UCL"},
    {5.597, 0, "2 in 3 Above CL"},
    {4.039, 0, "Common Cause"},
    {4.275, 0, "Common Cause"},
    {4.098, 0, "Common Cause"},
    {4.315, 0, "Common Cause"},
    {3.253, 0, "Common Cause"},
    {4.019, 0, "Common Cause"},
    {2.95, 0, "Common Cause"},
    {3.21, 0, "Common Cause"},
    {4.507, 0, "Common Cause"},
    {3.716, 0, "Common Cause"},
    {4.493, 0, "Common Cause"},
    {5.006, 0, "Common Cause"},
};
static const double known_spc_a9_limits[] = {4.0712, 1.997065, 6.145335};

/** Series A10: y, outside limits, special cause; mean, lower and upper limit. */
static const struct {
    double y, outside;
    const char *cause;
} known_spc_a10[] = {
    {5, 1, "Below LCL"},
    {5, 1, "Below LCL"},
    {5, 1, "Below LCL"},
    {5, 1, "Below LCL"},
    {5, 1, "Below LCL"},
    {5, 1, "Below LCL"},
    {5, 1, "Below LCL"},
    {5, 1, "Below LCL"},
    {9, 1, "Above UCL"},
    {9, 1, "Above UCL"},
    {9, 1, "Above UCL"},
    {9, 1, "Above UCL"},
    {9, 1, "Above UCL"},
    {9, 1, "Above UCL"},
    {9, 1, "Above UCL"},
    {9, 1, "Above UCL"},
};
static const double known_spc_a10_limits[] = {7, 7, 7};

#endif
