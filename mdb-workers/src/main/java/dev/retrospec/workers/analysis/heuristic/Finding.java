package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.reports.CardText;
import dev.retrospec.workers.analysis.Statement;
import dev.retrospec.workers.analysis.Statement.Ref;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rule makes of a scene, sentence by sentence, each with the moments that it stands on.
 *
 * @param strength 0 to 1: how much of the cause was seen, not guessed
 */
record Finding(List<Statement> statements, double strength) {

  Finding {
    statements = List.copyOf(statements);
  }

  static Builder of(String symptom, Ref... on) {
    return new Builder().add(CardText.SYMPTOM, symptom, List.of(on));
  }

  /** Sentence after sentence. */
  static final class Builder {

    private final List<Statement> statements = new ArrayList<>();

    private Builder add(CardText text, String sentence, List<Ref> on) {
      statements.add(new Statement(text, sentence, on));
      return this;
    }

    Builder cause(String sentence, Ref... on) {
      return cause(sentence, List.of(on));
    }

    Builder cause(String sentence, List<Ref> on) {
      return add(CardText.ROOT_CAUSE, sentence, on);
    }

    /** Advice follows from the cause: it stands on what the last sentence of that stands on. */
    Builder fix(String advice) {
      return add(CardText.FIX, advice, statements.get(statements.size() - 1).on());
    }

    Finding strength(double strength) {
      return new Finding(statements, strength);
    }
  }
}
