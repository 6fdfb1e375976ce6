package dev.retrospec.workers.analysis;

/**
 * Healthy sessions of the same route, to tell what is different in this one. Asked by the rules, a
 * few times for each card.
 */
public interface Peers {

  /** No healthy session is known. */
  Peers NONE = (method, path) -> new Answered(0, 0, 0);

  /**
   * How a request went there.
   *
   * @param sessions healthy ones that were looked at
   * @param well those in which it was answered below 400
   * @param badly those in which it failed, too
   */
  record Answered(int sessions, int well, int badly) {}

  /**
   * @param path of the address, without its host and query
   */
  Answered answered(String method, String path);
}
