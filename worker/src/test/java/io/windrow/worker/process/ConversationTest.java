package io.windrow.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.definition.DateRange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class ConversationTest {
  private static final String HELLO = "{\"type\":\"hello\",\"protocol\":1}\n";
  private static final Limits LIMITS =
      new Limits(
          DataSize.ofBytes(256),
          6,
          3,
          DataSize.ofBytes(400),
          DataSize.ofBytes(600),
          3,
          DataSize.ofBytes(1_000));

  @TempDir Path root;
  private final RecordedRun recorder = new RecordedRun();
  private final AttemptLog log = new AttemptLog(1_000);
  private WorkFolder folder;
  private Deliveries deliveries;
  private Conversation conversation;

  @BeforeEach
  void open() throws IOException {
    folder = WorkFolder.create(root, false);
    DateRange test = new DateRange(LocalDate.of(2020, 1, 2), LocalDate.of(2020, 1, 31));
    deliveries = new Deliveries(folder, LIMITS, test, recorder);
    conversation = new Conversation(LIMITS, deliveries, recorder, log);
  }

  @AfterEach
  void closed_folders_are_gone() {
    folder.close();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void takes_all_events_and_keeps_other_lines_as_log() throws IOException {
    Files.writeString(folder.path().resolve("model.txt"), "weights");
    listen(
        "loading\n"
            + HELLO
            + "{'type':'params','values':{'depth':3}}\n"
            + "\n"
            + "{'type':'metrics','step':2,'values':{'loss':0.5}}\n"
            + "{'type':'progress','fraction':0.5,'message':'half'}\n"
            + "{'type':'artifact','path':'model.txt'}\n"
            + "{'type':'result','metrics':{'loss':0.25}}");

    assertThat(recorder.params).containsEntry("depth", "3");
    assertThat(recorder.metrics).containsExactly("loss@2=0.5", "progress@0=0.5", "loss@0=0.25");
    assertThat(recorder.artifacts).containsOnlyKeys("model.txt");
    assertThat(conversation.metrics()).containsEntry("loss", 0.25);
    assertThat(conversation.lacksResult()).isFalse();
    assertThat(log.end(100)).contains("loading").contains("progress 50 % half");
  }

  @Test
  void the_first_line_is_a_hello_of_this_version() {
    refused("{'type':'heartbeat'}\n", "line 1: comes before");
    refused("{'type':'hello','protocol':2}\n", "speaks version 2 of the protocol, this worker");
    refused("text\n" + HELLO + HELLO, "line 3: is a second hello");
  }

  @Test
  void nothing_follows_the_result() {
    refused(HELLO + "{'type':'result'}\n{'type':'heartbeat'}\n", "line 3: comes after the result");
  }

  @Test
  void a_line_cut_off_by_the_end_of_the_process_is_only_logged() throws IOException {
    listen(HELLO + "{'type':'resul");

    assertThat(conversation.lacksResult()).isTrue();
    assertThat(log.end(100)).contains("resul");
  }

  @Test
  void lines_and_names_are_bounded() {
    refused(HELLO + "{" + "x".repeat(300) + "\n", "line 2: is longer than 256B: limits.line");
    refused(HELLO + "{'type':'heartbeat'}\n".repeat(6), "line 7: is one too many: limits.lines");
    refused(
        HELLO + "{'type':'metrics','values':{'a':1,'b':1,'c':1,'d':1}}\n",
        "more than 3 metrics: limits.names");
  }

  @Test
  void text_without_end_takes_no_more_than_the_log_may() throws IOException {
    listen("y".repeat(2_000_000) + "\n" + "z\n".repeat(100_000));

    assertThat(log.bytes().length).isLessThan(1_100);
    assertThat(new String(log.bytes(), StandardCharsets.UTF_8)).contains("bytes left out");
  }

  @Test
  void artifacts_stay_in_the_folder() throws IOException {
    Path secret = Files.writeString(root.resolve("secret"), "s");
    Files.createSymbolicLink(folder.path().resolve("link"), secret);
    Files.createSymbolicLink(folder.path().resolve("up"), root);
    Files.createDirectory(folder.path().resolve("dir"));
    Files.writeString(folder.path().resolve("big"), "b".repeat(401));
    Files.writeString(folder.path().resolve("ok"), "ok");

    refusedArtifact("../secret", "cannot be named '../secret'");
    refusedArtifact(secret.toString(), "cannot be named");
    refusedArtifact("a/../ok", "cannot be named");
    refusedArtifact(".hidden", "cannot be named");
    refusedArtifact("link", "no plain file of the work folder: it is a link");
    refusedArtifact("up/secret", "is reached by a link");
    refusedArtifact("dir", "no plain file");
    refusedArtifact("absent", "no plain file");
    refusedArtifact("big", "more than 400 bytes");
    refusedArtifact("task.json", "cannot be named 'task.json'");
    refused(
        HELLO + "{'type':'artifact','path':'../secret','name':'ok'}\n",
        "'../secret' cannot be an artifact");
    assertThat(recorder.artifacts).isEmpty();
    Files.delete(secret);
  }

  @Test
  void artifacts_are_bounded_together() throws IOException {
    for (String name : new String[] {"a", "b", "c", "d"}) {
      Files.writeString(folder.path().resolve(name), "x".repeat(name.equals("a") ? 400 : 100));
    }
    refused(HELLO + take("b") + take("c") + take("d") + take("a"), "more than 3 artifacts");
    Files.writeString(folder.path().resolve("b"), "x".repeat(201));
    refused(HELLO + take("a") + take("b"), "'b' has more than 200 bytes");
  }

  @Test
  void predictions_and_labels_become_arrow_and_give_the_ic() throws IOException {
    Files.writeString(
        folder.path().resolve("pred.csv"),
        """
        datetime,instrument,score
        2020-01-03,B,1
        2020-01-03 00:00:00,A,2.5e-1
        2020-01-02,A,-3
        2020-01-02,B,4
        """);
    Files.writeString(
        folder.path().resolve("label.csv"),
        """
        datetime,instrument,LABEL0
        2020-01-02,A,1
        2020-01-02,B,2
        2020-01-03,A,3
        2020-01-03,B,
        """);
    listen(HELLO + take("pred.csv") + take("label.csv"));

    var pred = ArrowTables.read(recorder.artifacts.get("pred.arrow"));
    assertThat(pred.column()).isEqualTo("score");
    assertThat(pred.series().size()).isEqualTo(4);
    assertThat(pred.series().date(0)).isEqualTo(LocalDate.of(2020, 1, 2));
    assertThat(pred.series().value(2)).isEqualTo(0.25);
    assertThat(deliveries.analyse()).containsEntry("IC", 1.0).containsEntry("Rank IC", 1.0);
    assertThat(recorder.artifacts)
        .containsOnlyKeys("pred.arrow", "label.arrow", "sig_analysis/ic.arrow");
  }

  @Test
  void bad_rows_are_told_with_their_lines() throws IOException {
    Files.writeString(
        folder.path().resolve("pred.csv"),
        """
        datetime,instrument,score
        2020-01-02,A,1
        2020-01-02,A,2
        2020-01-02,B,nan
        2020-02-01,B,1
        1.1.2020,B,1
        2020-01-03,B,0x1p3
        2020-01-03,B
        2020-01-03,,1
        """);

    assertThatThrownBy(() -> listen(HELLO + take("pred.csv")))
        .hasMessageContaining("line 3: a second value for A on 2020-01-02")
        .hasMessageContaining("line 4: the score is not a finite number")
        .hasMessageContaining(
            "line 5: 2020-02-01 lies outside of the test segment 2020-01-02..2020-01-31")
        .hasMessageContaining("line 6: '1.1.2020' is not a date like 2020-01-31")
        .hasMessageContaining("line 7: '0x1p3' is not a number")
        .hasMessageContaining("line 8: has 2 values, not 3")
        .hasMessageContaining("line 9: an instrument has 1 to 64 characters");
    assertThat(recorder.artifacts).isEmpty();
  }

  @Test
  void a_wrong_header_and_no_rows_and_damaged_arrow_are_refused() throws IOException {
    Files.writeString(folder.path().resolve("label.csv"), "date,instrument,label\n");
    refused(
        HELLO + take("label.csv"),
        "line 1: the header must be 'datetime,instrument,LABEL0', not 'date,instrument,label'");
    Files.writeString(folder.path().resolve("pred.csv"), "datetime,instrument,score\n");
    refused(HELLO + take("pred.csv"), "pred.csv: holds no row");
    Files.writeString(folder.path().resolve("pred.arrow"), "ARROW1 or so");
    refused(HELLO + take("pred.arrow"), "pred.arrow is no Arrow table of scores");
  }

  private static String take(String path) {
    return "{\"type\":\"artifact\",\"path\":\"" + path + "\"}\n";
  }

  private void refusedArtifact(String path, String message) {
    refused(HELLO + take(path), message);
  }

  private void refused(String output, String message) {
    DateRange test = new DateRange(LocalDate.of(2020, 1, 2), LocalDate.of(2020, 1, 31));
    deliveries = new Deliveries(folder, LIMITS, test, recorder);
    conversation = new Conversation(LIMITS, deliveries, recorder, log);
    assertThatThrownBy(() -> listen(output))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(message);
  }

  private void listen(String output) throws IOException {
    conversation.listen(
        new ByteArrayInputStream(output.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }
}
