package io.windrow.collector.ensemble;

import java.util.List;

/**
 * Where a result belongs: Qlib's key tuple {@code (a, b, rolling)}.
 *
 * @param group the parts that name the group, for example {@code ["LGBModel"]}
 * @param rolling the part that tells the group's windows apart, for example the test segment
 */
public record RollingKey<R>(List<String> group, R rolling) {
  public RollingKey {
    group = List.copyOf(group);
  }
}
