package dev.retrospec.replays.rendering;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** This installation makes no videos; the message says which setting would change that. */
public final class RenderingOff extends Failure {

  private static final long serialVersionUID = 1L;

  public RenderingOff() {
    super(FailureCode.FORBIDDEN, RenderConfig.DISABLED);
  }
}
