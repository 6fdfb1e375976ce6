package dev.retrospec.testruns.junit;

import static dev.retrospec.testruns.junit.ReportText.bytes;
import static dev.retrospec.testruns.junit.ReportText.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.retrospec.testruns.ResultStatus;
import dev.retrospec.testruns.RunStatus;
import dev.retrospec.testruns.TestResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JUnitReaderTest {

  @Test
  void refusesDocumentTypesAndReadsNoFile() {
    assertThatThrownBy(
            () ->
                read(
                    "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                        + "<testsuite name=\"a\"><testcase name=\"&e;\"/></testsuite>"))
        .isInstanceOf(InvalidReport.class);
  }

  @Test
  void refusesWhatIsNoReport() {
    assertThatThrownBy(() -> read("<html><body/></html>")).isInstanceOf(InvalidReport.class);
    assertThatThrownBy(() -> read("<testsuite><testcase name='a'"))
        .isInstanceOf(InvalidReport.class)
        .hasMessageContaining("well-formed");
    assertThatThrownBy(() -> read("")).isInstanceOf(InvalidReport.class);
    assertThatThrownBy(() -> read("<testsuite>".repeat(70) + "</testsuite>".repeat(70)))
        .isInstanceOf(InvalidReport.class)
        .hasMessageContaining("nested");
  }

  @Test
  void aCharacterThatXmlForbidsLosesNoReport() throws IOException {
    JUnitReport report =
        read(
            "<testsuite name='s'><testcase name='a'><failure message='x&#27;[31mred&#x1b;[0m &amp;"
                + " &#0;'>\u0000\b \u001b[1mbold\u001b[0m</failure></testcase></testsuite>");

    assertThat(report.results().get(0).redFailure().message()).startsWith("xred &");
    assertThat(report.results().get(0).redFailure().stack()).endsWith("bold");
  }

  @Test
  void readsOtherEncodings() throws IOException {
    for (Charset charset :
        List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8, StandardCharsets.UTF_16)) {
      JUnitReader reader = new JUnitReader();
      reader.read(
          new ByteArrayInputStream(
              ("<?xml version='1.0' encoding='"
                      + charset.name()
                      + "'?><testsuite name='s'><testcase name='grüßt'/></testsuite>")
                  .getBytes(charset)));
      assertThat(reader.report().results().get(0).name()).as(charset.name()).isEqualTo("grüßt");
    }
  }

  @Test
  void takesSectionsCommentsAndInstructionsAsTheyAreMeant() throws IOException {
    JUnitReport report =
        read(
            """
<?xml version="1.0"?><!-- a <![CDATA[ b -- > --><?php x > ?>
<testsuite name="s"><testcase name="a &gt; b" classname='q">'><failure message="m"><![CDATA[a]]]]><![CDATA[>b <c> & d]]]></failure></testcase><!----></testsuite>
""");

    assertThat(report.results().get(0).name()).isEqualTo("q\">.a > b");
    assertThat(report.results().get(0).redFailure().stack()).isEqualTo("a]]>b <c> & d]");
  }

  @Test
  void refusesATagThatNoToolWrites() {
    assertThatThrownBy(() -> read("<testsuite name='" + "x".repeat(2_100_000) + "'></testsuite>"))
        .isInstanceOf(InvalidReport.class);
  }

  @Test
  void severalFilesAreOneReport() throws IOException {
    JUnitReader reader = new JUnitReader();
    reader.read(bytes("<testsuite name='s'><testcase name='a' time='1'/></testsuite>"));
    reader.read(bytes("<testsuite name='s'><testcase name='b' time='2'/></testsuite>"));

    assertThat(reader.report().results()).extracting(TestResult::name).containsExactly("a", "b");
    assertThat(reader.report().durationMs()).isEqualTo(3_000);
  }

  @Test
  void keepsLittleOfAVeryLargeReport() throws IOException {
    Stream<String> noise =
        Stream.generate(
                () -> "<system-out><![CDATA[" + "noise ".repeat(150_000) + "]]></system-out>")
            .limit(20);
    Stream<String> tests =
        Stream.iterate(0, i -> i + 1)
            .limit(3_000)
            .map(
                i ->
                    "<testcase name='t"
                        + i
                        + "'><failure message='m'>"
                        + "at frame (x.js:1:1)\n".repeat(1_500)
                        + "</failure></testcase>");
    Stream<String> all =
        Stream.of(Stream.of("<testsuite name='s'>"), noise, tests, Stream.of("</testsuite>"))
            .flatMap(part -> part);
    JUnitReader reader = new JUnitReader();

    reader.read(
        new SequenceInputStream(Collections.enumeration(all.map(ReportText::bytes).toList())));

    long kept =
        reader.report().results().stream()
            .mapToLong(result -> result.redFailure().stack().length())
            .sum();
    assertThat(reader.report().results()).hasSize(3_000);
    assertThat(kept).isLessThan(40_000_000);
  }

  @Test
  void keepsNothingOfWhatGreenTestsPrinted() throws IOException {
    String printed = "✓ GET /cart 200\n".repeat(230);
    Stream<String> tests =
        Stream.iterate(0, i -> i + 1)
            .limit(25_000)
            .map(
                i ->
                    "<testcase name='t%d' classname='com.shop.CartTest'><system-out>%s</system-out></testcase>"
                        .formatted(i, printed));
    JUnitReader reader = new JUnitReader();
    long before = liveBytes();

    reader.read(
        new SequenceInputStream(
            new Pieces(
                Stream.of(Stream.of("<testsuite name='s'>"), tests, Stream.of("</testsuite>"))
                    .flatMap(part -> part)
                    .iterator())));

    long kept = liveBytes() - before;
    assertThat(kept).isLessThan(40_000_000);
    assertThat(reader.report().results()).hasSize(25_000);
  }

  @Test
  void keepsWhatARedTestPrintedInAnyTry() throws IOException {
    JUnitReport report =
        read(
            """
            <testsuite name="s">
              <testcase name="a"><failure message="m"/><system-out>red</system-out></testcase>
              <testcase name="a"><system-out>green</system-out></testcase>
              <testcase name="b"><system-out>[[ATTACHMENT|b.png]]</system-out></testcase>
            </testsuite>
            """);

    assertThat(report.results().get(0).output()).isEqualTo("red\ngreen");
    assertThat(report.results().get(1).attachments()).isEmpty();
  }

  @Test
  void aNameInAnotherSuiteIsAnotherTest() throws IOException {
    JUnitReport report =
        read(
            """
<testsuites name="jest tests">
  <testsuite name="cart"><testcase classname="cart adds" name="cart adds"><failure>m</failure></testcase></testsuite>
  <testsuite name="cart"><testcase classname="cart adds" name="cart adds"/></testsuite>
  <testsuite name="cart"><testcase classname="other" name="cart adds (2)"/></testsuite>
</testsuites>
""");

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.results())
        .extracting(TestResult::name, TestResult::status)
        .containsExactly(
            tuple("cart adds", ResultStatus.FAILED),
            tuple("cart adds (2)", ResultStatus.PASSED),
            tuple("other.cart adds (2)", ResultStatus.PASSED));
  }

  @Test
  void testsOfOneNameAreToldApartBySuiteThenByFile() throws IOException {
    JUnitReader reader = new JUnitReader();
    reader.read(
        bytes(
            "<testsuite name='Chrome'><testcase name='adds'"
                + " classname='cart'><error/></testcase></testsuite>"));
    reader.read(
        bytes("<testsuite name='Firefox'><testcase name='adds' classname='cart'/></testsuite>"));
    JUnitReader jest = new JUnitReader();
    for (String file : List.of("a.test.js", "b.test.js")) {
      jest.read(
          bytes("<testsuite name='cart' file='" + file + "'><testcase name='adds'/></testsuite>"));
    }

    assertThat(reader.report().results())
        .extracting(TestResult::name, TestResult::status)
        .containsExactly(
            tuple("cart.adds (Chrome)", ResultStatus.ERROR),
            tuple("cart.adds (Firefox)", ResultStatus.PASSED));
    assertThat(jest.report().results())
        .extracting(TestResult::name)
        .containsExactly("adds (a.test.js)", "adds (b.test.js)");
  }

  @Test
  @Timeout(10)
  void manyTestsOfOneNameAreToldApartInLinearTime() throws IOException {
    StringBuilder suites = new StringBuilder("<testsuites><testsuite name='s'>");
    for (int i = 2; i < 60_000; i++) {
      suites.append("<testcase name='a (").append(i).append(")'/>");
    }
    suites.append("</testsuite>");
    suites.append("<testsuite name='s'><testcase name='a'/></testsuite>".repeat(60_000));

    JUnitReport report = read(suites.append("</testsuites>").toString());

    assertThat(report.results()).extracting(TestResult::name).doesNotHaveDuplicates();
  }

  @Test
  void whatFailedAndWasSkippedThenHasFailed() throws IOException {
    JUnitReport report =
        read(
            "<testsuite name='s'>"
                + "<testcase name='a'><failure message='m'/><skipped/></testcase>"
                + "<testcase name='b'><skipped/><error message='m'/></testcase></testsuite>");

    assertThat(report.results())
        .extracting(TestResult::status)
        .containsExactly(ResultStatus.FAILED, ResultStatus.ERROR);
    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void refusesNamesThatFillTheHeap() {
    String name = "n".repeat(480);
    Stream<String> tests =
        Stream.iterate(0, i -> i + 1)
            .limit(100_000)
            .map(i -> "<testcase name='" + i + name + "'/>");

    assertThatThrownBy(
            () ->
                new JUnitReader()
                    .read(
                        new SequenceInputStream(
                            new Pieces(
                                Stream.concat(Stream.of("<testsuite name='s'>"), tests)
                                    .iterator()))))
        .isInstanceOf(InvalidReport.class)
        .hasMessageContaining("too long");
  }

  /** So that the report itself takes no memory. */
  private record Pieces(Iterator<String> texts) implements Enumeration<InputStream> {

    @Override
    public boolean hasMoreElements() {
      return texts.hasNext();
    }

    @Override
    public InputStream nextElement() {
      return bytes(texts.next());
    }
  }

  private static long liveBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
