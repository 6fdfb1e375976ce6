package dev.retrospec.signatures.text;

import java.util.regex.Pattern;

/**
 * A message without what differs between two sightings of one failure.
 *
 * @param text the sentence on one line, at most {@link TextMask#MAX_LENGTH} characters
 * @param difference the compared values, for an assertion
 */
public record MessageTemplate(String text, Difference difference) {

  /** What of a value is the run's and not the test's. Short numbers stay. */
  private static final Pattern VOLATILE =
      Pattern.compile(
          "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
              + "|\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}[\\d:.,Z+-]{0,24}"
              + "|(?<![0-9A-Za-z])[0-9a-f]{12,128}(?![0-9A-Za-z])"
              + "|\\d{7,30}|\\s++");

  /**
   * @param message plain, see {@link PlainText}
   */
  public static MessageTemplate of(String message) {
    Comparison.Cut cut = Comparison.of(message);
    String sentence = EngineWording.neutral(LocalMask.mask(cut.sentence()));
    return new MessageTemplate(
        PlainText.cut(TextMask.mask(sentence, false), TextMask.MAX_LENGTH),
        new Difference(value(cut.expected()), value(cut.actual())));
  }

  /**
   * What a page's visitors and developers were told, without the values in it: also what is quoted,
   * and dates and money as a locale writes them. Names that an engine quotes stay.
   *
   * @param message plain, see {@link PlainText}
   * @param statusCounts see {@link TextMask#mask}
   */
  public static String spoken(String message, boolean statusCounts) {
    return spoken(EngineWording.of(message), statusCounts);
  }

  /** The same of a message whose wording is neutral already. */
  public static String spoken(EngineWording.Neutral neutral, boolean statusCounts) {
    String values = ValueMask.mask(neutral.text(), !neutral.known());
    return PlainText.cut(TextMask.mask(LocalMask.mask(values), statusCounts), TextMask.MAX_LENGTH);
  }

  private static String value(String told) {
    String bounded = PlainText.cut(told, 4 * Difference.MAX_LENGTH);
    String masked =
        VOLATILE
            .matcher(LocalMask.mask(bounded))
            .replaceAll(found -> found.group().isBlank() ? " " : "<id>");
    return PlainText.cut(masked, Difference.MAX_LENGTH).strip();
  }
}
