package io.windrow.cli.context;

import io.windrow.cli.terminal.UserError;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of a user.
 *
 * @param current name of the one that counts if none is named, or null
 * @param all by name
 */
public record Contexts(@Nullable String current, Map<String, Context> all) {
  static final Contexts NONE = new Contexts(null, Map.of());

  public Contexts {
    all = Map.copyOf(new TreeMap<>(all));
  }

  /**
   * The one that is named.
   *
   * @throws UserError if there is none of that name
   */
  public Context named(String name) {
    Context context = all.get(name);
    if (context == null) {
      throw new UserError(
          all.isEmpty()
              ? "there is no context '%s', and no other: make one with 'windrow config set-context %s'"
                  .formatted(name, name)
              : "there is no context '%s'; contexts are: %s"
                  .formatted(name, String.join(", ", new TreeMap<>(all).keySet())));
    }
    return context;
  }

  Contexts using(String name) {
    named(name);
    return new Contexts(name, all);
  }

  /** With a new or changed context; the first becomes the current one. */
  Contexts with(String name, Context changes) {
    Map<String, Context> more = new TreeMap<>(all);
    more.merge(name, Context.EMPTY.with(changes), (was, now) -> was.with(changes));
    return new Contexts(current == null ? name : current, more);
  }

  Contexts without(String name) {
    named(name);
    Map<String, Context> fewer = new TreeMap<>(all);
    fewer.remove(name);
    return new Contexts(name.equals(current) ? null : current, fewer);
  }
}
