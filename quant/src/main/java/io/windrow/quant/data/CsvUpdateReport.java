package io.windrow.quant.data;

import java.util.List;

/**
 * What an update or a fix did to a data folder.
 *
 * @param extended instruments that were there and got rows
 * @param added instruments that were not there
 * @param untouched instruments of the files that stay as they are
 * @param rows number of rows written
 * @param newBars by how much the calendar grew
 * @param bars length of the calendar
 * @param first first bar of the calendar, as its file has it
 * @param last last bar of the calendar
 * @param notes rows not taken, and what else the reader should know
 */
public record CsvUpdateReport(
    int extended,
    int added,
    int untouched,
    long rows,
    int newBars,
    int bars,
    String first,
    String last,
    List<CsvProblem> notes) {}
