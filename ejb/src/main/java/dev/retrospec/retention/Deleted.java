package dev.retrospec.retention;

/**
 * What was deleted, as far as the report tells it.
 *
 * @param eventObjects objects with recorded events
 * @param artifactObjects objects of any other kind
 * @param failedEventObjects that could not be deleted
 * @param failedArtifactObjects that could not be deleted
 */
public record Deleted(
    int issueClusters,
    int eventObjects,
    int artifactObjects,
    int failedEventObjects,
    int failedArtifactObjects) {

  public static final Deleted NOTHING = new Deleted(0, 0, 0, 0, 0);

  public static Deleted issueClusters(int deleted) {
    return new Deleted(deleted, 0, 0, 0, 0);
  }

  public static Deleted eventObjects(int deleted, int failed) {
    return new Deleted(0, deleted, 0, failed, 0);
  }

  public static Deleted artifactObjects(int deleted, int failed) {
    return new Deleted(0, 0, deleted, 0, failed);
  }

  public Deleted plus(Deleted other) {
    return new Deleted(
        issueClusters + other.issueClusters,
        eventObjects + other.eventObjects,
        artifactObjects + other.artifactObjects,
        failedEventObjects + other.failedEventObjects,
        failedArtifactObjects + other.failedArtifactObjects);
  }
}
