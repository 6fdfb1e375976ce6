package dev.retrospec.platform.telemetry;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** How many requests this server is answering now, so that background work can step back. */
@ApplicationScoped
public class RequestsUnderWay {

  private final AtomicInteger count = new AtomicInteger();

  public void begin() {
    count.incrementAndGet();
  }

  /** Once for each {@link #begin}. */
  public void end() {
    count.decrementAndGet();
  }

  public boolean any() {
    return count.get() > 0;
  }
}
