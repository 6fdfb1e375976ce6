package dev.retrospec.sourcemaps;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** As many maps as may be read at once are being read. */
public final class SourceMapUploadsBusy extends Failure {

  private static final long serialVersionUID = 1L;

  SourceMapUploadsBusy() {
    super(FailureCode.UNAVAILABLE, "too many source maps at once, upload it again in a moment");
  }
}
