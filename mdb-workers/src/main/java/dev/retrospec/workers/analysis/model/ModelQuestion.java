package dev.retrospec.workers.analysis.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.retrospec.reports.CardText;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import dev.retrospec.sessions.SessionView;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.analysis.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model is sent, as the contract names it. Nobody's name, address or user id is in it, and
 * every text is redacted.
 *
 * @param clip null on the text path
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ModelQuestion(
    String schemaVersion,
    String projectId,
    String sessionId,
    String site,
    String route,
    Instant startedAt,
    long durationMs,
    @Nullable String release,
    @Nullable String browser,
    List<Failure> markers,
    List<ShownMoments.Shown> events,
    RulesFound rules,
    ClipCatalog.@Nullable Clip clip,
    Map<String, Object> answerSchema) {

  static final String TEXT = "retrospec.analysis.text.v1";
  static final String VISUAL = "retrospec.analysis.visual.v1";

  private static final int MAX_MARKERS = 10;
  private static final int MAX_STACK = 2_000;

  /** A marker, without what only identifies it to us. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Failure(
      String id,
      String kind,
      @Nullable String subkind,
      String label,
      @Nullable String evidence,
      long replayOffsetMs,
      @Nullable String error,
      @Nullable String stack,
      @Nullable String request) {

    static Failure of(ObservedMarker marker) {
      return new Failure(
          dev.retrospec.reports.Evidence.idOf(marker.id()),
          marker.kind().wireName(),
          marker.subkind(),
          ShownMoments.clean(marker.label()),
          clean(marker.evidence()),
          marker.replayOffsetMs(),
          error(marker.error()),
          stack(marker.error()),
          request(marker.request()));
    }

    private static @Nullable String error(@Nullable ErrorDetail error) {
      return error == null ? null : clean(error.type() + ": " + error.message());
    }

    /** Redacted before it is cut, because half a secret is not recognised. */
    private static @Nullable String stack(@Nullable ErrorDetail error) {
      if (error == null) {
        return null;
      }
      String stack = error.originalStack() == null ? error.stack() : error.originalStack();
      String clean = clean(stack);
      return clean == null || clean.length() <= MAX_STACK ? clean : clean.substring(0, MAX_STACK);
    }

    private static @Nullable String request(@Nullable RequestDetail request) {
      return request == null
          ? null
          : clean(request.method() + " " + request.url() + " " + request.status());
    }

    private static @Nullable String clean(@Nullable String text) {
      return text == null ? null : ShownMoments.clean(text);
    }
  }

  /** What the rules say, to be confirmed or corrected. */
  record RulesFound(String rule, String symptom, String technicalRootCause, String suggestedFix) {

    static RulesFound of(Verdict verdict) {
      return new RulesFound(
          verdict.rule(),
          ShownMoments.clean(verdict.text(CardText.SYMPTOM)),
          ShownMoments.clean(verdict.text(CardText.ROOT_CAUSE)),
          ShownMoments.clean(verdict.text(CardText.FIX)));
    }
  }

  static ModelQuestion text(AnalysisCase analysisCase, Verdict rules, ShownMoments shown) {
    return of(TEXT, analysisCase, rules, shown, null);
  }

  static ModelQuestion visual(
      AnalysisCase analysisCase, Verdict rules, ShownMoments shown, ClipCatalog.Clip clip) {
    return of(VISUAL, analysisCase, rules, shown, clip);
  }

  private static ModelQuestion of(
      String schemaVersion,
      AnalysisCase analysisCase,
      Verdict rules,
      ShownMoments shown,
      ClipCatalog.@Nullable Clip clip) {
    SessionView session = analysisCase.session();
    return new ModelQuestion(
        schemaVersion,
        session.projectId().value(),
        session.id().value(),
        ShownMoments.clean(session.site()),
        ShownMoments.clean(session.route()),
        session.startedAt(),
        session.durationMs(),
        Failure.clean(session.release()),
        Failure.clean(session.browser()),
        analysisCase.markers().stream().limit(MAX_MARKERS).map(Failure::of).toList(),
        shown.all(),
        RulesFound.of(rules),
        clip,
        ModelAnswer.schema());
  }
}
