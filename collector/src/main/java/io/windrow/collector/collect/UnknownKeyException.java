package io.windrow.collector.collect;

import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
import java.util.Collection;

/** A key that was asked for is in none of the tasks. */
public final class UnknownKeyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownKeyException(String path, Collection<String> known) {
    super(
        "no task of the submission has "
            + Section.quote(path)
            + Nearest.hint(path, known)
            + ": name a path of the task definition, such as model.class");
  }
}
