package dev.retrospec.signatures;

import java.util.List;

/**
 * How alike two failures are, taken apart so that a person can judge the judgement.
 *
 * @param score calibrated, 0 to 1: of matches shown with 0.85, about 85 of 100 are the same failure
 * @param raw before calibration, 0 to 1
 * @param frames alignment of the stacks, 0 to 1; 0 when one side has none
 * @param message cosine of the messages' words, 0 to 1
 * @param type 1 when the same thing was thrown, 0.5 when one side does not tell, else 0
 * @param codesDiffer whether both name an error code and share none, which caps the score
 * @param sharedFrames tokens of calls in both, topmost first, at most 8
 * @param sharedWords of both messages, most telling first, at most 8
 */
public record Similarity(
    double score,
    double raw,
    double frames,
    double message,
    double type,
    boolean codesDiffer,
    List<String> sharedFrames,
    List<String> sharedWords) {

  public Similarity {
    sharedFrames = List.copyOf(sharedFrames);
    sharedWords = List.copyOf(sharedWords);
  }
}
