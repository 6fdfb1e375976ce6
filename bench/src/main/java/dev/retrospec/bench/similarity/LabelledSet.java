package dev.retrospec.bench.similarity;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The failures with their causes, in the order in which they were recorded. */
final class LabelledSet {

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private LabelledSet() {}

  /** Failures of this repository, broken in many ways: bench/similarity/breaks.txt. */
  static List<LabelledFailure> house() {
    return read("house.jsonl");
  }

  /** The same for later-breaks.txt: what is missed there led to a correction of the reader. */
  static List<LabelledFailure> later() {
    return read("later.jsonl");
  }

  /** The same for fresh-breaks.txt, recorded after every rule and weight stood. */
  static List<LabelledFailure> fresh() {
    return read("fresh.jsonl");
  }

  /**
   * Failures in other languages, written after public reports: bench/similarity/write-reports.py.
   */
  static List<LabelledFailure> reports() {
    return read("reports.jsonl");
  }

  private static List<LabelledFailure> read(String name) {
    try (InputStream lines = LabelledSet.class.getResourceAsStream("/similarity/" + name);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
      return reader.lines().map(LabelledSet::failure).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LabelledFailure failure(String line) {
    try {
      return JSON.readValue(line, LabelledFailure.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
