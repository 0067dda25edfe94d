package io.windrow.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicSetupIT {
  private static final Duration SOON = Duration.ofMinutes(1);

  @TempDir static Path folder;

  @Test
  void topics_and_the_groups_settings_are_made_once_and_again_harmlessly() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      TopicSetup setup = new TopicSetup(admin, 1, Duration.ofSeconds(15));

      for (int time = 0; time < 2; time++) {
        setup.queue("nightly");
        setup.results();
        setup.deadLetter();
      }

      List<String> names = List.of("windrow.tasks.nightly", Topics.RESULTS, Topics.DEAD_LETTER);
      // The controller has made them; the broker learns of it a moment later.
      Map<String, TopicDescription> topics =
          Awaitility.await()
              .atMost(SOON)
              .ignoreExceptions()
              .until(() -> admin.describeTopics(names).allTopicNames().get(), found -> true);
      assertThat(names)
          .extracting(name -> topics.get(name).partitions().size())
          .containsExactly(1, 3, 1);
      ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, names.get(0));
      Awaitility.await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                Config config = admin.describeConfigs(List.of(group)).all().get().get(group);
                assertThat(config.get("share.auto.offset.reset").value()).isEqualTo("earliest");
                assertThat(config.get("share.record.lock.duration.ms").value()).isEqualTo("15000");
              });

      // Longer than the broker would lock a record for.
      new TopicSetup(admin, 1, Duration.ofHours(2)).queue("nightly");
      Awaitility.await()
          .atMost(SOON)
          .until(
              () ->
                  admin
                      .describeConfigs(List.of(group))
                      .all()
                      .get()
                      .get(group)
                      .get("share.record.lock.duration.ms")
                      .value(),
              "30000"::equals);

      TopicSetup tooShort = new TopicSetup(admin, 1, Duration.ofMillis(10));
      assertThatThrownBy(() -> tooShort.queue("nightly"))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("share.record.lock.duration.ms");
      assertThatThrownBy(() -> setup.queue("Not A Queue"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
