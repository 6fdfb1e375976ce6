package dev.retrospec.bench.grouping;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The labelled errors. */
final class ErrorSet {

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final long ORDER = 5;

  private ErrorSet() {}

  /**
   * All that is labelled: recorded, reported in public, and made in the SDK's form; in an order of
   * chance, always the same, as the order of time is.
   */
  static List<LabelledError> all() {
    List<LabelledError> all =
        Stream.of(read("recorded.jsonl"), read("reports.jsonl"), read("made.jsonl"))
            .flatMap(List::stream)
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(all, new Random(ORDER));
    return all;
  }

  /** Every fault once in each of ten builds of its site, one after the other. */
  static List<LabelledError> deploys() {
    return read("deploys.jsonl");
  }

  private static List<LabelledError> read(String name) {
    try (InputStream lines = ErrorSet.class.getResourceAsStream("/grouping/" + name)) {
      return read(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<LabelledError> read(@Nullable InputStream lines) throws IOException {
    if (lines == null) {
      return List.of();
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
      return reader.lines().map(ErrorSet::error).toList();
    }
  }

  private static LabelledError error(String line) {
    try {
      return JSON.readValue(line, LabelledError.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
