package io.windrow.worker;

import io.windrow.message.Topics;
import io.windrow.quant.dataset.CacheSettings;
import io.windrow.worker.intake.TaskSources;
import io.windrow.worker.isolate.IsolationSettings;
import io.windrow.worker.process.ProcessSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A worker's settings, {@code windrow.worker.*}.
 *
 * @param name of this worker in leases, histories and metrics; default host, process id and a
 *     random part, so that no two are the same
 * @param queues it takes tasks from
 * @param slots how many tasks run at once
 * @param threadsPerSlot threads of one task; default the cores shared out among the slots
 * @param executors what may run here: native, noop, process
 * @param source kind of the consumer group
 * @param drain how long running tasks may go on after the worker was told to stop
 * @param featureCache bound of the computed features shared by all slots; default a third of the
 *     heap
 * @param featureFiles where computed features are kept in files, too
 * @param isolation of the tasks that want a process of their own
 * @param process the commands of the process executor
 */
@ConfigurationProperties("windrow.worker")
record WorkerProperties(
    @Nullable String name,
    @DefaultValue("default") List<String> queues,
    @DefaultValue("1") int slots,
    @Nullable Integer threadsPerSlot,
    @DefaultValue("native") Set<String> executors,
    @DefaultValue("share") TaskSources.Kind source,
    @DefaultValue("20s") Duration drain,
    @Nullable DataSize featureCache,
    @DefaultValue FeatureFiles featureFiles,
    @DefaultValue IsolationSettings isolation,
    @DefaultValue ProcessSettings process) {

  /**
   * Where computed features are kept in files.
   *
   * @param folder workers of a machine may share it; empty keeps none
   * @param maxSize bound of all its files
   */
  record FeatureFiles(@DefaultValue("") String folder, @DefaultValue("8GB") DataSize maxSize) {
    FeatureFiles {
      require(maxSize.toBytes() > 0, "feature-files.max-size", "must be more than " + maxSize);
    }
  }

  private static final Set<String> EXECUTORS = Set.of("native", "noop", "process");
  private static final int MAX_SLOTS = 1024;

  WorkerProperties {
    name = name == null || name.isBlank() ? defaultName() : name;
    queues = List.copyOf(new TreeSet<>(queues));
    executors = Set.copyOf(executors);
    require(!queues.isEmpty(), "queues", "name at least one queue");
    queues.forEach(Topics::tasks);
    require(slots >= 1 && slots <= MAX_SLOTS, "slots", "use 1 to " + MAX_SLOTS + ", not " + slots);
    threadsPerSlot =
        threadsPerSlot == null
            ? Math.max(1, Runtime.getRuntime().availableProcessors() / slots)
            : threadsPerSlot;
    require(threadsPerSlot >= 1, "threads-per-slot", "use at least 1, not " + threadsPerSlot);
    require(!executors.isEmpty(), "executors", "name at least one of " + EXECUTORS);
    for (String executor : executors) {
      require(EXECUTORS.contains(executor), "executors", executor + " is not one of " + EXECUTORS);
    }
    require(!drain.isNegative(), "drain", "must not be negative");
    featureCache =
        featureCache == null
            ? DataSize.ofBytes(Runtime.getRuntime().maxMemory() / 3)
            : featureCache;
    require(!featureCache.isNegative(), "feature-cache", "must not be negative");
  }

  /** What the cache of features may use. */
  CacheSettings cache() {
    Optional<CacheSettings.Files> files =
        featureFiles.folder().isBlank()
            ? Optional.empty()
            : Optional.of(
                new CacheSettings.Files(
                    Path.of(featureFiles.folder()), featureFiles.maxSize().toBytes()));
    return new CacheSettings(featureCache.toBytes(), files);
  }

  private static void require(boolean holds, String key, String message) {
    if (!holds) {
      throw new IllegalArgumentException("windrow.worker." + key + ": " + message);
    }
  }

  private static String defaultName() {
    return host()
        + "-"
        + ProcessHandle.current().pid()
        + "-"
        + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000, 0x10000));
  }

  /** This machine's name, for people. */
  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
