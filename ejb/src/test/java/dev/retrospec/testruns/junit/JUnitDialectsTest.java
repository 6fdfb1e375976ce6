package dev.retrospec.testruns.junit;

import static dev.retrospec.testruns.junit.ReportText.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.retrospec.testruns.ResultStatus;
import dev.retrospec.testruns.RunStatus;
import dev.retrospec.testruns.TestResult;
import dev.retrospec.testruns.TestResult.Attachment;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the tools of the field write, each in its own way. */
class JUnitDialectsTest {

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
}
