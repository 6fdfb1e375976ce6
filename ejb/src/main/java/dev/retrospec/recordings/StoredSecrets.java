package dev.retrospec.recordings;

import dev.retrospec.ids.ProjectId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Seals what projects entrust to the server and never see again: tokens and addresses of other
 * services. AES-256-GCM under the newest master key, bound to the project and the place where it is
 * stored, so that a sealed text does not open anywhere else. Safe for several threads.
 */
public final class StoredSecrets {

  private static final String PURPOSE = "stored-secret";

  private final MasterKeys masterKeys;
  private final SecureRandom random = new SecureRandom();

  public StoredSecrets(MasterKeys masterKeys) {
    this.masterKeys = masterKeys;
  }

  /**
   * @param place what it belongs to, such as a channel's id; the same is needed to open it
   * @return text to store, different each time
   */
  public String seal(ProjectId project, String place, String secret) {
    String id = masterKeys.newest();
    byte[] sealed =
        AesGcm.seal(
            masterKeys.byId(id),
            secret.getBytes(StandardCharsets.UTF_8),
            binding(project, place),
            random);
    return id + ":" + Base64.getEncoder().encodeToString(sealed);
  }

  /**
   * @throws UnreadableRecording when the master key is not known any more, or the text is not this
   *     place's
   */
  public String open(ProjectId project, String place, String sealed) {
    int colon = sealed.lastIndexOf(':');
    if (colon < 0) {
      throw new UnreadableRecording("the stored secret is not sealed in a known format");
    }
    byte[] plain =
        AesGcm.open(
            masterKeys.byId(sealed.substring(0, colon)),
            Base64.getDecoder().decode(sealed.substring(colon + 1)),
            binding(project, place));
    return new String(plain, StandardCharsets.UTF_8);
  }

  /** Whether an older master key sealed it, which cannot be taken out of the settings yet. */
  public boolean isOutdated(String sealed) {
    return !sealed.startsWith(masterKeys.newest() + ":");
  }

  private static byte[] binding(ProjectId project, String place) {
    return AesGcm.binding(PURPOSE, project.value(), place);
  }
}
