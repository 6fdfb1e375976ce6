package dev.retrospec.sourcemaps;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** The project keeps as many maps as it may. */
public final class TooManySourceMaps extends Failure {

  private static final long serialVersionUID = 1L;

  TooManySourceMaps(SourceMapConfig config) {
    super(
        FailureCode.TOO_MANY,
        "the project may keep %d source maps of %d MB together; delete those of old releases"
            .formatted(config.maxMaps(), config.maxStoredBytes() >> 20));
  }
}
