package dev.retrospec.workers.notifications.rules;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Takes letters to all but one. */
final class PickyMailServer implements Closeable {

  private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final String unknown;

  PickyMailServer(String unknown) throws IOException {
    this.unknown = unknown;
    Thread thread = new Thread(this::serve, "picky-mail-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return door.getLocalPort();
  }

  private void serve() {
    while (!door.isClosed()) {
      try (Socket socket = door.accept()) {
        talk(socket);
      } catch (IOException e) {
        if (!door.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    OutputStream out = socket.getOutputStream();
    boolean isText = false;
    say(out, "220 picky");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (isText) {
        isText = !line.equals(".");
        if (!isText) {
          say(out, "250 taken");
        }
      } else if (line.startsWith("RCPT") && line.contains(unknown)) {
        say(out, "550 nobody of this name");
      } else if (line.equals("DATA")) {
        isText = true;
        say(out, "354 go on");
      } else {
        say(out, line.equals("QUIT") ? "221 bye" : "250 fine");
      }
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
