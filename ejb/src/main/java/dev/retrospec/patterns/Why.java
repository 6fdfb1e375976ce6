package dev.retrospec.patterns;

import dev.retrospec.signatures.Similarity;
import java.util.List;

/**
 * What a similarity stands on, each part 0 to 1.
 *
 * @param exact whether the two are equal once their accidents are taken away
 * @param codesDiffer whether they name different error codes, which caps the similarity
 * @param sharedFrames calls in both, topmost first
 * @param sharedWords words in both messages, most telling first
 */
public record Why(
    boolean exact,
    double frames,
    double message,
    double type,
    boolean codesDiffer,
    List<String> sharedFrames,
    List<String> sharedWords) {

  static Why of(Similarity similarity, boolean exact) {
    return new Why(
        exact,
        similarity.frames(),
        similarity.message(),
        similarity.type(),
        similarity.codesDiffer(),
        similarity.sharedFrames(),
        similarity.sharedWords());
  }
}
