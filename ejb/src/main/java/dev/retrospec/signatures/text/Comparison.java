package dev.retrospec.signatures.text;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the compared values out of an assertion's message, so that its sentence is the same whatever
 * was compared. Knows the wordings of JUnit, AssertJ, Hamcrest, Chai (Vitest), Jest, Playwright,
 * pytest, unittest, Go, testify, RSpec, Minitest, xUnit, NUnit, FluentAssertions and Rust. One pass
 * over the lines, literal searches inside of a line.
 */
final class Comparison {

  static final String VALUE = "<value>";

  private static final int MAX_LINES = 60;
  private static final int MAX_LINE_LENGTH = 1_000;

  private enum Side {
    EXPECTED,
    ACTUAL,
    OTHER
  }

  /** Two values in one line: what stands before the first, between them, behind the second. */
  private record Form(String before, String between, String after, Side first) {}

  private static final List<Form> FORMS =
      List.of(
          new Form("expected: <", "> but was: <", ">", Side.EXPECTED),
          new Form("expected:<", "> but was:<", ">", Side.EXPECTED),
          new Form("expected same:<", "> was not:<", ">", Side.EXPECTED),
          new Form("expected ", " to deeply equal ", " // ", Side.ACTUAL),
          new Form("expected ", " to strictly equal ", " // ", Side.ACTUAL),
          new Form("expected ", " to equal ", " // ", Side.ACTUAL),
          new Form("expected ", " to match object ", " // ", Side.ACTUAL),
          new Form("expected ", " to match ", " // ", Side.ACTUAL),
          new Form("expected ", " to include ", " // ", Side.ACTUAL),
          new Form("expected ", " to contain ", " // ", Side.ACTUAL),
          new Form("expected ", " to have a length of ", " but ", Side.ACTUAL),
          new Form("expected ", " to be close to ", " // ", Side.ACTUAL),
          new Form("expected ", " to be less than ", " // ", Side.ACTUAL),
          new Form("expected ", " to be greater than ", " // ", Side.ACTUAL),
          new Form("to be ", ", but found ", ".", Side.EXPECTED),
          new Form("expected ", " to be ", " // ", Side.ACTUAL),
          new Form("got ", ", want ", "\u0000", Side.ACTUAL),
          new Form("got: ", ", want: ", "\u0000", Side.ACTUAL),
          new Form("= ", ", want ", "\u0000", Side.ACTUAL),
          new Form("expected ", ", got ", "\u0000", Side.EXPECTED),
          new Form("expected ", " but got ", "\u0000", Side.EXPECTED),
          new Form("expected ", ", but was ", "\u0000", Side.EXPECTED),
          new Form("assert ", " == ", "\u0000", Side.ACTUAL),
          new Form("assert ", " in ", "\u0000", Side.EXPECTED),
          new Form("assert ", " is ", "\u0000", Side.ACTUAL));

