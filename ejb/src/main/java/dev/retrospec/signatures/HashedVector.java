package dev.retrospec.signatures;

import dev.retrospec.signatures.stacks.Frame;
import dev.retrospec.signatures.text.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A failure as a vector, without a model and without a network: signed feature hashing (Weinberger,
 * Dasgupta, Langford, Smola, Attenberg, Feature Hashing for Large Scale Multitask Learning, ICML
 * 2009). Features are words, pairs of words, the parts of names, calls and neighbouring calls, the
 * type and the codes; each goes to two of the dimensions with a sign of its own, so that chance
 * meetings cancel out. The length is 1: the inner product of two vectors is their cosine.
 */
public final class HashedVector {

  /** As the vectors of the public contract. */
  public static final int DIMENSIONS = 1_536;

  private static final double WORD = 1.0;
  private static final double PAIR = 0.5;
  private static final double PART = 0.6;
  private static final double CALL = 1.2;
  private static final double CALLS = 0.6;
  private static final double TYPE = 1.0;
  private static final double CODE = 2.0;

  /** Deeper calls say where the runner stood. */
  private static final int MAX_FRAMES = 12;

  private HashedVector() {}

  /** All zero only for a failure that says nothing at all. */
  public static float[] of(FailureSignature signature) {
    Map<String, Double> features = new HashMap<>();
    words(Words.of(signature.template()), features);
    parts(signature.template(), features);
    if (!signature.type().isEmpty()) {
      parts(signature.type(), features);
      features.put("type " + signature.type(), TYPE);
    }
    List<Frame> frames = signature.tellingFrames();
    String above = null;
    for (Frame frame : frames.subList(0, Math.min(MAX_FRAMES, frames.size()))) {
      String call = frame.token();
      features.put("call " + call, CALL);
      if (above != null) {
        features.put("calls " + above + " " + call, CALLS);
      }
      parts(call, features);
      above = call;
    }
    signature.codes().forEach(code -> features.put("code " + code, CODE));
    return vector(features);
  }

  /** Of what a person types into a search field, or of any text with a failure in it. */
  public static float[] ofText(String text) {
    return of(Signatures.of(new FailureText(null, text, null)));
  }

  private static void words(List<String> words, Map<String, Double> features) {
    Map<String, Integer> counts = new HashMap<>();
    for (String word : words) {
      counts.merge("word " + word, 1, Integer::sum);
    }
    Words.pairs(words).forEach(pair -> counts.merge("pair " + pair, 1, Integer::sum));
    counts.forEach(
        (feature, tf) ->
            features.put(
                feature, (1 + Math.log(tf)) * (feature.startsWith("word ") ? WORD : PAIR)));
  }

  private static void parts(String text, Map<String, Double> features) {
    Words.parts(text).forEach(part -> features.merge("part " + part, PART, HashedVector::more));
  }

  /** Repetition adds ever less. */
  private static double more(double before, double once) {
    return Math.sqrt(before * before + once * once);
  }

  private static float[] vector(Map<String, Double> features) {
    double[] sums = new double[DIMENSIONS];
    features.forEach(
        (feature, weight) -> {
          long hash = Hash64.of(feature);
          add(sums, hash, weight);
          add(sums, Hash64.mix(hash + 1), weight);
        });
    double squares = 0;
    for (double sum : sums) {
      squares += sum * sum;
    }
    float[] vector = new float[DIMENSIONS];
    for (int i = 0; squares > 0 && i < DIMENSIONS; i++) {
      vector[i] = (float) (sums[i] / Math.sqrt(squares));
    }
    return vector;
  }

  private static void add(double[] sums, long hash, double weight) {
    int dimension = (int) Long.remainderUnsigned(hash >>> 1, DIMENSIONS);
    sums[dimension] += (hash & 1) == 0 ? weight : -weight;
  }
}
