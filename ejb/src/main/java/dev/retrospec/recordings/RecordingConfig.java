package dev.retrospec.recordings;

import dev.retrospec.platform.config.Settings;

/**
 * Settings of taking recordings in.
 *
 * @param masterKeys wrap the key of each session
 * @param limits how large one body may be
 */
public record RecordingConfig(MasterKeys masterKeys, BodyLimits limits) {

  public static RecordingConfig from(Settings settings) {
    return new RecordingConfig(
        settings.required("RETROSPEC_MASTER_KEY", MasterKeys::parse),
        new BodyLimits(
            settings.integer(
                "INGEST_MAX_BODY_BYTES",
                Math.toIntExact(BodyLimits.DEFAULT.wireBytes()),
                1,
                Integer.MAX_VALUE),
            settings.integer(
                "INGEST_MAX_INFLATED_BYTES",
                Math.toIntExact(BodyLimits.DEFAULT.inflatedBytes()),
                1,
                Integer.MAX_VALUE)));
  }
}
