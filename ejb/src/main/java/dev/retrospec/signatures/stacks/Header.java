package dev.retrospec.signatures.stacks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The line that names what was thrown: {@code TypeError: x is undefined}. */
record Header(String type, String message) {

  /**
   * A qualified name, or one that ends like an error's. The runner's and runtime's introductions
   * before it do not count; a code of Node stays in the message.
   */
  private static final Pattern LINE =
      Pattern.compile(
          "^\\s{0,40}(?:Uncaught (?:\\(in promise\\) )?|Exception in thread \"[^\"]{0,200}\" "
              + "|Unhandled [Ee]xception[.:] |Caused by: |Serialized Error: |\\[cause]: |---> ){0,2}"
              + "(?<type>(?:[A-Za-z_][\\w$]{0,60}+\\.){1,12}+[A-Z][\\w$]{0,100}+"
              + "|(?:[A-Za-z_][\\w$]{0,60}+(?:::|\\.)){0,8}+[A-Za-z_$][\\w$]{0,100}"
              + "(?<=Exception|Error|Throwable|Failure|Warning|Interrupt|Exit))"
              + "(?: (?<code>\\[[A-Z0-9_]{2,60}]))?"
              + "(?::(?: (?<message>.*))?)?$",
          Pattern.DOTALL);

  static @Nullable Header of(String line) {
    Matcher found = LINE.matcher(line);
    if (!found.matches()) {
      return null;
    }
    String code = found.group("code");
    String message = found.group("message") == null ? "" : found.group("message");
    return new Header(found.group("type"), code == null ? message : code + " " + message);
  }

  /** A text without frames, with or without such a line at its beginning. */
  static Thrown split(String text) {
    int end = text.indexOf('\n');
    Header header = of(end < 0 ? text : text.substring(0, end));
    return header == null
        ? new Thrown("", text.strip(), List.of())
        : new Thrown(
            header.type,
            (header.message + (end < 0 ? "" : text.substring(end))).strip(),
            List.of());
  }
}
