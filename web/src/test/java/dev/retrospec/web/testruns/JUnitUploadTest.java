package dev.retrospec.web.testruns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.testruns.NewTestRun;
import dev.retrospec.testruns.RunStatus;
import dev.retrospec.testruns.TestResult;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JUnitUploadTest {

  private static final MediaType FORM =
      new MediaType("multipart", "form-data", Map.of("boundary", "x-1"));

  private static final String RED =
      "<testsuite name='s'><testcase name='red'><failure message='m'>t</failure></testcase>"
          + "</testsuite>";

  @Test
  void readsFieldsAndReportsInAnyOrder() throws IOException {
    JUnitUpload upload = new JUnitUpload(Map.of());
    upload.read(
        body(
            file("one.xml", RED)
                + field("commitHash", "c1")
                + field("branch", "main")
                + field("author", "ada")
                + field("prNumber", "7")
                + field("snapshotUrls", "{\"har\":\"https://s3.test/h\"}")
                + file("two.xml", "<testsuite name='s'><testcase name='green'/></testsuite>")),
        FORM);

    NewTestRun run = upload.toSubmit(null, false);

    assertThat(run.results()).extracting(TestResult::name).containsExactly("red", "green");
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.prNumber()).isEqualTo(7);
    assertThat(run.snapshotUrls().har()).isEqualTo("https://s3.test/h");
  }

  @Test
  void anXmlBodyHasItsFieldsInTheQuery() throws IOException {
    JUnitUpload upload =
        new JUnitUpload(Map.of("commitHash", "c1", "branch", "main", "author", "ada"));
    upload.read(
        new ByteArrayInputStream(RED.getBytes(StandardCharsets.UTF_8)),
        MediaType.APPLICATION_XML_TYPE);

    assertThat(upload.toSubmit(null, false).results()).hasSize(1);
  }

  @Test
  void refusesWhatIsDamagedOrMissing() throws IOException {
    JUnitUpload damaged = new JUnitUpload(Map.of());
    assertThatThrownBy(() -> damaged.read(bytes("--x-1\r\nbroken"), FORM))
        .isInstanceOf(InvalidRequest.class);

    JUnitUpload cutOff = new JUnitUpload(Map.of());
    String whole = file("one.xml", RED) + file("two.xml", RED);
    assertThatThrownBy(() -> cutOff.read(bytes(whole), FORM))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("the multipart body is damaged");

    JUnitUpload nested = new JUnitUpload(Map.of());
    String inner =
        "--x-1\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\na\r\n--y--\r\n";
    assertThatThrownBy(() -> nested.read(body(inner), FORM))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("a part may not have parts itself");

    JUnitUpload empty = new JUnitUpload(Map.of());
    empty.read(body(field("commitHash", "c1")), FORM);
    assertThatThrownBy(() -> empty.toSubmit(null, false)).hasMessageContaining("report");

    JUnitUpload nameless = new JUnitUpload(Map.of());
    nameless.read(body(file("one.xml", RED)), FORM);
    assertThatThrownBy(() -> nameless.toSubmit(null, false))
        .hasMessage("Missing required fields: commitHash, branch, author");
  }

  @Test
  void aRedJobIsNoGreenRunWhateverTheReportsSay() throws IOException {
    String green = "<testsuite name='s'><testcase name='green'/></testsuite>";

    assertThat(told("failed", green).status()).isEqualTo(RunStatus.FAILED);
    assertThat(told("passed", green).status()).isEqualTo(RunStatus.PASSED);
    assertThat(told("", green).status()).isEqualTo(RunStatus.PASSED);
    assertThat(told("passed", RED).status()).isEqualTo(RunStatus.FAILED);
    assertThatThrownBy(() -> told("green", green))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("status");
  }

  private static NewTestRun told(String status, String report) throws IOException {
    JUnitUpload upload =
        new JUnitUpload(Map.of("commitHash", "c1", "branch", "main", "author", "ada"));
    upload.read(body(file("one.xml", report) + field("status", status)), FORM);
    return upload.toSubmit(null, false);
  }

  @Test
  void fieldsAreShortAndThoseNobodyKnowsAreNotKept() throws IOException {
    JUnitUpload upload = new JUnitUpload(Map.of());

    upload.read(body(field("whatever", "x".repeat(6_000_000)) + field("branch", "main")), FORM);
    assertThatThrownBy(() -> upload.read(body(field("branch", "x".repeat(100_001))), FORM))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("100000 bytes");
    upload.read(body(field("gitDiff", "x".repeat(100_001))), FORM);
  }

  @Test
  void aReportMayHoldAlmostTheBoundaryAndAnyBytes() throws IOException {
    String name = "--x-\r\n--x-\u00e9 ".repeat(5_000) + "end";
    JUnitUpload upload =
        new JUnitUpload(Map.of("commitHash", "c1", "branch", "main", "author", "ada"));
    upload.read(
        body(
            file(
                "one.xml",
                "<testsuite><testcase name='t'><failure>"
                    + name
                    + "</failure></testcase></testsuite>")),
        FORM);

    assertThat(upload.toSubmit(null, false).results().get(0).redFailure().stack())
        .startsWith("--x-\n--x-\u00e9")
        .endsWith("end");
  }

  private static ByteArrayInputStream body(String parts) {
    return bytes(parts + "--x-1--\r\n");
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String field(String name, String value) {
    return "--x-1\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + value
        + "\r\n";
  }

  private static String file(String name, String value) {
    return "--x-1\r\nContent-Disposition: form-data; name=\"report\"; filename=\""
        + name
        + "\"\r\nContent-Type: application/xml\r\n\r\n"
        + value
        + "\r\n";
  }
}
