package dev.retrospec.web.snapshots;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.snapshots.NewSnapshot;
import dev.retrospec.snapshots.Viewport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /snapshot/create} as document 002 has it.
 *
 * @param waitForTimeout milliseconds: for the selector where there is one, else after loading
 */
public record CreateBody(
    @Nullable String testRunId,
    @Nullable String url,
    @Nullable ViewportFields viewport,
    @Nullable String waitForSelector,
    @Nullable Long waitForTimeout) {

  /** What is left out is 1920 × 1080. */
  public record ViewportFields(@Nullable Integer width, @Nullable Integer height) {

    Viewport orDefault() {
      return new Viewport(
          width == null ? Viewport.DEFAULT.width() : width,
          height == null ? Viewport.DEFAULT.height() : height);
    }
  }

  /**
   * @throws InvalidRequest when something is missing or cannot be
   */
  NewSnapshot toSnapshot() {
    List<String> missing = new ArrayList<>();
    if (testRunId == null || testRunId.isBlank()) {
      missing.add("testRunId");
    }
    if (url == null || url.isBlank()) {
      missing.add("url");
    }
    if (testRunId == null || url == null || !missing.isEmpty()) {
      throw new InvalidRequest("Missing required fields: " + String.join(", ", missing));
    }
    String selector =
        waitForSelector == null || waitForSelector.isBlank() ? null : waitForSelector.strip();
    return new NewSnapshot(
        new TestRunId(testRunId.strip()),
        url.strip(),
        viewport == null ? Viewport.DEFAULT : viewport.orDefault(),
        selector,
        patience(selector != null));
  }

  private Duration patience(boolean forSelector) {
    if (waitForTimeout != null) {
      return Duration.ofMillis(waitForTimeout);
    }
    return forSelector ? NewSnapshot.DEFAULT_WAIT_FOR_SELECTOR : Duration.ZERO;
  }
}
