package io.windrow.quant.data;

import java.util.List;

/**
 * What an import wrote.
 *
 * @param symbols number of instruments
 * @param fields names of all fields, in the order of the columns
 * @param rows number of rows kept
 * @param bars length of the calendar
 * @param first first bar of the calendar, as its file has it
 * @param last last bar of the calendar
 * @param dropped rows not taken because an earlier row of the file has the same date
 */
public record CsvImportReport(
    int symbols,
    List<String> fields,
    long rows,
    int bars,
    String first,
    String last,
    List<CsvProblem> dropped) {}
