package dev.retrospec.filter;

import jakarta.servlet.ServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread between one answer and what happened on the server: an id that the visitor's recording
 * keeps, and that the server may put into its own log lines.
 */
public final class Correlation {

  private static final Logger LOG = System.getLogger(Correlation.class.getName());
  private static final String ATTRIBUTE = Correlation.class.getName();

  private final String id = mintId();
  private final String method;
  private final String path;
  private final @Nullable Consumer<ServerFailure> reporter;
  private @Nullable Throwable reported;

  Correlation(String method, String path, @Nullable Consumer<ServerFailure> reporter) {
    this.method = method;
    this.path = path;
    this.reporter = reporter;
  }

  /** 128 random bits in letters: digits might look like a card's, and would be scrubbed. */
  private static String mintId() {
    UUID random = UUID.randomUUID();
    StringBuilder letters = new StringBuilder(32);
    for (long half :
        new long[] {random.getMostSignificantBits(), random.getLeastSignificantBits()}) {
      for (int shift = 60; shift >= 0; shift -= 4) {
        letters.append((char) ('a' + (half >>> shift & 0xF)));
      }
    }
    return letters.toString();
  }

  /** The one of this request; null where the filter does not stand before it. */
  public static @Nullable Correlation of(ServletRequest request) {
    return (Correlation) request.getAttribute(ATTRIBUTE);
  }

  void attachTo(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** What the answer's {@code X-Retrospec-Correlation} says. */
  public String id() {
    return id;
  }

  /**
   * Tells RetroSpec that this request failed, and returns at once, whatever happens. For code that
   * handles an exception itself, such as an {@code ExceptionMapper}; what nobody handles is told
   * anyway. The first cause that is told counts: the wrappers that it comes in later are the same
   * failure.
   */
  public synchronized void report(Throwable thrown) {
    if (reporter != null && reported == null) {
      reported = thrown;
      try {
        reporter.accept(ServerFailure.of(id, Instant.now(), method, path, thrown));
      } catch (RuntimeException e) {
        // An exception may fail to print itself; the one that goes on must be the first.
        LOG.log(Level.DEBUG, "A failure could not be told", e);
      }
    }
  }
}
