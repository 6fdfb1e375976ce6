package dev.retrospec.recordings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps the keys of stored sessions anew when a newer master key is configured, so that the old one
 * can be taken out of the settings afterwards. The recordings stay as they are. Safe on several
 * nodes and at any moment: a key is replaced only if it is still the one that was read.
 */
@ApplicationScoped
public class KeyRotation {

  private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);

  private static final int BATCH = 500;

  private final WrappedKeys stored;
  private final SessionKeys keys;

  @Inject
  public KeyRotation(Jdbi jdbi, SessionKeys keys) {
    this.stored = new WrappedKeys(jdbi);
    this.keys = keys;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected KeyRotation() {
    this(null, null);
  }

  /**
   * Wraps every outdated key anew.
   *
   * @return how many; a key whose master key is not configured any more is left as it is
   */
  public int run() {
    int rotated = 0;
    int unreadable = 0;
    String newest = keys.wrappingKeyId();
    List<WrappedKeys.Stored> batch = stored.outdated(newest, "", "", BATCH);
    while (!batch.isEmpty()) {
      for (WrappedKeys.Stored key : batch) {
        try {
          rotated += stored.replace(key, keys.rewrap(key.project(), key.session(), key.key()));
        } catch (UnreadableRecording e) {
          unreadable++;
        }
      }
      WrappedKeys.Stored last = batch.get(batch.size() - 1);
      batch = stored.outdated(newest, last.project().value(), last.session().value(), BATCH);
    }
    if (rotated > 0) {
      LOG.info("{} session keys wrapped by the newest master key", rotated);
    }
    if (unreadable > 0) {
      LOG.warn("{} session keys do not open with the configured master keys", unreadable);
    }
    return rotated;
  }
}
