package dev.retrospec.workers.browser;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** From a host's name, or an address in any notation, to addresses. */
@FunctionalInterface
public interface NameLookup {

  /** By the machine's own resolver. */
  NameLookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  List<InetAddress> addressesOf(String host) throws UnknownHostException;
}
