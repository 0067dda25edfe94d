package io.windrow.quant.record;

/** Takes artifacts by path. */
@FunctionalInterface
public interface ArtifactSink {

  void put(String path, byte[] bytes);
}
