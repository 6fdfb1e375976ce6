package dev.retrospec.web.testruns;

import dev.retrospec.testruns.RunAnswer;
import dev.retrospec.testruns.RunStatus;
import dev.retrospec.testruns.TestRunIntake.Taken;
import dev.retrospec.testruns.TestRunOutcome;
import dev.retrospec.web.http.Refusal;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.function.BiFunction;

/** What became of a submitted run, as an answer; the same for a run that had been stored before. */
final class Outcomes {

  private Outcomes() {}

  static Response answer(Taken taken, BiFunction<RunAnswer, RunStatus, Object> shape) {
    RunStatus status = taken.run().status();
    if (taken.outcome() instanceof TestRunOutcome.Stored stored) {
      return Response.ok(shape.apply(stored.answer(), status)).build();
    }
    if (taken.outcome() instanceof TestRunOutcome.Repeated known) {
      return Response.ok(shape.apply(known.answer(), status)).build();
    }
    return Refusal.of(Status.CONFLICT, "this id or key belongs to a run with other content");
  }
}
