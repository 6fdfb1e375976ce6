package dev.retrospec.web.testruns;

import dev.retrospec.testruns.RunAnswer;
import dev.retrospec.testruns.TestRunOutcome;
import dev.retrospec.web.http.Refusal;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.function.Function;

/** What became of a submitted run, as an answer; the same for a run that had been stored before. */
final class Outcomes {

  private Outcomes() {}

  static Response answer(TestRunOutcome outcome, Function<RunAnswer, Object> shape) {
    if (outcome instanceof TestRunOutcome.Stored stored) {
      return Response.ok(shape.apply(stored.answer())).build();
    }
    if (outcome instanceof TestRunOutcome.Repeated known) {
      return Response.ok(shape.apply(known.answer())).build();
    }
    return Refusal.of(Status.CONFLICT, "this id or key belongs to a run with other content");
  }
}
