package dev.retrospec.workers.analysis;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.replays.Clips;
import dev.retrospec.replays.ReplayReady;
import dev.retrospec.replays.rendering.RenderTarget;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.reports.ReportStatus;
import dev.retrospec.workers.analysis.model.ModelAnalyzer;
import dev.retrospec.workers.analysis.model.ModelConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;

/**
 * A clip takes longer than a card: when that of a card's failure is there, a visual model is to see
 * it. The card stays readable until then.
 */
@ApplicationScoped
public class LookAtClip {

  private final ReportCards cards;
  private final Clips clips;
  private final Settings settings;

  @Inject
  public LookAtClip(ReportCards cards, Clips clips, Settings settings) {
    this.cards = cards;
    this.clips = clips;
    this.settings = settings;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected LookAtClip() {
    this(null, null, null);
  }

  void onReplayReady(@Observes ReplayReady event) {
    ModelConfig models = AnalyzerConfig.from(settings).models();
    if (models != null && models.visual() != null) {
      cards
          .find(event.projectId(), event.sessionId())
          .filter(card -> isItsClip(card, event))
          .ifPresent(card -> cards.lookAtClip(event.projectId(), event.sessionId(), Set.of(event)));
    }
  }

  /**
   * A card was written without its clip, which may have come meanwhile: then nobody else asks for
   * another look. Needs the transaction in which the card is written.
   */
  void whenWritten(ProjectId project, SessionId session, Verdict verdict) {
    if (ModelAnalyzer.missedTheClip(verdict)
        && clips.forMarker(project, session, verdict.marker()).isPresent()) {
      cards.lookAtClip(project, session, Set.of("came meanwhile", verdict.marker()));
    }
  }

  private static boolean isItsClip(ReportCardView card, ReplayReady event) {
    return card.status() == ReportStatus.READY
        && card.markerId() != null
        && RenderTarget.clipOf(card.markerId()).video().equals(event.artifactType());
  }
}
