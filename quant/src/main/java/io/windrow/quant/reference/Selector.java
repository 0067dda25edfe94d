package io.windrow.quant.reference;

import java.util.regex.Pattern;

/** Which recorder a {@link Reference} means. */
public sealed interface Selector {

  /** As it is written in a reference. */
  String word();

  /** The recorder of the window before, in the series of the task that has the reference. */
  record PreviousWindow() implements Selector {
    static final String WORD = "previous_window";

    @Override
    public String word() {
      return WORD;
    }
  }

  /** The recorder of the stage before, in the task that has the reference. */
  record PreviousStage() implements Selector {
    static final String WORD = "previous_stage";

    @Override
    public String word() {
      return WORD;
    }
  }

  /**
   * The recorder of an earlier stage of the task that has the reference.
   *
   * @param name of the stage
   */
  record OfStage(String name) implements Selector {
    private static final String BEGIN = "stage:";

    @Override
    public String word() {
      return BEGIN + name;
    }
  }

  /**
   * The recorder that a task's outcome is in.
   *
   * @param id of the task: 64 hexadecimal digits
   */
  record OfTask(String id) implements Selector {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    @Override
    public String word() {
      return id;
    }
  }

  /**
   * A recorder by its id.
   *
   * @param id of a task's attempt, such as {@code 8f3c0a1b2c3d4e5f-1767571200000000}, or of a
   *     recorder started by hand: 32 hexadecimal digits
   */
  record OfRecorder(String id) implements Selector {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}-[0-9]{1,19}|[0-9a-f]{32}");

    @Override
    public String word() {
      return id;
    }
  }

  /**
   * Reads what stands in a reference.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Selector parse(String word) {
    if (word.equals(PreviousWindow.WORD)) {
      return new PreviousWindow();
    }
    if (word.equals(PreviousStage.WORD)) {
      return new PreviousStage();
    }
    if (word.startsWith(OfStage.BEGIN)) {
      return new OfStage(word.substring(OfStage.BEGIN.length()));
    }
    if (OfTask.ID.matcher(word).matches()) {
      return new OfTask(word);
    }
    if (OfRecorder.ID.matcher(word).matches()) {
      return new OfRecorder(word);
    }
    throw new IllegalArgumentException(
        "names no recorder: write previous_window, previous_stage, stage:NAME, the id of a task (64"
            + " hexadecimal digits) or the id of a recorder");
  }
}
