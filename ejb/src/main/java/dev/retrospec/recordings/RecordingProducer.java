package dev.retrospec.recordings;

import dev.retrospec.platform.config.Settings;
import dev.retrospec.privacy.Scrubber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Makes the pure parts of recordings injectable, set up as the settings say. */
@ApplicationScoped
public class RecordingProducer {

  private final RecordingConfig config;

  @Inject
  RecordingProducer(Settings settings) {
    this.config = RecordingConfig.from(settings);
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RecordingProducer() {
    this.config = null;
  }

  @Produces
  @Singleton
  Scrubber scrubber() {
    return new Scrubber();
  }

  @Produces
  @Singleton
  EventStream eventStream(Scrubber scrubber) {
    return new EventStream(scrubber);
  }

  @Produces
  @Singleton
  ChunkCodec chunkCodec() {
    return new ChunkCodec();
  }

  @Produces
  @Singleton
  SessionKeys sessionKeys() {
    return new SessionKeys(config.masterKeys());
  }

  @Produces
  @Singleton
  StoredSecrets storedSecrets() {
    return new StoredSecrets(config.masterKeys());
  }

  @Produces
  @Singleton
  BodyLimits bodyLimits() {
    return config.limits();
  }
}
