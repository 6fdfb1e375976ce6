package dev.retrospec.workers.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program of the browser, and every process that it started. */
final class BrowserProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BrowserProcess.class);

  private static final String WORDS = "stderr.txt";
  private static final int MAX_WORDS = 2_000;

  /** How often it is looked at: soon enough to know a child before its parent is gone. */
  private static final long LOOK_MS = 200;

  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** New children may come while others are killed. */
  private static final int MAX_ROUNDS = 10;

  private final Process program;
  private final Path folder;

  /** All that were ever seen: when its parent is gone, a child is nobody's any more. */
  private final Set<ProcessHandle> seen = new LinkedHashSet<>();

  private BrowserProcess(Process program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /**
   * @throws BrowserLost when it does not start
   */
  static BrowserProcess start(Path node, Path folder, String program) {
    ProcessBuilder builder =
        new ProcessBuilder(node.toString(), "--max-old-space-size=512", program)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve(WORDS).toFile());
    // The server's environment holds its keys: they are no business of a page's process.
    builder.environment().clear();
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("TMPDIR", folder.toString());
    builder.environment().put("LANG", "C.UTF-8");
    try {
      return new BrowserProcess(builder.start(), folder);
    } catch (IOException e) {
      throw new BrowserLost("the browser did not start", e);
    }
  }

  /**
   * Waits for its end.
   *
   * @throws BrowserLost when it ends without success
   * @throws BrowserExhausted when it takes too much of time or memory
   */
  void await(BrowserBounds bounds) throws InterruptedException {
    long begun = System.nanoTime();
    long heard = begun;
    while (!program.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
      look();
      long now = System.nanoTime();
      if (now - heard > HEARTBEAT_NANOS) {
        heard = now;
        bounds.heartbeat().run();
      }
      if (now - begun > bounds.time().toNanos()) {
        LOG.warn("The browser took longer than {} s: killed", bounds.time().toSeconds());
        throw new BrowserExhausted("the page kept the browser busy for too long");
      }
      long memory = living().mapToLong(process -> ProcessMemory.ofProcess(process.pid())).sum();
      if (memory > bounds.memory()) {
        LOG.warn("The browser took {} MiB: killed", memory >> 20);
        throw new BrowserExhausted("the page took more than " + bounds.memorySetting());
      }
    }
    if (program.exitValue() != 0) {
      LOG.warn("The browser ended with {}: {}", program.exitValue(), words());
      throw new BrowserLost("the browser ended unexpectedly", null);
    }
  }

  private synchronized void look() {
    seen.add(program.toHandle());
    // Of each, because who has lost its parent is nobody's descendant any more.
    living().toList().forEach(process -> process.descendants().forEach(seen::add));
  }

  /** Also for those that have come and lost their parents between two looks. */
  private synchronized void lookEverywhere() {
    look();
    seen.addAll(ProcessKin.of(Set.copyOf(seen), folder));
  }

  private synchronized Stream<ProcessHandle> living() {
    return List.copyOf(seen).stream().filter(ProcessHandle::isAlive);
  }

  private String words() {
    try (Stream<String> lines =
        Files.lines(folder.resolve(WORDS), StandardCharsets.ISO_8859_1).limit(40)) {
      String all = String.join(" / ", lines.toList());
      return all.substring(0, Math.min(all.length(), MAX_WORDS));
    } catch (IOException e) {
      return "no words";
    }
  }

  /** Ends everything at once, and waits until it has ended. */
  @Override
  public void close() {
    lookEverywhere();
    for (int round = 0; round < MAX_ROUNDS && living().findAny().isPresent(); round++) {
      living().forEach(ProcessHandle::destroyForcibly);
      lookEverywhere(); // what was started meanwhile
    }
    living()
        .forEach(
            process ->
                process
                    .onExit()
                    .orTimeout(5, TimeUnit.SECONDS)
                    .exceptionally(late -> process)
                    .join());
  }
}
