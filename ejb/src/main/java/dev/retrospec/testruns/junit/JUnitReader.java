package dev.retrospec.testruns.junit;

import dev.retrospec.testruns.NewTestRun;
import dev.retrospec.testruns.ResultStatus;
import dev.retrospec.testruns.TestResult;
import dev.retrospec.testruns.TestResult.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one or several reports, then tells what all of them say: {@link #read} for each, {@link
 * #report} in the end. A test that a suite lists several times was tried several times, in that
 * order; the same name in another suite is another test, for its green must not hide the red of the
 * first. Not for use by several threads.
 */
public final class JUnitReader {

  static final int MAX_NAME = 500;
  static final int MAX_MESSAGE = 8_000;
  static final int MAX_STACK = 32_000;

  private static final int MAX_DEPTH = 64;

  private final Map<InSuite, TestCaseXml> tests = new LinkedHashMap<>();
  private final ReportRoom room = new ReportRoom();
  private int suites;
  private boolean sawSuite;

  /**
   * An open suite.
   *
   * @param number of its element, because two files may have suites of the same name
   */
  private record Suite(int number, String name, String file, String host) {

    static final Suite NONE = new Suite(0, "", "", "");
  }

  private record InSuite(int suite, String name) {}

  /**
   * Reads one file. The stream stays open.
   *
   * @throws InvalidReport when it is no JUnit XML; nothing of the reader is of use then
   * @throws IOException when the stream cannot be read
   */
  public void read(InputStream stream) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new PlainMarkup(XmlText.of(stream)));
      try {
        document(xml);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof IOException broken) {
        throw broken;
      }
      // The parser's own message quotes the report.
      throw new InvalidReport(
          "the report is not well-formed XML"
              + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNumber()));
    }
    if (!sawSuite) {
      throw new InvalidReport("the report is no JUnit XML: it has no testsuite");
    }
  }

  /** All tests of all files. */
  public JUnitReport report() {
    List<TestResult> results = UniqueNames.of(tests.values());
    long duration =
        results.stream().map(TestResult::durationMs).mapToLong(ms -> ms == null ? 0 : ms).sum();
    return new JUnitReport(results, duration);
  }

  private void document(XMLStreamReader xml) throws XMLStreamException {
    Deque<Suite> suites = new ArrayDeque<>();
    int depth = 0;
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.DTD ->
            throw new InvalidReport("a report must have no document type");
        case XMLStreamConstants.START_ELEMENT -> {
          if (++depth > MAX_DEPTH) {
            throw new InvalidReport("the report is nested deeper than " + MAX_DEPTH);
          }
          switch (xml.getLocalName()) {
            case "testsuites" -> sawSuite = true;
            case "testsuite" -> {
              sawSuite = true;
              suites.push(
                  new Suite(
                      ++this.suites,
                      attribute(xml, "name"),
                      attribute(xml, "file"),
                      attribute(xml, "hostname")));
            }
            case "testcase" -> {
              testCase(xml, suites.isEmpty() ? Suite.NONE : suites.peek(), depth);
              depth--;
            }
            default -> {} // properties and output of a suite are of no test
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          if (xml.getLocalName().equals("testsuite") && !suites.isEmpty()) {
            suites.pop();
          }
        }
        default -> {}
      }
    }
  }

  private void testCase(XMLStreamReader xml, Suite suite, int depth) throws XMLStreamException {
    String className = attribute(xml, "classname");
    String name = attribute(xml, "name");
    String declared = attribute(xml, "file");
    Long duration = milliseconds(attribute(xml, "time"));
    TestCaseXml test =
        found(
            suite,
            TestNames.whole(className, name, suite.name, suite.host),
            className.isEmpty() ? suite.name : className,
            TestNames.file(declared.isEmpty() ? suite.file : declared, className, suite.name));
    List<Attempt> reruns = new ArrayList<>();
    Attempt outcome = Attempt.of(ResultStatus.PASSED, duration);
    boolean flaky = false;
    while (xml.next() != XMLStreamConstants.END_ELEMENT) {
      if (!xml.isStartElement()) {
        continue;
      }
      switch (xml.getLocalName()) {
        case "failure" -> outcome = first(outcome, red(xml, ResultStatus.FAILED, duration, depth));
        case "error" -> outcome = first(outcome, red(xml, ResultStatus.ERROR, duration, depth));
        case "rerunFailure" -> reruns.add(red(xml, ResultStatus.FAILED, null, depth));
        case "rerunError" -> reruns.add(red(xml, ResultStatus.ERROR, null, depth));
        case "flakyFailure" -> {
          flaky = true;
          reruns.add(red(xml, ResultStatus.FAILED, null, depth));
        }
        case "flakyError" -> {
          flaky = true;
          reruns.add(red(xml, ResultStatus.ERROR, null, depth));
        }
        case "skipped" -> {
          skip(xml, depth);
          outcome = first(outcome, Attempt.of(ResultStatus.SKIPPED, duration));
        }
        case "system-out", "system-err" ->
            test.output(
                content(xml, depth, Math.min(room.left(), TestCaseXml.MAX_OUTPUT * 4), true));
        case "properties" -> properties(xml, test, depth);
        default -> skip(xml, depth);
      }
    }
    if (flaky) {
      reruns.forEach(test::attempt); // they came before the try that passed
      test.attempt(outcome);
    } else {
      test.attempt(outcome);
      reruns.forEach(test::attempt);
    }
    room.take(test.settled());
  }

  /**
   * pytest writes a failure and an error of one test, others skip what had failed: the first red
   * one tells.
   */
  private static Attempt first(Attempt known, Attempt next) {
    return known.status().isRed() ? known : next;
  }

  private TestCaseXml found(Suite suite, String wholeName, String className, String file) {
    String name = shortened(Ansi.stripped(wholeName).strip());
    if (name.isEmpty()) {
      throw new InvalidReport("the report has a testcase without a name");
    }
    InSuite key = new InSuite(suite.number, name);
    TestCaseXml known = tests.get(key);
    if (known == null) {
      if (tests.size() >= NewTestRun.MAX_RESULTS) {
        throw new InvalidReport("the report has more than " + NewTestRun.MAX_RESULTS + " tests");
      }
      known =
          new TestCaseXml(
              room.name(name), room.place(suite.name), room.place(className), room.place(file));
      tests.put(key, known);
    }
    return known;
  }

  /** Long names (of parameters, above all) stay different when they are cut. */
  static String shortened(String name) {
    return name.length() <= MAX_NAME
        ? name
        : FailureWords.cut(name, MAX_NAME - 12) + "…#" + Integer.toHexString(name.hashCode());
  }

  private Attempt red(XMLStreamReader xml, ResultStatus status, @Nullable Long duration, int depth)
      throws XMLStreamException {
    String type = attribute(xml, "type");
    int limit = room.left();
    String message = FailureWords.cut(attribute(xml, "message"), Math.min(limit, MAX_STACK));
    TestResult.Failure failure = FailureWords.of(type, message, content(xml, depth, limit, false));
    room.take(failure.message().length());
    room.take(failure.stack() == null ? 0 : failure.stack().length());
    return Attempt.red(status, duration, failure);
  }

  private static void properties(XMLStreamReader xml, TestCaseXml test, int depth)
      throws XMLStreamException {
    int open = 1;
    while (open > 0) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        deeper(depth + ++open);
        String name = attribute(xml, "name");
        if (name.startsWith("attachment") && !attribute(xml, "value").isBlank()) {
          test.attach(attribute(xml, "value"));
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        open--;
      }
    }
  }

  /** The text of an element and of those within it: Surefire puts a rerun's stack into one. */
  private static String content(XMLStreamReader xml, int depth, int limit, boolean keepsEnd)
      throws XMLStreamException {
    BoundedText text = keepsEnd ? BoundedText.end(limit) : BoundedText.ends(limit);
    int open = 1;
    int ignored = 0;
    while (open > 0) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          deeper(depth + ++open);
          if (ignored > 0 || xml.getLocalName().startsWith("system-")) {
            ignored++;
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          open--;
          ignored = Math.max(0, ignored - 1);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (ignored == 0) {
            text.add(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
          }
        }
        default -> {}
      }
    }
    return text.toString();
  }

  private static void skip(XMLStreamReader xml, int depth) throws XMLStreamException {
    content(xml, depth, 0, false);
  }

  private static void deeper(int depth) {
    if (depth > MAX_DEPTH) {
      throw new InvalidReport("the report is nested deeper than " + MAX_DEPTH);
    }
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value.strip();
  }

  /** Seconds, with a comma in the locale of some tools and between thousands in others. */
  static @Nullable Long milliseconds(String seconds) {
    if (seconds.isEmpty()) {
      return null;
    }
    String plain = seconds.indexOf('.') >= 0 ? seconds.replace(",", "") : seconds.replace(',', '.');
    try {
      double value = Double.parseDouble(plain);
      return value >= 0 && value < 1e9 ? Math.round(value * 1_000) : null;
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }
}