  /** {@code but was: 8}, {@code Received: 4}, {@code left: 1}, {@code to be equal to:}. */
  private static final Pattern LABEL =
      Pattern.compile(
          "^\\s{0,12}(?<label>(?:but )?(?:expected|expecting|actual|received|got|want(?:ed)?|found|left|right"
              + "|was|but|to (?:be|equal|contain|match|have|start|end)|not to|when comparing|with)\\b[^:<]{0,80}?)"
              + "\\s{0,8}:(?: (?<value>.*)|(?<block>\\s*))$",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern EXPECTED_LABEL =
      Pattern.compile(
          "^(?:expected|want|right|to (?:be|equal|contain|match|have|start|end)).*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ACTUAL_LABEL =
      Pattern.compile(
          "^(?:actual|expecting|received|got|left|but was|was|but|found|but found).*",
          Pattern.CASE_INSENSITIVE);

  /** {@code - Expected - 1}, {@code + Received + 1}: what follows is a diff. */
  private static final Pattern DIFF =
      Pattern.compile("^\\s{0,4}[-+] ?(?:Expected|Received|Actual)\\b.*");

  private final StringBuilder sentence = new StringBuilder();
  private final StringBuilder expected = new StringBuilder();
  private final StringBuilder actual = new StringBuilder();
  private @Nullable Side block;
  private boolean blockHasValue;
  private boolean diff;
  private boolean diffIsNews;

  private Comparison() {}

  /** The sentence, and the values as they stand in the text. */
  record Cut(String sentence, String expected, String actual) {}

  static Cut of(String message) {
    Comparison comparison = new Comparison();
    int lines = 0;
    for (int at = 0; at <= message.length() && lines < MAX_LINES; lines++) {
      int next = message.indexOf('\n', at);
      int end = next < 0 ? message.length() : next;
      comparison.line(PlainText.cut(message.substring(at, end), MAX_LINE_LENGTH));
      at = end + 1;
    }
    return new Cut(
        comparison.sentence.toString().strip(),
        comparison.expected.toString().strip(),
        comparison.actual.toString().strip());
  }

  private void line(String line) {
    if (diffLine(line) || blockLine(line)) {
      return;
    }
    for (Form form : FORMS) {
      if (cut(line, form)) {
        return;
      }
    }
    Matcher label = LABEL.matcher(line);
    if (label.matches()) {
      labelled(label);
    } else if (!cutUnequal(line)) {
      say(line);
    }
  }

  private boolean diffLine(String line) {
    if (DIFF.matcher(line).matches()) {
      diff = true;
      diffIsNews = expected.isEmpty() && actual.isEmpty();
      return true;
    }
    if (!diff) {
      return false;
    }
    String text = line.strip();
    // The lines without a sign repeat what both have.
    if (diffIsNews && text.startsWith("-")) {
      tell(Side.EXPECTED, text.substring(1).strip());
    } else if (diffIsNews && text.startsWith("+")) {
      tell(Side.ACTUAL, text.substring(1).strip());
    }
    return true;
  }

  /** Values of several lines are indented below their label. */
  private boolean blockLine(String line) {
    if (block == null) {
      return false;
    }
    if (line.isBlank()) {
      return true;
    }
    if (!line.startsWith("  ") && !line.startsWith("\t")) {
      block = null;
      return false;
    }
    if (LABEL.matcher(line).matches() && blockHasValue) {
      block = null;
      return false;
    }
    tell(block, line.strip());
    blockHasValue = true;
    return true;
  }

  private void labelled(Matcher label) {
    String words = label.group("label");
    Side side = side(words);
    say(words + ": " + VALUE);
    if (label.group("value") == null || label.group("value").isBlank()) {
      block = side;
      blockHasValue = false;
    } else {
      tell(side, label.group("value").strip());
    }
  }

  /** The first value told of a side is the value; what follows explains it. */
  private Side side(String label) {
    String words = label.strip();
    if (EXPECTED_LABEL.matcher(words).matches()) {
      return expected.isEmpty() ? Side.EXPECTED : Side.OTHER;
    }
    return ACTUAL_LABEL.matcher(words).matches() && actual.isEmpty() ? Side.ACTUAL : Side.OTHER;
  }

  private boolean cut(String line, Form form) {
    int before = line.indexOf(form.before);
    if (before < 0) {
      return false;
    }
    int first = before + form.before.length();
    int between = line.indexOf(form.between, first);
    if (between < 0) {
      return false;
    }
    int second = between + form.between.length();
    int after = line.lastIndexOf(form.after);
    int end = after < second ? line.length() : after;
    say(line.substring(0, first) + VALUE + form.between + VALUE + line.substring(end));
    tell(form.first, line.substring(first, between));
    tell(form.first == Side.ACTUAL ? Side.EXPECTED : Side.ACTUAL, line.substring(second, end));
    return true;
  }

  /** unittest: {@code 4 != 8} is the whole message. */
  private boolean cutUnequal(String line) {
    int sign = line.indexOf(" != ");
    if (sign <= 0 || !sentence.isEmpty()) {
      return false;
    }
    int end = line.indexOf(" : ", sign);
    int stop = end < 0 ? line.length() : end;
    say(VALUE + " != " + VALUE + line.substring(stop));
    tell(Side.ACTUAL, line.substring(0, sign));
    tell(Side.EXPECTED, line.substring(sign + 4, stop));
    return true;
  }

  private void say(String words) {
    sentence.append(words).append('\n');
  }

  private void tell(Side side, String value) {
    if (side == Side.EXPECTED) {
      expected.append(value).append(' ');
    } else if (side == Side.ACTUAL) {
      actual.append(value).append(' ');
    }
  }
}
