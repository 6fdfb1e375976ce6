package dev.retrospec.workers.browser;

import com.microsoft.playwright.PlaywrightException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one browser of this server. Starts with the first task, serves one at a time, is killed when
 * a task takes longer than it may, and ends when there has been none for a while: without tasks it
 * costs nothing, not even a thread.
 */
@ApplicationScoped
public class SupervisedBrowser {

  private static final Logger LOG = LoggerFactory.getLogger(SupervisedBrowser.class);

  private final BrowserConfig config;

  /** Fair, because jobs wait for it in the order in which they came. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private @Nullable BrowserProcess process;
  private @Nullable ScheduledExecutorService watch;
  private @Nullable ScheduledFuture<?> ending;

  @Inject
  public SupervisedBrowser(BrowserConfig config) {
    this.config = config;
  }

  /** For the container's proxy. */
  protected SupervisedBrowser() {
    this(null);
  }

  /**
   * Does a task, alone, on the calling thread.
   *
   * @param limit then the browser is killed under the task
   * @throws NoBrowser when this installation has none
   * @throws BrowserLost when the browser ended or was killed meanwhile
   */
  public <T> T use(Duration limit, BrowserTask<T> task) throws IOException {
    lock.lock();
    try {
      BrowserProcess running = running();
      AtomicBoolean killed = new AtomicBoolean();
      ScheduledFuture<?> watchdog =
          watch()
              .schedule(
                  () -> {
                    killed.set(true);
                    LOG.warn("The browser took longer than {} s: killed", limit.toSeconds());
                    running.kill();
                  },
                  limit.toMillis(),
                  TimeUnit.MILLISECONDS);
      try {
        return task.with(running.browser());
      } catch (PlaywrightException e) {
        if (killed.get()) {
          throw new BrowserLost("the page kept the browser busy for too long", e);
        }
        if (!running.isAlive()) {
          throw new BrowserLost("the browser ended unexpectedly", e);
        }
        throw e;
      } finally {
        watchdog.cancel(false);
        if (killed.get() || !running.isAlive()) {
          end();
        } else {
          endWhenIdle();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether a browser is there now. */
  boolean isRunning() {
    lock.lock();
    try {
      return process != null && process.isAlive();
    } finally {
      lock.unlock();
    }
  }

  private BrowserProcess running() {
    if (ending != null) {
      ending.cancel(false);
      ending = null;
    }
    if (process != null && !process.isAlive()) {
      end();
    }
    BrowserProcess running = process;
    if (running == null) {
      running = BrowserProcess.start(config);
      LOG.info("Browser started, process {}", running.firstProcessId());
      process = running;
    }
    return running;
  }

  private ScheduledExecutorService watch() {
    ScheduledExecutorService watching = watch;
    if (watching == null) {
      watching =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "browser-watch");
                thread.setDaemon(true);
                return thread;
              });
      watch = watching;
    }
    return watching;
  }

  private void endWhenIdle() {
    ending = watch().schedule(this::endIfIdle, config.idle().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void endIfIdle() {
    // Not waiting: whoever holds the lock uses the browser.
    if (lock.tryLock()) {
      try {
        end();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Ends the browser, if there is one; the next task starts another. */
  @PreDestroy
  public void close() {
    lock.lock();
    try {
      end();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    if (process != null) {
      process.close();
      process = null;
      LOG.info("Browser ended");
    }
    if (watch != null) {
      watch.shutdown();
      watch = null;
    }
  }
}
