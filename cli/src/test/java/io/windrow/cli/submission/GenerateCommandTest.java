package io.windrow.cli.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.cli.client.Generation;
import io.windrow.cli.client.Generation.Generated;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerateCommandTest {

  @Test
  void a_line_for_each_task_with_what_tells_series_apart() {
    Generation generation =
        new Generation(
            "s",
            "p",
            "e",
            "q",
            5,
            LocalDate.of(2021, 4, 21),
            List.of("model.class", "model.kwargs.learning_rate", "a.label"),
            List.of(task(0, 0.05, "2017-01-03", "2017-03-03"), task(1, 0.05, "2017-03-06", null)));

    assertThat(GenerateCommand.lines(generation))
        .containsExactly(
            "5 tasks (pool p, experiment e, queue q, data to 2021-04-21); nothing was submitted",
            "#  model     learning_rate  label      train             test                    id",
            "-  --------  -------------  ---------  ----------------  ----------------------  ------------",
            "0  LGBModel  0.05           Ref(a, 1)  open..2016-12-30  2017-01-03..2017-03-03  0123456789ab",
            "1  LGBModel  0.05           Ref(a, 1)  open..2016-12-30  2017-03-06..open        0123456789ab",
            "and 3 more: see --limit");
  }

  private static Generated task(long seq, double rate, String from, String to) {
    Map<String, Object> segments = new LinkedHashMap<>();
    segments.put("train", Arrays.asList(null, "2016-12-30"));
    segments.put("test", Arrays.asList(from, to));
    return new Generated(
        "0123456789abcdef",
        seq,
        List.of("LGBModel", rate, List.of("Ref(a, 1)")),
        Map.of("dataset", Map.of("kwargs", Map.of("segments", segments))),
        List.of());
  }
}
