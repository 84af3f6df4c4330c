# Peerline: one non-recursive Makefile. `make help` lists the goals.
# Every .c file under src/ is part of the program; every tests/unit/test_*.c
# is a cmocka program linked against all of them but main.c.

SHELL   := /bin/bash
BUILD   ?= build
PREFIX  ?= /usr/local
JOBS    ?= $(shell nproc)
VERSION := $(shell sed -n 's/^\#define PEERLINE_VERSION  *"\(.*\)"/\1/p' include/peerline/base/version.h)

PACKAGES := glib-2.0 pangocairo pangoft2 cairo cairo-pdf fontconfig libpcre2-8 libcurl \
            zlib libbrotlidec libzstd yaml-0.1 jansson xlsxwriter libzip expat nettle libqpdf libcmark-gfm libRmath odbc
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)

WARN    := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
           -Wformat=2 -Wno-sign-conversion -Wno-float-conversion
OPT     ?= -O2 -g
EXTRA   ?=
CFLAGS   = -std=c11 -D_GNU_SOURCE -DMATHLIB_STANDALONE -ffp-contract=off \
           $(OPT) $(WARN) $(if $(WERROR),-Werror) $(EXTRA) -Iinclude -I$(BUILD)/gen $(PKG_CFLAGS)
LDLIBS   = $(PKG_LIBS) -lm -lpthread
LDFLAGS += $(EXTRA)
# make V=1 shows the commands themselves
Q    := $(if $(V),,@)
SAID  = $(if $(V),,@echo '  $(1) $@')

SRC      := $(shell find src -name '*.c' | LC_ALL=C sort)
OBJ      := $(SRC:%.c=$(BUILD)/obj/%.o)
LIBOBJ   := $(filter-out $(BUILD)/obj/src/main.o,$(OBJ))
LIB      := $(BUILD)/libpeerline.a
# The sentences of the reports, built in; the order is that of the enum Word.
TEMPLATES := templates/shared.md templates/area.md templates/national.md templates/methods.md templates/web.md templates/charts.md templates/workbook.md templates/terms.md templates/data.md
# What web pages are made with, built in as it is.
WEB_FILES := templates/web/shell.html templates/web/style.css templates/web/script.js
WORD_IDS  := $(BUILD)/gen/peerline/catalogue/words_ids.h
BUILD_ID  := $(BUILD)/gen/peerline/build_id.h
UNIT_SRC := $(wildcard tests/unit/test_*.c)
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/tests/%)
FUZZ_SRC := $(wildcard tests/fuzz/fuzz_*.c)

.DEFAULT_GOAL := all
.PHONY: all demo demo-data test unit bench bench-intake bench-report bench-stats calibrate check-layers asan tsan valgrind fuzz \
        lint format install dist clean help deps deps-test golden

all: $(BUILD)/peerline ## build build/peerline

$(BUILD)/peerline: $(BUILD)/obj/src/main.o $(LIB)
	@mkdir -p $(@D)
	$(call SAID,LINK)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(LIB): $(LIBOBJ) $(BUILD)/obj/templates.o
	@rm -f $@
	$(call SAID,AR  )
	$(Q)ar rcs $@ $^

$(BUILD)/obj/templates.o: $(TEMPLATES) $(WEB_FILES)
	@mkdir -p $(@D)
	$(call SAID,LD  )
	$(Q)$(LD) -r -b binary -z noexecstack -o $@ $^

$(WORD_IDS): $(TEMPLATES) tools/word-ids
	@mkdir -p $(@D)
	$(Q)tools/word-ids $(TEMPLATES) >$@.new && mv $@.new $@

$(OBJ) $(UNIT_BIN): | $(WORD_IDS) $(BUILD_ID)

# What the program is made from, as one hash: a report drawn by another program is not taken over.
$(BUILD_ID): $(SRC) $(shell find include src -name '*.h' | LC_ALL=C sort) $(TEMPLATES) \
             $(WEB_FILES)
	@mkdir -p $(@D)
	$(Q)printf '#define PEERLINE_SOURCES "%s"\n' "$$(cat $^ | sha256sum | cut -c1-64)" >$@

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(call SAID,CC  )
	$(Q)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

# A test that needs a library of its own says so in its first line: "// LIBS: microhttpd".
$(BUILD)/tests/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(call SAID,TEST)
	$(Q)$(CC) $(CFLAGS) -Itests/unit -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< $(LIB) -lcmocka $(LDLIBS) \
	  $(addprefix -l,$(shell sed -n '1s,^// LIBS: *,,p' $<))

-include $(OBJ:.o=.d) $(UNIT_BIN:=.d)

deps: ## install what building and running needs (Debian 12)
	@tools/install-deps build

