package io.windrow.quant.data;

/**
 * Something wrong in a CSV file.
 *
 * @param file name of the file
 * @param line counted from 1; 0 for the file as a whole
 * @param message what is wrong and what is expected
 */
public record CsvProblem(String file, long line, String message) {

  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + " line " + line + ": " + message;
  }
}
