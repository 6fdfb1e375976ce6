package dev.retrospec.bench.similarity;

import dev.retrospec.signatures.Calibration;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.Rarity;
import dev.retrospec.signatures.Scorer;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.Terms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What RetroSpec says, before calibration; rarity is that of the set, as it would be a project's.
 * As in the memory of failures, equal signatures are one without any score.
 */
final class SignatureScore implements PairScore {

  private final List<FailureSignature> signatures;
  private final Rarity rarity;
  private final boolean isAlone;

  /**
   * @param isAlone whether equal signatures are scored like all others
   */
  SignatureScore(List<LabelledFailure> set, boolean isAlone) {
    this.isAlone = isAlone;
    signatures = set.stream().map(failure -> Signatures.of(failure.text())).toList();
    Map<Integer, Integer> frequencies = new HashMap<>();
    for (FailureSignature signature : signatures) {
      for (int term : Terms.of(signature)) {
        frequencies.merge(term, 1, Integer::sum);
      }
    }
    rarity = Rarity.of(frequencies, set.size());
  }

  @Override
  public double of(int a, int b) {
    FailureSignature one = signatures.get(a);
    FailureSignature other = signatures.get(b);
    return !isAlone && one.exactHash().equals(other.exactHash())
        ? 1
        : Scorer.score(one, other, rarity, Calibration.shipped()).raw();
  }
}
