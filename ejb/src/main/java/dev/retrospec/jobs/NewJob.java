package dev.retrospec.jobs;

import dev.retrospec.ids.ProjectId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A job that is to be done once.
 *
 * @param subject what it is about: a session's or an alert event's id
 * @param payloadJson a JSON object with what the worker cannot look up; ids only, no personal data
 * @param dedupeKey two jobs with the same key within the kind's window are one
 * @param delay before it may begin; a sweep then signals it
 */
public record NewJob(
    JobKind kind,
    ProjectId projectId,
    String subject,
    String payloadJson,
    String dedupeKey,
    Duration delay) {

  private static final int HASH_BYTES = 16; // enough that two sets of markers never meet

  /**
   * A job whose key is its kind, project, subject and the set of what distinguishes it: the same
   * markers in any order are the same job.
   */
  public static NewJob about(
      JobKind kind,
      ProjectId projectId,
      String subject,
      String payloadJson,
      Collection<?> distinguishing) {
    String key =
        kind.wireName() + '|' + projectId.value() + '|' + subject + '|' + hash(distinguishing);
    return new NewJob(kind, projectId, subject, payloadJson, key, Duration.ZERO);
  }

  /** Distinguishes a second look at something from the first. */
  public static Collection<String> secondLookAt(Collection<?> distinguishing) {
    return Stream.concat(Stream.of("second look"), distinguishing.stream().map(Object::toString))
        .toList();
  }

  /** The same, but not now. */
  public NewJob after(Duration pause) {
    return new NewJob(kind, projectId, subject, payloadJson, dedupeKey, pause);
  }

  boolean isForNow() {
    return delay.isZero();
  }

  private static String hash(Collection<?> distinguishing) {
    TreeSet<String> sorted = new TreeSet<>();
    distinguishing.forEach(item -> sorted.add(item.toString()));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String item : sorted) {
        digest.update(item.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
