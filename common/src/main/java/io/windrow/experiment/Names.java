package io.windrow.experiment;

import java.util.regex.Pattern;

/** What experiments, recorders, values and artifacts may be called. */
final class Names {
  /** A text that begins with a dollar sign is the name of a field where a store groups by it. */
  private static final Pattern EXPERIMENT = Pattern.compile("(?!\\$)[^\\p{Cntrl}/]{1,200}");

  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,250}");
  private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}\\\\]{1,500}");

  private Names() {}

  static void requireExperiment(String name) {
    if (!EXPERIMENT.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of an experiment has 1 to 200 characters, no '/', no control characters and no"
              + " '$' at its begin");
    }
  }

  /** Names of recorders, parameters, metrics and tags. */
  static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a name has 1 to 250 characters, no control characters");
    }
    return name;
  }

  /** A path below the recorder: nothing that leads out of it. */
  static String requirePath(String path) {
    boolean plain = PATH.matcher(path).matches();
    for (String part : path.split("/", -1)) {
      plain &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
    }
    if (!plain) {
      throw new IllegalArgumentException(
          "the path of an artifact is like 'sig_analysis/ic.arrow': at most 500 characters, no empty"
              + " part, no '.' or '..', no backslash");
    }
    return path;
  }
}