deps-test: ## install what building and testing needs
	@tools/install-deps test

# A second make after the installation, because pkg-config may only exist by then.
demo: deps ## install what is missing, build, publish the demo study, say where it is
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(BUILD)/peerline run indicators/demo/study.yaml --out out/demo; s=$$?; \
	 if [ $$s -eq 0 ] || [ $$s -eq 3 ]; then tools/where-are-the-reports out/demo; fi; exit $$s

demo-data: ## write the invented data of the demo study anew (the same bytes every time)
	@mkdir -p $(BUILD)/tools indicators/demo/data
	$(CC) -std=c11 $(OPT) $(WARN) -ffp-contract=off -o $(BUILD)/tools/demo-data tools/demo-data/*.c -lm
	$(BUILD)/tools/demo-data indicators/demo/data

test: deps-test ## everything that proves the program; ends with "N passed, N failed"
	@$(MAKE) --no-print-directory -j$(JOBS) all unit
	@BUILD=$(BUILD) tests/run

unit: $(UNIT_BIN)

check-layers: ## prove that data flow one way
	@tools/check-layers

asan: ## the unit and command tests under AddressSanitizer and UBSan
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=build/asan OPT="-O1 -g -fno-omit-frame-pointer" \
	  EXTRA="-fsanitize=address,undefined -fno-sanitize-recover=undefined" all unit
	@BUILD=build/asan tests/run --sanitized

tsan: ## the unit tests and a demo run under ThreadSanitizer
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=build/tsan OPT="-O1 -g" EXTRA="-fsanitize=thread" \
	  LDFLAGS="-fsanitize=thread tests/tsan/glib_locks.c" all unit
	@BUILD=build/tsan tests/run --sanitized

valgrind: all unit ## the unit tests under valgrind
	@BUILD=$(BUILD) tests/run --valgrind

fuzz: ## libFuzzer for a minute each (needs clang)
	@tests/fuzz/run

# --force: with a -D cppcheck would look at no other configuration. NULL is a pointer in POSIX, so it
# may end a list of arguments.
lint: ## cppcheck and clang-format in check mode
	cppcheck --quiet --library=gtk -D'G_GNUC_PRINTF(a,b)=' --force --std=c11 \
	  --enable=warning,performance,portability --suppress=varFuncNullUB --inline-suppr \
	  --error-exitcode=1 -Iinclude src
	clang-format --dry-run -Werror $(SRC) $(shell find include tests -name '*.[ch]')

format: ## clang-format in place
	clang-format -i $(SRC) $(shell find include tests -name '*.[ch]')

bench: all ## side by side with what an analyst would write
	@tests/bench/run

# The statistics alone: pure functions, so that these need nothing else of the program.
STATS_OBJ := $(filter $(BUILD)/obj/src/stats/% $(BUILD)/obj/src/base/number.o,$(OBJ))

$(BUILD)/bench/%: tests/bench/%.c $(STATS_OBJ)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -Itests/bench -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $(filter %.c %.o,$^) $(LDLIBS)

-include $(wildcard $(BUILD)/bench/*.d)

# Reading files: linked with the readers.
$(BUILD)/bench-intake/%: tests/bench/intake/%.c $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< $(LIB) $(LDLIBS)

-include $(wildcard $(BUILD)/bench-intake/*.d)

bench-intake: all $(addprefix $(BUILD)/bench-intake/,read measure make_files) ## how fast files are read, beside pandas, data.table, DuckDB, readxl
	@BUILD=$(BUILD) tests/bench/intake/run

# Drawing reports: linked with the fonts.
$(BUILD)/bench-report/%: tests/bench/report/%.c $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< $(LIB) $(LDLIBS)

-include $(wildcard $(BUILD)/bench-report/*.d)

bench-report: all $(BUILD)/bench-report/ceiling $(BUILD)/bench-report/drawing ## pages per second, beside cairo alone and matplotlib
	@BUILD=$(BUILD) tests/bench/report/run

bench-stats: $(BUILD)/bench/bench_stats ## a million rows through the statistics, timed
	@$<

calibrate: $(BUILD)/bench/calibrate ## false alarms, power and coverage by simulation (minutes)
	@$<

golden: all ## write the golden files anew (look at the difference before committing)
	@BUILD=$(BUILD) tests/golden/update

install: all ## PREFIX=/usr/local
	install -D $(BUILD)/peerline $(DESTDIR)$(PREFIX)/bin/peerline

dist: ## source archive
	@mkdir -p $(BUILD)
	git archive --prefix=peerline-$(VERSION)/ -o $(BUILD)/peerline-$(VERSION).tar.gz HEAD

clean: ## remove build/
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16
