package io.windrow.quant.data;

import java.time.LocalDate;
import java.util.List;

/**
 * What an import wrote.
 *
 * @param symbols number of instruments
 * @param fields names of all fields, in the order of the columns
 * @param rows number of rows kept
 * @param days length of the calendar
 * @param first first day of the calendar
 * @param last last day of the calendar
 * @param dropped rows not taken because an earlier row of the file has the same date
 */
public record CsvImportReport(
    int symbols,
    List<String> fields,
    long rows,
    int days,
    LocalDate first,
    LocalDate last,
    List<CsvProblem> dropped) {}
