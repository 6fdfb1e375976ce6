package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo shop, broken in every way that is known: three visitors in a real browser run into each
 * fault, and a developer must find one issue that names it. In the sound shop they find none.
 */
@ExtendWith({RunningRetroSpec.class, Chromium.class})
class SeededFaultsIT {

  private static final Duration ALL_VISITS = Duration.ofMinutes(8);
  private static final int VISITORS = 3;

  /** One of the three comes twice. */
  private static final int VISITS = 4;

  private static final String HEALTHY = "healthy";

  @TestFactory
  Stream<DynamicTest> eachFaultIsOneIssueThatNamesIt(RetroSpec retroSpec, @TempDir Path folder)
      throws IOException, InterruptedException {
    List<JsonNode> outcomes = breakTheShop(retroSpec, folder);
    assertThat(outcomes).hasSizeGreaterThan(15);
    return outcomes.stream()
        .map(
            outcome ->
                DynamicTest.dynamicTest(outcome.get("fault").asText(), () -> judge(outcome)));
  }

  private static void judge(JsonNode outcome) {
    if (outcome.get("fault").asText().equals(HEALTHY)) {
      isWell(outcome);
    } else {
      isFound(outcome);
    }
  }

  private static void isFound(JsonNode outcome) {
    assertThat(outcome.get("issues")).as(outcome.toPrettyString()).hasSize(1);
    JsonNode issue = outcome.at("/issues/0");
    assertThat(issue.get("kind")).isEqualTo(outcome.at("/expected/kind"));
    assertThat(issue.get("userCount").asInt()).isEqualTo(VISITORS);
    assertThat(issue.get("sessionCount").asInt()).isEqualTo(VISITS);
    assertThat(issue.at("/card/status").asText()).isEqualTo("ready");
    assertThat(issue.get("isExplained").asBoolean()).as("card is about the issue").isTrue();
    assertThat(outcome.get("missing")).as("not named in %s", issue.get("card")).isEmpty();
  }

  private static void isWell(JsonNode outcome) {
    assertThat(outcome.get("sessions").asInt()).isEqualTo(VISITS);
    assertThat(outcome.get("markers").asInt()).as("failures seen where all is well").isZero();
    assertThat(outcome.get("issues")).isEmpty();
  }

  private static List<JsonNode> breakTheShop(RetroSpec retroSpec, Path folder)
      throws IOException, InterruptedException {
    Path told = folder.resolve("outcomes.jsonl");
    Path log = folder.resolve("visits.txt");
    ProcessBuilder builder =
        new ProcessBuilder("node", "demo/seeded.mjs")
            .directory(RetroSpec.checkout().resolve("sdk").toFile())
            .redirectOutput(told.toFile())
            .redirectError(log.toFile());
    builder.environment().put("RETROSPEC_URL", retroSpec.url().toString().replaceFirst("/$", ""));
    builder.environment().put("ADMIN_API_KEY", retroSpec.adminKey());
    builder.environment().put("RETROSPEC_CHROMIUM", Chromium.executable().toString());
    Process visits = builder.start();
    if (!visits.waitFor(ALL_VISITS.toSeconds(), TimeUnit.SECONDS)) {
      visits.destroy();
    }
    assertThat(visits.waitFor()).as(Files.readString(log)).isZero();
    List<JsonNode> outcomes = new ArrayList<>();
    for (String line : Files.readAllLines(told)) {
      outcomes.add(Api.JSON.readTree(line));
    }
    return outcomes;
  }
}
