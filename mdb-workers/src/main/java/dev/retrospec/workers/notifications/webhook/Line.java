package dev.retrospec.workers.notifications.webhook;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the first of several addresses where somebody is, that another thread may close
 * at any time; then nothing is opened any more.
 */
final class Line implements Closeable {

  /** To all addresses together; so there is time left to say something. */
  private static final int CONNECT_MS = 5_000;

  private @Nullable Socket socket;
  private boolean isClosed;

  /**
   * @param addresses at least one, in the order in which they are tried
   * @throws IOException of the last one, when nobody is at any
   */
  Socket to(List<InetAddress> addresses, int port) throws IOException {
    IOException away = new IOException("There is no address");
    for (InetAddress address : addresses) {
      Socket tried = open();
      try {
        tried.connect(new InetSocketAddress(address, port), CONNECT_MS / addresses.size());
        return tried;
      } catch (IOException e) {
        tried.close(); // one that failed to connect cannot be used again
        away = e;
      }
    }
    throw away;
  }

  private synchronized Socket open() throws IOException {
    if (isClosed) {
      throw new IOException("It takes too long");
    }
    Socket opened = new Socket(Proxy.NO_PROXY);
    socket = opened;
    return opened;
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // whoever reads from it is told
    }
  }
}
