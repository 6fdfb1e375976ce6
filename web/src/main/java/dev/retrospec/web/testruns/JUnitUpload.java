package dev.retrospec.web.testruns;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.testruns.NewTestRun;
import dev.retrospec.testruns.RunSource;
import dev.retrospec.testruns.RunStatus;
import dev.retrospec.testruns.SnapshotUrls;
import dev.retrospec.testruns.junit.JUnitReader;
import dev.retrospec.testruns.junit.JUnitReport;
import dev.retrospec.web.http.Json;
import dev.retrospec.web.http.StorableText;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads reports and what is told about their run from one stream, without keeping it: parts with a
 * file name are reports, the others fields. A body that is XML itself has its fields in the query.
 */
final class JUnitUpload {

  private static final int MAX_DIFF_BYTES = 5_000_000;
  private static final int MAX_FIELD_BYTES = 100_000;

  /** What is kept; newer clients may send more. */
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "testRunId",
          "repository",
          "commitHash",
          "branch",
          "job",
          "baseBranch",
          "author",
          "status",
          "prNumber",
          "gitDiff",
          "runUrl",
          "durationMs",
          "snapshotUrls",
          "quiet");

  private static final int MAX_PARTS = 2_000;

  /** RFC 2046, and some more length for those who do not know it. */
  private static final Pattern BOUNDARY = Pattern.compile("[\\w'()+,./:=? -]{1,200}");

  /** A body that ends too early is damaged, and must not be taken for a shorter run. */
  private static final MimeConfig STRICT =
      MimeConfig.custom().setStrictParsing(true).setMaxHeaderCount(50).build();

  private static final Pattern NAME = Pattern.compile("(?i);\\s*name=\"?([^\";\\r\\n]{1,100})");
  private static final Pattern FILE = Pattern.compile("(?i);\\s*filename\\*?=");

  private final JUnitReader reader = new JUnitReader();
  private final Map<String, String> fields;
  private boolean hasReport;

  /**
   * @param fields those that stand elsewhere
   */
  JUnitUpload(Map<String, String> fields) {
    this.fields = new HashMap<>(fields);
  }

  /**
   * @return itself
   * @throws InvalidRequest when it is no multipart body, or no XML
   */
  JUnitUpload read(InputStream body, MediaType type) throws IOException {
    if (!type.getType().equals("multipart")) {
      report(body);
      return this;
    }
    String boundary = type.getParameters().get("boundary");
    if (boundary == null || !BOUNDARY.matcher(boundary).matches()) {
      throw new InvalidRequest("the multipart body has no boundary");
    }
    MimeTokenStream tokens = new MimeTokenStream(STRICT, DecodeMonitor.STRICT, null);
    tokens.parseHeadless(body, "multipart/form-data; boundary=\"" + boundary + "\"");
    try {
      parts(tokens);
    } catch (MimeException | MimeIOException broken) {
      throw new InvalidRequest("the multipart body is damaged");
    }
    return this;
  }

  private void parts(MimeTokenStream tokens) throws IOException, MimeException {
    int parts = 0;
    int bodies = 0;
    String disposition = "";
    for (EntityState at = tokens.getState();
        at != EntityState.T_END_OF_STREAM;
        at = tokens.next()) {
      switch (at) {
        case T_START_MULTIPART -> {
          if (++bodies > 1) {
            throw new InvalidRequest("a part may not have parts itself");
          }
        }
        case T_START_BODYPART -> {
          if (++parts > MAX_PARTS) {
            throw new InvalidRequest("a body may have " + MAX_PARTS + " parts");
          }
          disposition = "";
        }
        case T_FIELD -> {
          Field header = tokens.getField();
          if (header.getName().equalsIgnoreCase("Content-Disposition")) {
            disposition = header.getBody();
          }
        }
        case T_BODY -> part(disposition, tokens.getDecodedInputStream());
        default -> {
          // the rest is punctuation
        }
      }
    }
  }

  private void part(String disposition, InputStream content) throws IOException {
    if (FILE.matcher(disposition).find()) {
      report(content);
    } else {
      field(disposition, content);
    }
  }

  private void field(String disposition, InputStream part) throws IOException {
    Matcher name = NAME.matcher(disposition);
    if (!name.find()) {
      throw new InvalidRequest("a part of the body has no name");
    }
    if (!FIELDS.contains(name.group(1))) {
      return;
    }
    int max = name.group(1).equals("gitDiff") ? MAX_DIFF_BYTES : MAX_FIELD_BYTES;
    byte[] value = part.readNBytes(max + 1);
    if (value.length > max) {
      throw new InvalidRequest(
          name.group(1) + " may have " + max + " bytes; reports need a file name");
    }
    fields.put(name.group(1), StorableText.clean(new String(value, StandardCharsets.UTF_8)));
  }

  private void report(InputStream xml) throws IOException {
    reader.read(xml);
    hasReport = true;
  }

  /**
   * What there is to submit.
   *
   * @throws InvalidRequest when a field is missing or says something that cannot be
   */
  NewTestRun toSubmit(@Nullable String idempotencyKey, boolean silent) {
    if (!hasReport) {
      throw new InvalidRequest("a report is needed: a part with a file name, or an XML body");
    }
    List<String> missing = new ArrayList<>();
    for (String needed : List.of("commitHash", "branch", "author")) {
      RunBodies.need(needed, fields.get(needed), missing);
    }
    if (!missing.isEmpty()) {
      throw new InvalidRequest("Missing required fields: " + String.join(", ", missing));
    }
    JUnitReport report = reader.report();
    String id = field("id") == null ? field("testRunId") : field("id");
    return new NewTestRun(
        id == null ? null : new TestRunId(id),
        idempotencyKey,
        RunSource.JUNIT,
        text("repository"),
        text("commitHash"),
        text("branch"),
        text("job"),
        field("baseBranch"),
        text("author"),
        status(report),
        field("prNumber") == null ? null : (Integer) (int) number("prNumber"),
        fields.get("gitDiff"),
        snapshots(),
        field("runUrl"),
        field("durationMs") == null ? (Long) report.durationMs() : (Long) number("durationMs"),
        silent || "true".equalsIgnoreCase(field("quiet")),
        report.results());
  }

  /**
   * Red when a report says so or the job does: tests that died half-way leave green reports behind.
   */
  private RunStatus status(JUnitReport report) {
    RunStatus told =
        field("status") == null ? report.status() : RunStatus.fromWireName(field("status"));
    return told == RunStatus.FAILED ? told : report.status();
  }

  private SnapshotUrls snapshots() {
    String json = field("snapshotUrls");
    if (json == null) {
      return SnapshotUrls.NONE;
    }
    try {
      return Json.mapper().readValue(json, RunBodies.Snapshots.class).urls();
    } catch (JsonProcessingException e) {
      throw new InvalidRequest("snapshotUrls must be a JSON object of links");
    }
  }

  private long number(String name) {
    try {
      long number = Long.parseLong(text(name));
      if (number >= 0 && number <= Integer.MAX_VALUE) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // the same answer as for one that is out of range
    }
    throw new InvalidRequest(name + " must be a number");
  }

  private String text(String name) {
    String value = field(name);
    return value == null ? "" : value;
  }

  private @Nullable String field(String name) {
    String value = fields.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
