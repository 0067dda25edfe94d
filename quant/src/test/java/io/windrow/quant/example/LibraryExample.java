package io.windrow.quant.example;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.factor.FactorEngine;
import io.windrow.quant.factor.FactorSet;
import io.windrow.quant.panel.Panel;
import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.EngineSettings;
import io.windrow.quant.run.ResearchEngine;
import io.windrow.quant.run.RunRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The code of docs/quant.md. It is in a package of its own: only what is public is at hand. */
final class LibraryExample {

  private LibraryExample() {}

  static Panel factors(Path folder) {
    // doc: factors
    DataStore data = DataStore.open(folder);
    FactorSet factors =
        FactorSet.of(
            List.of("MOM20", "VOL10"),
            List.of("$close/Ref($close, 20) - 1", "Std($close/Ref($close, 1) - 1, 10)"));
    Panel panel =
        new FactorEngine(2)
            .compute(
                data,
                data.universe("all"),
                factors,
                LocalDate.of(2019, 1, 1),
                LocalDate.of(2020, 12, 31));
    // end
    return panel;
  }

  static Map<String, Double> run(Path roots, Path task, Path results) throws IOException {
    // doc: run
    ResearchEngine engine = new ResearchEngine(new EngineSettings(2, 1L << 30, List.of(roots)));
    Map<?, ?> json = JsonMapper.shared().readValue(Files.readString(task), Map.class);
    @SuppressWarnings("unchecked") // the keys of JSON are texts
    Map<String, ?> definition = (Map<String, ?>) json;
    Map<String, Double> metrics =
        engine.run(definition, ArtifactSource.NONE, new FolderRecorder(results), Cancellation.NONE);
    // end
    return metrics;
  }

  // doc: recorder
  /** Keeps the artifacts of a run in a folder and shows each round of training. */
  record FolderRecorder(Path folder) implements RunRecorder {

    @Override
    public void param(String name, String value) {}

    @Override
    public void metric(String name, int step, double value) {
      System.out.printf("%s[%d] = %f%n", name, step, value);
    }

    @Override
    public void artifact(String path, byte[] bytes) {
      Path file = folder.resolve(path);
      try {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
  // end
}
