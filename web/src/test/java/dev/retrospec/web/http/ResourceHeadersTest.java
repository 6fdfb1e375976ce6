package dev.retrospec.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.annotation.WebFilter;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceHeadersTest {

  /** Diffs, stacks and links that open artifacts are not for caches. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/test-runs",
        "/api/v1/report",
        "/snapshot/create",
        "/test-runs",
        "/test-runs/7",
        "/patterns",
        "/patterns/search",
        "/notify",
        "/health"
      })
  void answersOfTheApiAreCovered(String path) {
    String[] patterns = ResourceHeaders.class.getAnnotation(WebFilter.class).urlPatterns();

    assertThat(Arrays.stream(patterns))
        .anyMatch(
            pattern ->
                pattern.endsWith("/*")
                    ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                    : path.equals(pattern));
  }
}
