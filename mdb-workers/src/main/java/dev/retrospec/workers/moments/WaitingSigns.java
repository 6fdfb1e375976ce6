package dev.retrospec.workers.moments;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which elements of a document tell the visitor to wait, as it changes. */
final class WaitingSigns {

  /** A page with more draws something else with them. */
  private static final int MAX_ELEMENTS = 500;

  /** One that came or went. */
  record Switch(long nodeId, boolean on, String what) {}

  private final Map<Long, ElementSigns> elements = new HashMap<>();

  void forget() {
    elements.clear();
  }

  @Nullable Switch appeared(long nodeId, ElementSigns signs) {
    if (!signs.concernsWaiting() || elements.size() >= MAX_ELEMENTS) {
      return null;
    }
    elements.put(nodeId, signs);
    return signs.isWaiting() ? new Switch(nodeId, true, signs.name()) : null;
  }

  @Nullable Switch changed(long nodeId, ElementSigns signs) {
    ElementSigns before = elements.get(nodeId);
    if (before == null) {
      return signs.isWaiting() ? appeared(nodeId, signs) : null;
    }
    if (!signs.saysAnything()) {
      return null;
    }
    boolean was = before.isWaiting();
    signs.fillFrom(before);
    elements.put(nodeId, signs);
    return was == signs.isWaiting() ? null : new Switch(nodeId, !was, signs.name());
  }

  @Nullable Switch removed(long nodeId) {
    ElementSigns before = elements.remove(nodeId);
    return before != null && before.isWaiting() ? new Switch(nodeId, false, before.name()) : null;
  }
}
