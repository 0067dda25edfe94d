package io.windrow.experiment;

import com.mongodb.client.model.Filters;
import io.windrow.experiment.Recorder.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Which recorders of an experiment are listed, newest first.
 *
 * @param experiment its name
 * @param status of this status only, or null
 * @param name of this name only, or null
 * @param task of this task only, or null
 * @param params with these parameters
 * @param tags with these tags
 * @param after only what comes after it in the list, or null
 * @param limit most recorders; 0 for all
 */
public record RecorderQuery(
    String experiment,
    @Nullable Status status,
    @Nullable String name,
    @Nullable String task,
    Map<String, String> params,
    Map<String, String> tags,
    @Nullable Cursor after,
    int limit) {

  /**
   * A place in the list: the recorder a page ends with.
   *
   * @param startedAt when that recorder was started
   * @param id its id
   */
  public record Cursor(Instant startedAt, String id) {

    /** The place of a recorder. */
    public static Cursor of(Recorder recorder) {
      return new Cursor(recorder.startedAt(), recorder.id());
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it was not this
     */
    public static Cursor parse(String text) {
      int dash = text.indexOf('-');
      try {
        return new Cursor(
            Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(0, dash)))),
            text.substring(dash + 1));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "'" + text + "' is no place in a list: pass 'next' of the page before as it is", e);
      }
    }

    /** As text that fits into an address. */
    public String text() {
      return startedAt.toEpochMilli() + "-" + id;
    }
  }

  public RecorderQuery {
    params = Map.copyOf(params);
    tags = Map.copyOf(tags);
  }

  /** All recorders of an experiment. */
  public static RecorderQuery of(String experiment) {
    return new RecorderQuery(experiment, null, null, null, Map.of(), Map.of(), null, 0);
  }

  /** Those with a name. */
  public RecorderQuery named(String name) {
    return new RecorderQuery(experiment, status, name, task, params, tags, after, limit);
  }

  /** The first of them. */
  public RecorderQuery atMost(int limit) {
    return new RecorderQuery(experiment, status, name, task, params, tags, after, limit);
  }

  /** The page behind a place. */
  public RecorderQuery after(@Nullable Cursor after) {
    return new RecorderQuery(experiment, status, name, task, params, tags, after, limit);
  }

  Bson filter() {
    List<Bson> filters = new ArrayList<>();
    filters.add(Filters.eq("experiment", experiment));
    if (status != null) {
      filters.add(Filters.eq("status", status.name().toLowerCase(Locale.ROOT)));
    }
    if (task != null) {
      filters.add(Filters.eq("taskId", task));
    }
    params.forEach((key, value) -> filters.add(equal("params", key, value)));
    Map<String, String> all = new HashMap<>(tags);
    if (name != null && !name.equals(Recorder.DEFAULT_NAME)) {
      all.put(Recorder.NAME_TAG, name);
    } else if (name != null) {
      String field = "tags." + MongoRecorderStore.encode(Recorder.NAME_TAG);
      filters.add(Filters.or(Filters.eq(field, name), Filters.exists(field, false)));
    }
    all.forEach((key, value) -> filters.add(equal("tags", key, value)));
    if (after != null) {
      Date at = Date.from(after.startedAt());
      filters.add(
          Filters.or(
              Filters.lt("startedAt", at),
              Filters.and(Filters.eq("startedAt", at), Filters.lt("_id", after.id()))));
    }
    return Filters.and(filters);
  }

  private static Bson equal(String field, String key, String value) {
    return Filters.eq(field + "." + MongoRecorderStore.encode(key), value);
  }
}
