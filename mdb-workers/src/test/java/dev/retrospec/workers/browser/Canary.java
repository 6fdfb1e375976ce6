package dev.retrospec.workers.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Something on this machine that no page may reach: counts who comes, whatever they speak. */
public final class Canary implements AutoCloseable {

  private final ServerSocket door;
  private final AtomicInteger visits = new AtomicInteger();
  private final AtomicReference<String> lastRequest = new AtomicReference<>("");

  public Canary() {
    try {
      door = new ServerSocket(0); // on every interface and in both families
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::accept, "canary");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return door.getLocalPort();
  }

  public int visits() {
    return visits.get();
  }

  String lastRequest() {
    return lastRequest.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try (Socket visitor = door.accept()) {
        visits.incrementAndGet();
        HttpHead head = HttpHead.read(visitor.getInputStream());
        lastRequest.set(new String(head.bytes(), StandardCharsets.ISO_8859_1));
        visitor
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: keep-alive\r\n\r\ncanary"
                    .getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        // because a visitor that says nothing has been counted all the same
        continue;
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
