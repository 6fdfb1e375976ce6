package dev.retrospec.workers.browser;

import dev.retrospec.snapshots.AddressRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way from a page of the browser to the world, for one capture. Whatever the page does
 * (redirects, frames, scripts, sockets), each connection comes here by name; the name is resolved
 * once, its addresses are held against the rules, and the connection is made to an address that
 * passed: there is no second look-up that could answer otherwise. Listens on the loopback interface
 * and knows nothing of what travels through {@code CONNECT}.
 */
public final class FilteringProxy implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FilteringProxy.class);

  /** A browser opens 32 to a proxy, and more for sockets. */
  private static final int MAX_CONNECTIONS = 128;

  private static final int CONNECT_TIMEOUT_MS = 10_000;

  private final AddressRules rules;
  private final NameLookup names;
  private final long maxBytes;
  private final ServerSocket door;
  private final ExecutorService threads;
  private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
  private final Map<String, Resolved> resolved = new ConcurrentHashMap<>();
  private final Set<Destination> refused = ConcurrentHashMap.newKeySet();
  private final Set<Destination> silent = ConcurrentHashMap.newKeySet();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytes = new AtomicLong();

  /** What a name means for as long as this proxy lives. */
  private record Resolved(Iterable<InetAddress> addresses) {}

  private FilteringProxy(AddressRules rules, NameLookup names, long maxBytes, ServerSocket door) {
    this.rules = rules;
    this.names = names;
    this.maxBytes = maxBytes;
    this.door = door;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "snapshot-proxy");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to listen.
   *
   * @param maxBytes that all connections together may bring; then all of them end
   */
  public static FilteringProxy open(AddressRules rules, NameLookup names, long maxBytes)
      throws IOException {
    ServerSocket door = new ServerSocket(0, MAX_CONNECTIONS, InetAddress.getLoopbackAddress());
    FilteringProxy proxy = new FilteringProxy(rules, names, maxBytes, door);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  /** As a browser wants it named. */
  public String address() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** Whether a connection to there was refused by the rules. */
  public boolean hasRefused(String host, int port) {
    return destination(host, port).filter(refused::contains).isPresent();
  }

  /** Whether nobody answered there, or the name has no address. */
  public boolean foundNobodyAt(String host, int port) {
    return destination(host, port).filter(silent::contains).isPresent();
  }

  /** Whether a page from there may be shown; looks the name up if no connection has. */
  public boolean showsPage(String host, int port) {
    Optional<Destination> page = destination(host, port);
    if (page.isEmpty()) {
      return false;
    }
    try {
      for (InetAddress address : lookUp(page.get().host()).addresses()) {
        if (rules.showsPage(page.get().host(), port, address)) {
          return true;
        }
      }
      return false;
    } catch (UnknownHostException e) {
      return true; // because a name without an address is no page, and the browser says so better
    }
  }

  /** Whether everything was ended because it was too much. */
  public boolean isExhausted() {
    return bytes.get() > maxBytes;
  }

  private static Optional<Destination> destination(String host, int port) {
    String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return Destination.ofAuthority(bracketed + ":" + port, port);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (places.tryAcquire()) {
          threads.execute(
              () -> {
                try {
                  new ProxiedConnection(this, client).serve();
                } finally {
                  places.release();
                }
              });
        } else {
          client.close();
        }
      } catch (IOException e) {
        if (!door.isClosed()) {
          LOG.debug("A connection to the proxy was lost", e);
        }
      }
    }
  }

  /** What an attempt to reach a destination ended in. */
  sealed interface Reached {
    record Connected(Socket socket) implements Reached {}

    /** The rules forbid it. */
    record Refused() implements Reached {}

    /** Nobody answers there. */
    record Unreachable() implements Reached {}
  }

  Reached reach(Destination destination) {
    boolean allowed = false;
    try {
      for (InetAddress address : lookUp(destination.host()).addresses()) {
        if (rules.reaches(destination.host(), destination.port(), address)) {
          allowed = true;
          Optional<Socket> socket = connect(address, destination.port());
          if (socket.isPresent()) {
            return new Reached.Connected(socket.get());
          }
        }
      }
    } catch (UnknownHostException e) {
      LOG.debug("No address: {}", destination);
      allowed = true;
    }
    if (allowed) {
      silent.add(destination);
      return new Reached.Unreachable();
    }
    refused.add(destination);
    LOG.debug("Refused: {}", destination);
    return new Reached.Refused();
  }

  private Resolved lookUp(String host) throws UnknownHostException {
    Resolved known = resolved.get(host);
    if (known != null) {
      return known;
    }
    Resolved found = new Resolved(names.addressesOf(host));
    Resolved other = resolved.putIfAbsent(host, found);
    return other == null ? found : other;
  }

  private Optional<Socket> connect(InetAddress address, int port) {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address, port), CONNECT_TIMEOUT_MS);
      return Optional.of(socket);
    } catch (IOException e) {
      LOG.debug("No connection to port {}", port, e);
      closeQuietly(socket);
      return Optional.empty();
    }
  }

  /** Sockets that {@link #close} ends; one that comes after that is ended at once. */
  void opened(Socket socket) {
    open.add(socket);
    if (door.isClosed()) {
      closeQuietly(socket);
    }
  }

  void ended(Socket socket) {
    open.remove(socket);
    closeQuietly(socket);
  }

  void inBackground(Runnable work) {
    threads.execute(work);
  }

  /**
   * Counts what a page has been sent.
   *
   * @return false when it was too much
   */
  boolean count(int more) {
    if (bytes.addAndGet(more) <= maxBytes) {
      return true;
    }
    open.forEach(FilteringProxy::closeQuietly);
    return false;
  }

  @Override
  public void close() throws IOException {
    door.close();
    open.forEach(FilteringProxy::closeQuietly);
    threads.shutdownNow();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("A socket was gone before it was closed", e);
    }
  }
}
