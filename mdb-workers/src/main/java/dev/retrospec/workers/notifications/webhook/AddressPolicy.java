package dev.retrospec.workers.notifications.webhook;

import java.net.InetAddress;

/** Where a request may go. */
@FunctionalInterface
public interface AddressPolicy {

  /** Of addresses that the operator has set. */
  AddressPolicy ANYWHERE = (host, port, address) -> true;

  /** Whether a connection to this very address may be made. */
  boolean reaches(String host, int port, InetAddress address);
}
