package dev.retrospec.signatures.text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Each JavaScript engine has its own words for the same mistake. This gives the common ones one
 * wording, so that a failure seen in Chrome, Firefox and Safari is one failure. The wordings stand
 * in {@link EngineWordings} and {@link PlatformWordings}.
 */
public final class EngineWording {

  /**
   * A message in neutral words.
   *
   * @param text at most {@link TextMask#MAX_LENGTH} characters
   * @param known whether an engine speaks in it, so that what it quotes are names and no values
   * @param type what the engines agree to throw for it; null where they agree anyway
   */
  public record Neutral(String text, boolean known, @Nullable String type) {}

  /** What carried the message to where nobody caught it. */
  private static final Pattern UNCAUGHT =
      Pattern.compile(
          "^(?:(?:ERROR )?(?:Error: )?Uncaught (?:\\(in promise\\):? ?)?"
              + "|Unhandled Promise Rejection: |Unhandled promise rejection:? |uncaught exception: )"
              + "(?=\\S)",
          Pattern.CASE_INSENSITIVE);

  private static final List<Wording> WORDINGS =
      Stream.concat(EngineWordings.ALL.stream(), PlatformWordings.ALL.stream()).toList();

  private EngineWording() {}

  /** The text with the neutral wordings in it; at most {@link TextMask#MAX_LENGTH} characters. */
  public static String neutral(String message) {
    return of(message).text();
  }

  public static Neutral of(String message) {
    String text = withoutCarrier(PlainText.cut(message, TextMask.MAX_LENGTH));
    boolean known = false;
    String type = null;
    for (Wording wording : WORDINGS) {
      if (!text.contains(wording.mark())) {
        continue;
      }
      String replaced = wording.replacedIn(text);
      if (replaced != null) {
        text = replaced;
        known = true;
        type = type == null ? wording.type() : type;
      }
    }
    return new Neutral(PlainText.cut(text, TextMask.MAX_LENGTH), known, type);
  }

  /** Whether these neutral words are what an engine says of every request without an answer. */
  public static boolean isOfAnyRequest(String neutral) {
    return neutral.equals(PlatformWordings.FETCH);
  }

  /** Without "Uncaught (in promise)" and its like, of which a framework may add a second one. */
  public static String withoutCarrier(String message) {
    String once = UNCAUGHT.matcher(message).replaceFirst("");
    return UNCAUGHT.matcher(once).replaceFirst("");
  }
}
