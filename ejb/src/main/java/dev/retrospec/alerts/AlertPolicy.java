package dev.retrospec.alerts;

import dev.retrospec.issues.TriageState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When an alert is worth somebody's attention: rules without any state of their own. */
public final class AlertPolicy {

  private final Duration cooldown;
  private final double minConfidence;

  public AlertPolicy(AlertConfig config) {
    this.cooldown = config.cooldown();
    this.minConfidence = config.minConfidence();
  }

  /**
   * Decides about one alert.
   *
   * @param state of the issue as of now, so that a mute whose window has ended does not count
   * @param last when the last alert about the same cluster was queued
   */
  public AlertDecision decide(
      TriageState state, double confidence, Optional<Instant> last, Instant now) {
    if (state == TriageState.MUTED || state == TriageState.RESOLVED) {
      return new AlertDecision.Suppress(state.wireName());
    }
    if (confidence < minConfidence) {
      return new AlertDecision.Suppress("low_confidence");
    }
    if (last.filter(at -> at.plus(cooldown).isAfter(now)).isPresent()) {
      return new AlertDecision.Suppress("cooldown");
    }
    return new AlertDecision.Send();
  }
}
