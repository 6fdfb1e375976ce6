package dev.retrospec.recommendations;

import dev.retrospec.recommendations.ChangedFile.Change;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files out of a diff as {@code git diff} and {@code diff -u} write it: renames, copies,
 * deletions, binary files, quoted names, merges ({@code diff --cc}), any prefix or none. Counts the
 * lines of each hunk, so that a changed line which looks like a header is none. A diff that is cut
 * off or followed by other text gives what could be read; linear in its length.
 */
public final class UnifiedDiff {

  /** More files than any change that a person reads; a vendored tree is not evidence. */
  static final int MAX_FILES = 5_000;

  private static final int MAX_PATH = 1_000;
  private static final String NOTHING = "/dev/null";

  private static final Pattern HUNK =
      Pattern.compile("^@@ -\\d+(?:,(\\d{1,9}))? \\+\\d+(?:,(\\d{1,9}))? @@");
  private static final Pattern PREFIX = Pattern.compile("^[abciow12]/");

  private final Map<String, ChangedFile> files = new LinkedHashMap<>();
  private @Nullable String oldPath;
  private @Nullable String newPath;
  private Change change = Change.MODIFIED;
  private boolean open;
  private int added;
  private int deleted;

  private UnifiedDiff() {}

  /** The files in the order of the diff, each once. */
  public static List<ChangedFile> parse(String diff) {
    return new UnifiedDiff().read(diff);
  }

  private List<ChangedFile> read(String diff) {
    Iterator<String> lines = diff.lines().iterator();
    int oldLeft = 0;
    int newLeft = 0;
    while (lines.hasNext() && files.size() < MAX_FILES) {
      String line = lines.next();
      if (oldLeft > 0 || newLeft > 0) {
        char kind = line.isEmpty() ? ' ' : line.charAt(0);
        switch (kind) {
          case '+' -> {
            added++;
            newLeft--;
          }
          case '-' -> {
            deleted++;
            oldLeft--;
          }
          case '\\' -> {} // "\ No newline at end of file" counts on neither side
          case ' ' -> {
            oldLeft--;
            newLeft--;
          }
          default -> {
            // The hunk was cut off: this is the next header.
            oldLeft = 0;
            newLeft = 0;
            header(line);
          }
        }
        continue;
      }
      Matcher hunk = HUNK.matcher(line);
      if (hunk.find()) {
        oldLeft = count(hunk.group(1));
        newLeft = count(hunk.group(2));
      } else {
        header(line);
      }
    }
    close();
    return List.copyOf(files.values());
  }

  private void header(String line) {
    if (line.startsWith("diff --git ")) {
      begin();
      bothPaths(line.substring("diff --git ".length()));
    } else if (line.startsWith("diff --cc ") || line.startsWith("diff --combined ")) {
      begin();
      newPath = name(line.substring(line.indexOf(' ', "diff --".length()) + 1));
      oldPath = newPath;
    } else if (line.startsWith("new file mode")) {
      change = Change.ADDED;
    } else if (line.startsWith("deleted file mode")) {
      change = Change.DELETED;
    } else if (line.startsWith("rename from ")) {
      oldPath = name(line.substring("rename from ".length()));
    } else if (line.startsWith("rename to ")) {
      newPath = name(line.substring("rename to ".length()));
      change = Change.RENAMED;
    } else if (line.startsWith("copy to ")) {
      newPath = name(line.substring("copy to ".length()));
      change = Change.ADDED;
    } else if (line.startsWith("--- ")) {
      if (!open || added + deleted > 0) {
        begin(); // a plain diff has no line before it
      }
      oldPath = prefixed(line.substring(4));
    } else if (line.startsWith("+++ ") && open) {
      newPath = prefixed(line.substring(4));
    }
  }

  private void begin() {
    close();
    open = true;
    oldPath = null;
    newPath = null;
    change = Change.MODIFIED;
    added = 0;
    deleted = 0;
  }

  private void close() {
    if (!open) {
      return;
    }
    open = false;
    boolean isNew = NOTHING.equals(oldPath);
    boolean isGone = NOTHING.equals(newPath);
    String path = newPath == null || isGone ? oldPath : newPath;
    if (path == null || path.isEmpty() || path.equals(NOTHING) || path.length() > MAX_PATH) {
      return;
    }
    Change what = isNew ? Change.ADDED : isGone ? Change.DELETED : change;
    files.putIfAbsent(path, new ChangedFile(path, what, added, deleted));
  }

  /**
   * {@code a/x b/x}: names may hold blanks, and then only their being equal tells where one ends.
   * Renamed files say their names again in lines of their own.
   */
  private void bothPaths(String rest) {
    if (rest.startsWith("\"")) {
      int end = endOfQuoted(rest);
      oldPath = prefixed(rest.substring(0, end));
      newPath = prefixed(rest.substring(Math.min(rest.length(), end + 1)));
      return;
    }
    int middle = rest.length() / 2;
    if (rest.length() % 2 == 1 && rest.charAt(middle) == ' ') {
      String one = prefixed(rest.substring(0, middle));
      String other = prefixed(rest.substring(middle + 1));
      if (one.equals(other)) {
        oldPath = one;
        newPath = other;
        return;
      }
    }
    int space = rest.indexOf(" b/");
    oldPath = prefixed(space < 0 ? rest : rest.substring(0, space));
    newPath = prefixed(space < 0 ? rest : rest.substring(space + 1));
  }

  private static String prefixed(String path) {
    String name = name(path);
    return name.equals(NOTHING) ? name : PREFIX.matcher(name).replaceFirst("");
  }

  /** Without the time that {@code diff -u} writes behind a tab, and without quotes. */
  private static String name(String path) {
    if (path.startsWith("\"")) {
      int end = endOfQuoted(path);
      return unquoted(path.substring(1, Math.max(1, end - 1)));
    }
    int tab = path.indexOf('\t');
    return (tab < 0 ? path : path.substring(0, tab)).strip();
  }

  /** The place behind the closing quote. */
  private static int endOfQuoted(String text) {
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '"') {
        return i + 1;
      }
    }
    return text.length(); // never closed
  }

  /** Git quotes bytes, as three octal digits each. */
  private static String unquoted(String quoted) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(quoted.length());
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (c != '\\' || i + 1 >= quoted.length()) {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      char escaped = quoted.charAt(++i);
      if (escaped >= '0' && escaped <= '3' && i + 2 < quoted.length()) {
        bytes.write(octal(quoted, i));
        i += 2;
      } else {
        bytes.write(
            switch (escaped) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> escaped;
            });
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int octal(String text, int at) {
    int value = 0;
    for (int i = at; i < at + 3; i++) {
      value = value * 8 + Math.max(0, Character.digit(text.charAt(i), 8));
    }
    return value;
  }

  private static int count(@Nullable String number) {
    return number == null ? 1 : Integer.parseInt(number);
  }
}
