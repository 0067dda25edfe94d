package io.windrow.meter;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names that have series of their own. All others share one, so that whoever makes a thousand
 * pools does not make a thousand series.
 *
 * @param names those that are told apart
 */
public record ShownNames(Set<String> names) {
  /** What the others are together. No pool and no queue can have this name. */
  public static final String OTHERS = "(others)";

  public ShownNames {
    names = Set.copyOf(names);
  }

  /**
   * Those of the names that are there: first those of a list, in its order, then the others by
   * name.
   *
   * @param most so many at most
   * @param latest the latest first; may name some that are gone
   */
  public static ShownNames latest(int most, Collection<String> latest, Set<String> there) {
    return first(
        most,
        Stream.concat(latest.stream().filter(there::contains), there.stream().sorted()).toList());
  }

  /**
   * The first of a list.
   *
   * @param ordered the most important one first
   */
  public static ShownNames first(int most, Collection<String> ordered) {
    return new ShownNames(ordered.stream().distinct().limit(most).collect(Collectors.toSet()));
  }

  /** The tag of a name. */
  public String tag(String name) {
    return names.contains(name) ? name : OTHERS;
  }
}
