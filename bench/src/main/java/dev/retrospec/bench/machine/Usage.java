package dev.retrospec.bench.machine;

/**
 * Processor time used so far, in seconds; the difference of two is what happened between them.
 *
 * @param server RetroSpec
 * @param database PostgreSQL with its backends; NaN when it runs elsewhere
 * @param objectStore the embedded S3; NaN when it runs elsewhere
 * @param generator this process
 * @param machine all processes of the machine
 * @param capacity what all processors could have given
 */
public record Usage(
    double server,
    double database,
    double objectStore,
    double generator,
    double machine,
    double capacity) {

  public Usage since(Usage earlier) {
    return new Usage(
        server - earlier.server,
        database - earlier.database,
        objectStore - earlier.objectStore,
        generator - earlier.generator,
        machine - earlier.machine,
        capacity - earlier.capacity);
  }

  /** The part of the machine that others used meanwhile, 0 to 1: high means the figures are low. */
  public double othersShare() {
    double ours = server + orZero(database) + orZero(objectStore) + generator;
    return Math.max(0, machine - ours) / capacity;
  }

  private static double orZero(double seconds) {
    return Double.isNaN(seconds) ? 0 : seconds;
  }
}
