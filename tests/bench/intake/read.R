# read.R FILE all|study: the same as read.c with data.table or readxl.
arguments <- commandArgs(TRUE)
path <- arguments[1]
columns <- c("Indicator ID", "Area Code", "Area Type", "Sex", "Time period", "Value",
             "Lower CI 95.0 limit", "Upper CI 95.0 limit", "Count", "Denominator")
if (endsWith(path, ".xlsx")) {
    library(readxl)
    begin <- proc.time()[["elapsed"]]
    x <- suppressWarnings(read_excel(path, .name_repair = "minimal"))
} else {
    library(data.table)
    setDTthreads(1)
    begin <- proc.time()[["elapsed"]]
    x <- if (arguments[2] == "study") fread(path, select = columns, nThread = 1) else fread(path, nThread = 1)
    if (arguments[2] == "study")
        x <- x[Sex == "Persons" & grepl("^(England|Counties.*)$", `Area Type`)]
}
seconds <- proc.time()[["elapsed"]] - begin
total <- if ("Value" %in% names(x)) sum(suppressWarnings(as.numeric(x[["Value"]])), na.rm = TRUE) else 0
cat(sprintf("%.3f %d %.0f\n", seconds, nrow(x), total))
