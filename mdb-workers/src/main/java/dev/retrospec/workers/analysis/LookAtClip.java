package dev.retrospec.workers.analysis;

import dev.retrospec.platform.config.Settings;
import dev.retrospec.replays.ReplayReady;
import dev.retrospec.replays.rendering.RenderTarget;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.reports.ReportStatus;
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
  private final Settings settings;

  @Inject
  public LookAtClip(ReportCards cards, Settings settings) {
    this.cards = cards;
    this.settings = settings;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected LookAtClip() {
    this(null, null);
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

  private static boolean isItsClip(ReportCardView card, ReplayReady event) {
    return card.status() == ReportStatus.READY
        && card.markerId() != null
        && RenderTarget.clipOf(card.markerId()).video().equals(event.artifactType());
  }
}
