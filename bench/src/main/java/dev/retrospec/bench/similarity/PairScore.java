package dev.retrospec.bench.similarity;

import dev.retrospec.signatures.stacks.Frame;
import dev.retrospec.signatures.stacks.StackTraces;
import dev.retrospec.signatures.stacks.Thrown;
import java.util.List;

/** Says how alike two failures of a set are, by their numbers in it: 0 to 1. */
@FunctionalInterface
interface PairScore {

  double of(int a, int b);

  /** Type and stack are the same text: what re-run tools and log searches do. */
  static PairScore exactText(List<LabelledFailure> set) {
    return equality(
        set.stream().map(f -> f.type() + "\n" + f.message() + "\n" + f.stack()).toList());
  }

  /** Type and topmost call are the same, without the line: as TUnit's report clusters. */
  static PairScore topFrame(List<LabelledFailure> set) {
    return equality(set.stream().map(PairScore::typeAndTopFrame).toList());
  }

  private static PairScore equality(List<String> keys) {
    return (a, b) -> keys.get(a).equals(keys.get(b)) ? 1 : 0;
  }

  private static String typeAndTopFrame(LabelledFailure failure) {
    Thrown thrown = StackTraces.read(failure.stack()).get(0);
    String type = failure.type().isEmpty() ? thrown.type() : failure.type();
    return type
        + " "
        + thrown.frames().stream().findFirst().map(Frame::token).orElse(failure.message());
  }
}
