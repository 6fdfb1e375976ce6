package dev.retrospec.patterns;

/**
 * What a similarity to free text means: the share of the question's words that a text answers,
 * strengthened where a model finds both near. To have all of the words is not to be the same, and
 * what a model finds near by itself stays below every threshold that may be set ({@code
 * SIMILARITY_THRESHOLD}, 0.6 or more).
 */
final class WordsAndModel {

  static final double MOST = 0.95;

  /** Just below {@link PatternConfig#LISTED}. */
  static final double MOST_BY_MODEL = 0.59;

  private WordsAndModel() {}

  /**
   * Two hints at the same thing: together they are wrong only where both are.
   *
   * @param coverage share of the question's words, 0 to 1
   * @param cosine of the question and the text by the model; 0 where it was not asked
   * @return 0 to {@value #MOST}
   */
  static double similarity(double coverage, double cosine) {
    double byModel = MOST_BY_MODEL * Math.max(0, Math.min(1, cosine));
    return Math.min(MOST, 1 - (1 - MOST * coverage) * (1 - byModel));
  }
}
