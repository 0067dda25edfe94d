package io.windrow.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides when leases may be judged. Whoever reads the leases must have read them steadily: after a
 * gap longer than a third of the lease (this process or the store paused, the network cut, a clock
 * set) the workers may have been unable to beat as well, so one full lease passes first. An outage
 * costs nobody an attempt. Starting is a gap, too.
 *
 * <p>Not thread-safe.
 */
final class LeaseJudge {
  private @Nullable Instant lastLocal;
  private @Nullable Instant lastServer;
  private @Nullable Instant notBefore;

  /**
   * Notes a read.
   *
   * @param local this process's time
   * @param server the store's time
   * @return leases not renewed since are over; null while none may be judged
   */
  @Nullable Instant read(Instant local, Instant server, Duration lease) {
    if (isGap(lastLocal, local, lease) || isGap(lastServer, server, lease)) {
      notBefore = local.plus(lease);
    }
    lastLocal = local;
    lastServer = server;
    return notBefore != null && local.isBefore(notBefore) ? null : server.minus(lease);
  }

  private static boolean isGap(@Nullable Instant last, Instant now, Duration lease) {
    return last == null || now.isBefore(last) || now.isAfter(last.plus(lease.dividedBy(3)));
  }
}
