package io.windrow.quant.dataset;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorEngine;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Keeps instruments whose names begin with what a regular expression matches, as Python's {@code
 * re.match} does.
 *
 * <p>The expression comes from a file that anybody may have written. RE2 takes time in proportion
 * to the length of the name; what it lacks for that (looking around, back-references) is refused.
 *
 * @param rule in RE2's syntax
 * @param days on which it decides
 */
record NameDFilter(String rule, DateRange days) implements InstrumentFilter {

  private static final String RULE = "name_rule_re";
  private static final int LONGEST = 200;

  /** RE2 writes repetitions out, and nested ones multiply: three of 1,000 would fill the memory. */
  private static final double MOST_REPETITIONS = 1000;

  private static final Pattern COUNTED = Pattern.compile("\\{([0-9]+)(,([0-9]*))?\\}");

  static Optional<InstrumentFilter> read(Section section, DateRange days) {
    Optional<String> rule = section.text(RULE);
    if (rule.isEmpty()) {
      if (!section.has(RULE)) {
        section.problem(RULE, "is missing; a regular expression for the beginning of names");
      }
      return Optional.empty();
    }
    if (rule.get().length() > LONGEST) {
      section.problem(RULE, "must have at most " + LONGEST + " characters");
      return Optional.empty();
    }
    if (repetitions(rule.get()) > MOST_REPETITIONS) {
      section.problem(
          RULE, "repeats too much: the counts in braces may come to 1000, each times the others");
      return Optional.empty();
    }
    try {
      Pattern.compile(rule.get());
    } catch (PatternSyntaxException e) {
      section.problem(
          RULE,
          "is no regular expression of RE2, which has no look-around and no back-references: "
              + e.getMessage());
      return Optional.empty();
    }
    return Optional.of(new NameDFilter(rule.get(), days));
  }

  private static double repetitions(String rule) {
    double product = 1;
    Matcher counted = COUNTED.matcher(rule);
    while (counted.find()) {
      for (int group : new int[] {1, 3}) {
        String count = counted.group(group);
        product *= count == null || count.isEmpty() ? 1 : Math.max(1, Double.parseDouble(count));
      }
    }
    return product;
  }

  @Override
  public void cut(
      Universe universe,
      List<BitSet> days,
      int first,
      int last,
      DataStore data,
      FactorEngine engine) {
    Pattern pattern = Pattern.compile(rule);
    for (int i = 0; i < days.size(); i++) {
      if (!pattern.matcher(universe.members().get(i).symbol()).lookingAt()) {
        days.get(i).clear(first, last + 1);
      }
    }
  }

  @Override
  public String toString() {
    return "NameDFilter " + rule;
  }
}
