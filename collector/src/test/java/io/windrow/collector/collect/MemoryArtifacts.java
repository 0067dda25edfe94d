package io.windrow.collector.collect;

import io.windrow.experiment.ArtifactStore;
import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.ScoreTable;
import io.windrow.quant.evaluate.ScoreSeries;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Artifacts in a map; counts the reads. */
final class MemoryArtifacts implements ArtifactStore {
  final AtomicInteger reads = new AtomicInteger();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  void series(String recorder, String path, String column, ScoreSeries series) {
    files.put(recorder + "/" + path, ArrowTables.write(new ScoreTable(column, series)));
  }

  @Override
  public Mono<Artifact> put(String recorder, String path, byte[] bytes) {
    files.put(recorder + "/" + path, bytes);
    return Mono.just(new Artifact(recorder, path, bytes.length));
  }

  @Override
  public Mono<byte[]> get(String recorder, String path) {
    reads.incrementAndGet();
    return Mono.justOrEmpty(files.get(recorder + "/" + path));
  }

  @Override
  public Flux<Artifact> list(String recorder) {
    throw new UnsupportedOperationException("the collector lists nothing");
  }

  @Override
  public Mono<Void> delete(String recorder) {
    throw new UnsupportedOperationException("the collector deletes nothing");
  }
}
