package dev.retrospec.workers.snapshots;

import dev.retrospec.privacy.ScrubRule;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.privacy.SecretNames;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text of any shape: values of fields whose names say that they are secret (in
 * JSON, also in JSON within a string, and in forms), and what the scrub finds anywhere. Linear in
 * its input.
 */
final class SecretText {

  static final String TAG = ScrubRule.SECRET_FIELD.tag();

  /** {@code "name": "}, {@code \"name\":\"} and {@code name = '} of a script. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?<![\\w.-])(\\\\?[\"'])?([\\w.-]{3,64})\\1?\\s{0,8}[:=]\\s{0,8}(\\\\?[\"'])");

  private static final Pattern FORM =
      Pattern.compile("(?<![\\w.%\\[\\]-])([\\w.-]{3,64})=([^&\\s\"'<>;]{1,8192})");

  private final Scrubber scrubber = new Scrubber();

  String redact(String text) {
    return scrubber.scrubText(forms(quoted(text)));
  }

  String redactUrl(String url) {
    return scrubber.scrubUrl(url);
  }

  private static String quoted(String text) {
    Matcher field = QUOTED.matcher(text);
    StringBuilder clean = null;
    int copied = 0;
    int from = 0;
    while (field.find(from)) {
      from = field.end();
      if (!SecretNames.isSecret(field.group(2))) {
        continue;
      }
      int end = closing(text, field.end(), field.group(3));
      clean = clean == null ? new StringBuilder(text.length()) : clean;
      clean.append(text, copied, field.end()).append(TAG);
      copied = end;
      from = end;
    }
    return clean == null ? text : clean.append(text, copied, text.length()).toString();
  }

  /** Where the value ends; the text's end when nobody closes it. */
  private static int closing(String text, int from, String quote) {
    char mark = quote.charAt(quote.length() - 1);
    boolean nested = quote.length() > 1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        if (nested && text.charAt(i + 1) == mark) {
          return i;
        }
        i++;
      } else if (c == mark) {
        return i;
      }
    }
    return text.length();
  }

  private static String forms(String text) {
    return FORM.matcher(text)
        .replaceAll(
            field ->
                Matcher.quoteReplacement(
                    SecretNames.isSecret(field.group(1)) && !field.group(2).equals(TAG)
                        ? field.group(1) + "=" + TAG
                        : field.group()));
  }
}
