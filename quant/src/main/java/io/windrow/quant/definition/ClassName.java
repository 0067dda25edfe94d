package io.windrow.quant.definition;

import java.util.Collection;
import java.util.Optional;

/** Reads Qlib's {@code class} and {@code module_path}. A class is only ever a name to look up. */
public final class ClassName {

  private ClassName() {}

  /**
   * The simple class name of a section, if it is one of the known; otherwise a problem is reported.
   *
   * @param kind what the class is, for the message: {@code model}
   */
  public static Optional<String> read(Section section, String kind, Collection<String> known) {
    Optional<String> module = section.text("module_path");
    Optional<String> text = section.text("class");
    if (text.isEmpty()) {
      if (!section.has("class")) {
        section.problem("class", "is missing; known " + kind + " classes: " + listed(known));
      }
      return Optional.empty();
    }
    String full = text.get();
    int dot = full.lastIndexOf('.');
    String name = full.substring(dot + 1);
    String owner = dot < 0 ? module.orElse("qlib") : full.substring(0, dot);
    if (!known.contains(name)) {
      section.problem(
          "class",
          "unknown "
              + kind
              + " class "
              + Section.quote(name)
              + Nearest.hint(name, known)
              + "; known: "
              + listed(known));
      return Optional.empty();
    }
    if (!owner.equals("qlib") && !owner.startsWith("qlib.")) {
      section.problem(
          dot < 0 ? "module_path" : "class",
          Section.quote(owner) + " is not a module of Qlib; classes of one's own cannot run here");
      return Optional.empty();
    }
    return Optional.of(name);
  }

  private static String listed(Collection<String> known) {
    return String.join(", ", known);
  }
}
