package dev.retrospec.testruns.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.retrospec.testruns.ResultStatus;
import dev.retrospec.testruns.RunStatus;
import dev.retrospec.testruns.TestResult;
import dev.retrospec.testruns.TestResult.Attachment;
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
  void readsSurefireWithReruns() throws IOException {
    JUnitReport report =
        read(
            """
<?xml version="1.0" encoding="UTF-8"?>
<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="com.shop.CartTest" time="1.5" tests="4">
  <properties><property name="java.version" value="17"/></properties>
  <testcase name="adds" classname="com.shop.CartTest" time="0.012"/>
  <testcase name="sums" classname="com.shop.CartTest" time="1,234.5">
    <failure message="expected: &lt;3&gt; but was: &lt;4&gt;" type="org.opentest4j.AssertionFailedError"><![CDATA[org.opentest4j.AssertionFailedError: expected: <3> but was: <4>
	at com.shop.CartTest.sums(CartTest.java:12)
]]></failure>
    <rerunFailure message="expected: &lt;3&gt; but was: &lt;5&gt;" type="org.opentest4j.AssertionFailedError">
      <stackTrace>again</stackTrace><system-out>noise</system-out>
    </rerunFailure>
    <system-out><![CDATA[cart has 4]]></system-out>
  </testcase>
  <testcase name="flickers" classname="com.shop.CartTest" time="0.2">
    <flakyError type="java.io.IOException" message="reset"><stackTrace>java.io.IOException: reset
	at com.shop.Net.read(Net.java:3)</stackTrace></flakyError>
  </testcase>
  <testcase name="later" classname="com.shop.CartTest" time="0"><skipped message="not yet"/></testcase>
</testsuite>
""");

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.results())
        .extracting(TestResult::name, TestResult::status)
        .containsExactly(
            tuple("com.shop.CartTest.adds", ResultStatus.PASSED),
            tuple("com.shop.CartTest.sums", ResultStatus.FAILED),
            tuple("com.shop.CartTest.flickers", ResultStatus.FLAKY),
            tuple("com.shop.CartTest.later", ResultStatus.SKIPPED));
    TestResult sums = report.results().get(1);
    assertThat(sums.attempts()).hasSize(2);
    assertThat(sums.durationMs()).isEqualTo(1_234_500);
    assertThat(sums.output()).isEqualTo("cart has 4");
    assertThat(sums.attempts().get(0).failure())
        .isEqualTo(
            new TestResult.Failure(
                "org.opentest4j.AssertionFailedError",
                "expected: <3> but was: <4>",
                "org.opentest4j.AssertionFailedError: expected: <3> but was: <4>\n"
                    + "\tat com.shop.CartTest.sums(CartTest.java:12)"));
    assertThat(sums.redFailure().stack()).isEqualTo("again");
    assertThat(report.results().get(2).redFailure().stack()).contains("Net.java:3");
  }

  @Test
  void readsPytestWhereFailureAndErrorAreOneTest() throws IOException {
    JUnitReport report =
        read(
            """
<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest" hostname="runner-7">
<testcase classname="tests.test_api.TestLogin" name="test_login[de-DE]" time="0.5" file="tests/test_api.py" line="12">
  <failure message="AssertionError: assert 500 == 200">def test_login():
&gt;       assert response.status == 200
E       AssertionError: assert 500 == 200

tests/test_api.py:14: AssertionError</failure></testcase>
<testcase classname="tests.test_api.TestLogin" name="test_login[de-DE]" time="0.1">
  <error message="failed on teardown with &quot;boom&quot;">RuntimeError: boom</error></testcase>
</testsuite></testsuites>
""");

    TestResult test = report.results().get(0);
    assertThat(report.results()).hasSize(1);
    assertThat(test.name()).isEqualTo("tests.test_api.TestLogin.test_login[de-DE]");
    assertThat(test.file()).isEqualTo("tests/test_api.py");
    assertThat(test.status()).isEqualTo(ResultStatus.ERROR);
    assertThat(test.attempts().get(0).failure().message())
        .isEqualTo("AssertionError: assert 500 == 200");
  }

  @Test
  void readsPlaywrightWithColoursAttachmentsAndProjects() throws IOException {
    JUnitReport report =
        read(
            """
            <testsuites id="" name="" tests="2" failures="1" time="3.2">
            <testsuite name="cart.spec.ts" hostname="chromium" tests="1">
            <testcase name="cart › adds" classname="cart.spec.ts" time="1.1">
            <failure message="cart.spec.ts:8:5 adds" type="FAILURE">
            <![CDATA[  [chromium] › cart.spec.ts:8:5 › cart › adds ────────

                Error: \u001b[2mexpect(\u001b[22mlocator\u001b[2m).toBeVisible()\u001b[22m failed

                Locator: locator('#total')

                   8 | test('adds', async ({ page }) => {
                  at /home/ci/shop/cart.spec.ts:9:30
            ]]></failure>
            <system-out><![CDATA[
            [[ATTACHMENT|test-results/cart-adds/test-failed-1.png]]
            [[ATTACHMENT|test-results/cart-adds/trace.zip]]
            hello]]></system-out>
            </testcase></testsuite>
            <testsuite name="cart.spec.ts" hostname="firefox">
            <testcase name="cart › adds" classname="cart.spec.ts" time="0.9"/>
            </testsuite></testsuites>
            """);

    assertThat(report.results())
        .extracting(TestResult::name, TestResult::status)
        .containsExactly(
            tuple("[chromium] cart.spec.ts › cart › adds", ResultStatus.FAILED),
            tuple("[firefox] cart.spec.ts › cart › adds", ResultStatus.PASSED));
    TestResult red = report.results().get(0);
    assertThat(red.file()).isEqualTo("cart.spec.ts");
    assertThat(red.attachments())
        .containsExactly(
            new Attachment("test-failed-1.png", "test-results/cart-adds/test-failed-1.png"),
            new Attachment("trace.zip", "test-results/cart-adds/trace.zip"));
    assertThat(red.output()).isEqualTo("hello");
    assertThat(red.redFailure().message())
        .startsWith("Error: expect(locator).toBeVisible() failed");
    assertThat(red.redFailure().type()).isNull();
  }

  @Test
  void readsNodesOwnRunnerWhoseSuitesAreDescriptions() throws IOException {
    JUnitReport report =
        read(
            """
<testsuites>
<testcase name="stands alone" time="0.1" classname="test"/>
<testsuite name="the tea counter" tests="2" failures="1" hostname="vm">
  <testcase name="names the price" time="0.06" classname="test" failure="the quote was refused">
    <failure type="testCodeFailure" message="the quote was refused">
[Error [ERR_TEST_FAILURE]: the quote was refused] {
  code: 'ERR_TEST_FAILURE',
  failureType: 'testCodeFailure',
  cause: QuoteRefused [ERR_QUOTE]: the quote was refused
      at priceOf (file:///build/client.mjs:25:11)
}
    </failure>
  </testcase>
</testsuite></testsuites>
""");

    assertThat(report.results())
        .extracting(TestResult::name)
        .containsExactly("stands alone", "the tea counter › names the price");
    TestResult.Failure failure = report.results().get(1).redFailure();
    assertThat(failure.type()).isEqualTo("QuoteRefused");
    assertThat(failure.message()).isEqualTo("the quote was refused");
    assertThat(failure.stack()).contains("client.mjs:25:11");
  }

  @Test
  void readsJestWhoseNamesRepeatTheSuite() throws IOException {
    JUnitReport report =
        read(
            """
<testsuites name="jest tests"><testsuite name="cart" file="src/cart.test.js">
<testcase classname="cart adds" name="cart adds" time="0.003">
<failure>Error: expect(received).toBe(expected)

Expected: 3
Received: 4
    at Object.toBe (/app/src/cart.test.js:5:13)</failure></testcase></testsuite></testsuites>
""");

    TestResult red = report.results().get(0);
    assertThat(red.name()).isEqualTo("cart adds");
    assertThat(red.file()).isEqualTo("src/cart.test.js");
    assertThat(red.redFailure().message())
        .isEqualTo("Error: expect(received).toBe(expected)\n\nExpected: 3\nReceived: 4");
  }

  @Test
  void readsGotestsumWhoseRerunsAreListedAgain() throws IOException {
    JUnitReport report =
        read(
            """
<testsuites><testsuite name="example.com/shop/cart">
<testcase classname="example.com/shop/cart" name="TestAdd/empty" time="0.010">
<failure message="Failed" type="">=== RUN   TestAdd/empty
    cart_test.go:14: got 4, want 3
--- FAIL: TestAdd/empty (0.01s)</failure></testcase>
<testcase classname="example.com/shop/cart" name="TestAdd/empty" time="0.008"></testcase>
</testsuite></testsuites>
""");

    assertThat(report.results()).hasSize(1);
    assertThat(report.results().get(0).name()).isEqualTo("example.com/shop/cart.TestAdd/empty");
    assertThat(report.results().get(0).status()).isEqualTo(ResultStatus.FLAKY);
    assertThat(report.status()).isEqualTo(RunStatus.PASSED);
    assertThat(report.results().get(0).redFailure().message()).contains("got 4, want 3");
  }

  @Test
  void readsGradleAndNestedSuites() throws IOException {
    JUnitReport report =
        read(
            """
<testsuites><testsuite name="all"><testsuite name="com.shop.OuterTest" hostname="box">
  <testcase name="adds()" classname="com.shop.OuterTest" time="0.1"/>
  <testsuite name="com.shop.OuterTest$Inner"><testcase name="sums()" classname="com.shop.OuterTest$Inner" time="0.1"/></testsuite>
  <system-out>of no test</system-out>
</testsuite></testsuite></testsuites>
""");

    assertThat(report.results())
        .extracting(TestResult::name)
        .containsExactly("com.shop.OuterTest.adds()", "com.shop.OuterTest$Inner.sums()");
  }

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
        new SequenceInputStream(Collections.enumeration(all.map(JUnitReaderTest::bytes).toList())));

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

  private static JUnitReport read(String xml) throws IOException {
    JUnitReader reader = new JUnitReader();
    reader.read(bytes(xml));
    return reader.report();
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
