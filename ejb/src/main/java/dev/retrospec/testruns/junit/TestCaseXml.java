package dev.retrospec.testruns.junit;

import dev.retrospec.testruns.TestResult;
import dev.retrospec.testruns.TestResult.Attachment;
import dev.retrospec.testruns.TestResult.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One test while its report is read. */
final class TestCaseXml {

  static final int MAX_OUTPUT = 4_000;

  private static final int MAX_ATTACHMENTS = 20;
  private static final int MAX_ATTEMPTS = 50;
  private static final int MAX_PATH = 1_000;

  /** How Playwright, GitLab and Jenkins mark a file in the output. */
  private static final Pattern ATTACHMENT =
      Pattern.compile("\\[\\[ATTACHMENT\\|([^\\]\\n]{1," + MAX_PATH + "})\\]\\]");

  private final String name;
  private final String listedIn;
  private final String suite;
  private final String file;
  private final List<Attempt> attempts = new ArrayList<>(1);
  private final List<Attachment> attachments = new ArrayList<>(0);
  private String output = "";

  /**
   * @param listedIn the suite's own name
   * @param suite the class, where it has one
   */
  TestCaseXml(String name, String listedIn, String suite, String file) {
    this.name = name;
    this.listedIn = listedIn;
    this.suite = suite;
    this.file = file;
  }

  void attempt(Attempt attempt) {
    if (attempts.size() == MAX_ATTEMPTS) {
      attempts.remove(MAX_ATTEMPTS - 1); // the last one decides
    }
    attempts.add(attempt);
  }

  void output(String text) {
    String plain = Ansi.stripped(text);
    Matcher marks = ATTACHMENT.matcher(plain);
    while (marks.find()) {
      attach(marks.group(1));
    }
    String rest = ATTACHMENT.matcher(plain).replaceAll("").strip();
    if (!rest.isEmpty()) {
      String all = output.isEmpty() ? rest : output + "\n" + rest;
      int from = Math.max(0, all.length() - MAX_OUTPUT);
      boolean halved = from > 0 && Character.isLowSurrogate(all.charAt(from));
      output = all.substring(halved ? from + 1 : from);
    }
  }

  void attach(String path) {
    String whole = FailureWords.cut(path.strip(), MAX_PATH);
    int slash = Math.max(whole.lastIndexOf('/'), whole.lastIndexOf('\\'));
    Attachment attachment = new Attachment(whole.substring(slash + 1), whole);
    if (attachments.size() < MAX_ATTACHMENTS && !attachments.contains(attachment)) {
      attachments.add(attachment);
    }
  }

  /**
   * Called when a try has been read. What a green one printed is of no use, and there may be a
   * hundred thousand of them.
   *
   * @return how many characters are kept of what it printed
   */
  int settled() {
    if (attempts.stream().noneMatch(attempt -> attempt.status().isRed())) {
      output = "";
      attachments.clear();
    }
    return output.length();
  }

  String name() {
    return name;
  }

  String listedIn() {
    return listedIn;
  }

  String file() {
    return file;
  }

  /**
   * @param uniqueName told instead of its own name
   */
  TestResult result(String uniqueName) {
    return new TestResult(
        uniqueName,
        suite,
        file.isEmpty() ? null : file,
        attempts,
        attachments,
        output.isEmpty() ? null : output);
  }
}
