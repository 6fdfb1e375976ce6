package dev.retrospec.ingest;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** As many contents as may be brought at once are being brought. */
public final class UploadsBusy extends Failure {

  private static final long serialVersionUID = 1L;

  UploadsBusy() {
    super(FailureCode.UNAVAILABLE, "too many contents at once, bring it again in a moment");
  }
}
