package dev.retrospec.inspection;

import dev.retrospec.recommendations.ChangedFile;
import dev.retrospec.recommendations.UnifiedDiff;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The change of a run as a page shows it: file by file, and bounded, because nobody reads a diff of
 * a hundred thousand lines and no browser likes to draw it.
 *
 * @param files in the order of the diff
 * @param hasMore whether files, or lines of some, were left out
 */
public record RunDiff(List<FileDiff> files, boolean hasMore) {

  static final int MAX_FILES = 100;
  static final int MAX_LINES = 3_000;
  static final int MAX_LINES_OF_A_FILE = 500;

  /** Minified code is one line. */
  static final int MAX_LINE_LENGTH = 400;

  private static final RunDiff NONE = new RunDiff(List.of(), false);

  private static final Pattern HUNK =
      Pattern.compile("^@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@");

  /** What a line tells. */
  public enum Kind {
    /** Where the next lines stand. */
    HUNK,
    ADDED,
    DELETED,
    SAME
  }

  /**
   * A line of a file.
   *
   * @param number in the file as it is now; as it was, of a deleted line; 0 of a hunk
   * @param text without its sign
   */
  public record Line(Kind kind, int number, String text) {}

  /**
   * One changed file.
   *
   * @param lines none of a binary file, and of one that was only renamed
   * @param hasMore whether lines were left out
   */
  public record FileDiff(ChangedFile file, List<Line> lines, boolean hasMore) {

    public FileDiff {
      lines = List.copyOf(lines);
    }
  }

  public RunDiff {
    files = List.copyOf(files);
  }

  /** Nothing, where there is no diff. */
  static RunDiff of(@Nullable String diff) {
    if (diff == null) {
      return NONE;
    }
    List<FileDiff> files = new ArrayList<>();
    int left = MAX_LINES;
    boolean hasMore = false;
    for (List<String> section : sections(diff)) {
      List<ChangedFile> named = UnifiedDiff.parse(String.join("\n", section));
      if (named.isEmpty()) {
        continue;
      }
      if (files.size() == MAX_FILES) {
        hasMore = true;
        break;
      }
      FileDiff file = file(named.get(0), section, Math.min(left, MAX_LINES_OF_A_FILE));
      files.add(file);
      left -= file.lines.size();
      hasMore |= file.hasMore;
    }
    return new RunDiff(files, hasMore);
  }

  /** The lines of each file, its header first. */
  private static List<List<String>> sections(String diff) {
    List<List<String>> sections = new ArrayList<>();
    List<String> section = new ArrayList<>();
    boolean hasHunk = true;
    Hunk hunk = new Hunk();
    for (Iterator<String> lines = diff.lines().iterator(); lines.hasNext(); ) {
      String line = lines.next();
      if (!hunk.takes(line)) {
        boolean isGit = line.startsWith("diff --");
        // A plain diff has no line before it.
        if (isGit || line.startsWith("--- ") && hasHunk) {
          section = new ArrayList<>();
          sections.add(section);
          hasHunk = false;
        }
        hasHunk |= hunk.begins(line);
      }
      section.add(line);
    }
    return sections;
  }

  private static FileDiff file(ChangedFile file, List<String> section, int most) {
    List<Line> lines = new ArrayList<>();
    Hunk hunk = new Hunk();
    for (String line : section) {
      Line shown = null;
      if (hunk.takes(line)) {
        shown = hunk.line(line);
      } else if (hunk.begins(line)) {
        shown = new Line(Kind.HUNK, 0, cut(line));
      }
      if (shown != null && lines.size() == most) {
        return new FileDiff(file, lines, true);
      }
      if (shown != null) {
        lines.add(shown);
      }
    }
    return new FileDiff(file, lines, false);
  }

  private static String cut(String line) {
    return line.length() > MAX_LINE_LENGTH ? line.substring(0, MAX_LINE_LENGTH) + "…" : line;
  }

  /** Where in a hunk the reading is: a changed line may look like a header, so lines count. */
  private static final class Hunk {

    private int oldLine;
    private int newLine;
    private int oldLeft;
    private int newLeft;

    boolean begins(String line) {
      Matcher hunk = HUNK.matcher(line);
      if (!hunk.find()) {
        return false;
      }
      oldLine = Integer.parseInt(hunk.group(1));
      oldLeft = count(hunk.group(2));
      newLine = Integer.parseInt(hunk.group(3));
      newLeft = count(hunk.group(4));
      return true;
    }

    /** Whether the line belongs to the hunk, which ends with the last one that was announced. */
    boolean takes(String line) {
      if (oldLeft <= 0 && newLeft <= 0) {
        return false;
      }
      switch (sign(line)) {
        case '+' -> newLeft--;
        case '-' -> oldLeft--;
        case ' ' -> {
          oldLeft--;
          newLeft--;
        }
        case '\\' -> {} // "\ No newline at end of file" counts on neither side
        default -> {
          // It was cut off; this is the next header.
          oldLeft = 0;
          newLeft = 0;
          return false;
        }
      }
      return true;
    }

    /** What a taken line shows; null of a remark. */
    @Nullable Line line(String line) {
      String text = line.isEmpty() ? "" : cut(line.substring(1));
      return switch (sign(line)) {
        case '+' -> new Line(Kind.ADDED, newLine++, text);
        case '-' -> new Line(Kind.DELETED, oldLine++, text);
        case ' ' -> {
          oldLine++;
          yield new Line(Kind.SAME, newLine++, text);
        }
        default -> null;
      };
    }

    private static char sign(String line) {
      return line.isEmpty() ? ' ' : line.charAt(0);
    }

    private static int count(@Nullable String number) {
      return number == null ? 1 : Integer.parseInt(number);
    }
  }
}
