package dev.retrospec.workers.moments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which elements of a document tell the visitor to wait, as it changes. */
final class WaitingSigns {

  /** A page with more draws something else with them. */
  private static final int MAX_ELEMENTS = 500;

  /** One that came or went. */
  record Switch(long nodeId, boolean on, String what) {}

  private final DocumentTree tree = new DocumentTree();
  private final Map<Long, ElementSigns> elements = new HashMap<>();

  /** Those of which it was told that they came, and not yet that they went; by their names. */
  private final Map<Long, String> on = new LinkedHashMap<>();

  /** What follows was not recorded right after what was read: nobody knows what goes on. */
  void missSome() {
    on.clear();
  }

  /**
   * Another picture of the whole document begins.
   *
   * @return those that told to wait until now
   */
  Map<Long, String> beginAgain() {
    Map<Long, String> before = new LinkedHashMap<>(on);
    tree.forget();
    elements.clear();
    on.clear();
    return before;
  }

  void placed(long nodeId, long parentId) {
    tree.place(nodeId, parentId);
  }

  @Nullable Switch appeared(long nodeId, ElementSigns signs) {
    if (!signs.concernsWaiting() || elements.size() >= MAX_ELEMENTS || tree.isFull()) {
      return null;
    }
    elements.put(nodeId, signs);
    return turned(nodeId, signs);
  }

  @Nullable Switch changed(long nodeId, ElementSigns signs) {
    ElementSigns before = elements.get(nodeId);
    if (before == null) {
      return signs.isWaiting() ? appeared(nodeId, signs) : null;
    }
    if (!signs.saysAnything()) {
      return null;
    }
    signs.fillFrom(before);
    elements.put(nodeId, signs);
    return turned(nodeId, signs);
  }

  private @Nullable Switch turned(long nodeId, ElementSigns signs) {
    if (signs.isWaiting() == on.containsKey(nodeId)) {
      return null;
    }
    if (signs.isWaiting()) {
      on.put(nodeId, signs.name());
    } else {
      on.remove(nodeId);
    }
    return new Switch(nodeId, signs.isWaiting(), signs.name());
  }

  /** These are gone, and what lies in them. */
  List<Switch> removed(Set<Long> nodeIds) {
    List<Switch> gone = new ArrayList<>();
    Iterator<Long> known = elements.keySet().iterator();
    while (known.hasNext()) {
      long nodeId = known.next();
      if (tree.isWithin(nodeId, nodeIds)) {
        known.remove();
        String what = on.remove(nodeId);
        if (what != null) {
          gone.add(new Switch(nodeId, false, what));
        }
      }
    }
    tree.drop(nodeIds);
    return gone;
  }
}
