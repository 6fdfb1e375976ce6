package dev.retrospec.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.json.Json;
import dev.retrospec.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a new kind of work needs so that somebody sees how it is doing. */
class EveryJobKindTest {

  private static final Settings UNSET = Settings.of(name -> Optional.empty());

  private final QueueQueries queries = new QueueQueries(TestDatabase.get().jdbi());

  @ParameterizedTest
  @EnumSource
  void standsInTheReportOfTheQueues(JobKind kind) {
    QueueHealth health = new QueueHealth(queries, QueueThresholds.from(UNSET), Clock.systemUTC());

    JsonNode report = Json.read(Json.write(health.report()), JsonNode.class);

    assertThat(report.path(camelCase(kind.wireName())).path("pending").isNumber()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void hasGauges(JobKind kind) {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();

    new QueueMeters(queries, meters).register();

    assertThat(meters.find("retrospec.queue.dead").tag("queue", kind.wireName()).gauge())
        .isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void hasItsPatience(JobKind kind) {
    assertThat(JobsConfig.from(UNSET).of(kind)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void hasAQueueWithDeadLettersAtTheServer(JobKind kind) throws IOException {
    String script = Files.readString(Path.of("..", "server-config", "cli", "30-messaging.cli"));
    String name = kind.wireName();

    assertThat(script)
        .contains("jms-queue=" + name + ":add(entries=[java:/jms/queue/" + name + "])")
        .contains("jms-queue=" + name + "DeadLetters:add(")
        .contains("address-setting=jms.queue." + name + ":add(");
  }

  @ParameterizedTest
  @EnumSource
  void isNamedAmongTheQueuesThatOperatorsReadOf(JobKind kind) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "operations.md"));

    assertThat(page).contains("`" + kind.wireName() + "`");
  }

  private static String camelCase(String name) {
    return Pattern.compile("_([a-z])")
        .matcher(name)
        .replaceAll(part -> part.group(1).toUpperCase(java.util.Locale.ROOT));
  }
}
