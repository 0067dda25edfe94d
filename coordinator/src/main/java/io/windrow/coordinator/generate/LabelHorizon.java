package io.windrow.coordinator.generate;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads off a label how far it looks ahead: what {@link HorizonLabel} has set, and Qlib's own. */
public final class LabelHorizon {
  private static final Pattern RETURN =
      Pattern.compile(
          "Ref\\((?<field>\\$\\w+),-(?<later>\\d{1,6})\\)/Ref\\(\\k<field>,-(?<earlier>\\d{1,6})\\)-1");

  private LabelHorizon() {}

  /**
   * Trading days from the earlier to the later day, if the label is the return of one field between
   * two days that come; null if it is anything else.
   *
   * @param label as a handler takes it: an expression, a list of one, or a pair of lists of which
   *     the second names it
   */
  public static @Nullable Integer of(@Nullable Object label) {
    if (label instanceof List<?> list) {
      boolean named = list.size() == 2 && list.get(0) instanceof List<?>;
      return list.size() == 1 || named ? of(list.get(0)) : null;
    }
    return label instanceof String expression ? of(expression) : null;
  }

  private static @Nullable Integer of(String expression) {
    Matcher matcher = RETURN.matcher(expression.replaceAll("\\s", ""));
    if (!matcher.matches()) {
      return null;
    }
    int days =
        Integer.parseInt(matcher.group("later")) - Integer.parseInt(matcher.group("earlier"));
    return days > 0 ? days : null;
  }
}
