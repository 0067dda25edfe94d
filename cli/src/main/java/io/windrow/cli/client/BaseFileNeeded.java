package io.windrow.cli.client;

/** The coordinator lacks a file that a workflow builds on. */
final class BaseFileNeeded extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final String where;

  /**
   * @param file path relative to the workflow's file
   * @param where the line that names it
   */
  BaseFileNeeded(String file, String where) {
    super(where + file);
    this.file = file;
    this.where = where;
  }

  String file() {
    return file;
  }

  String where() {
    return where;
  }
}
