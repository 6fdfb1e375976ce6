package dev.retrospec.recordings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads events whose trees our recorder has folded ({@code sdk/src/domain/recording/fold.ts}) as
 * the events that rrweb would have written; all others as they are. A folded tree begins with its
 * root's {@code id}. In it
 *
 * <ul>
 *   <li>a node that does not begin with an {@code id} has the number after that of the node before
 *       it, in document order;
 *   <li>an added node holds its children, as its last field; rrweb adds them one by one. A
 *       document, which is how rrweb adds what is in a frame, keeps them there, too.
 * </ul>
 *
 * Holds a few tokens and the places of the nodes that are open, whatever the size. What nobody sent
 * is bounded by {@link #MAX_NODES}.
 */
final class UnfoldedTrees extends JsonParserDelegate {

  private static final byte OTHER = 0;
  private static final byte EVENTS = 1;
  private static final byte EVENT = 2;
  private static final byte DATA = 3;
  private static final byte ADDS = 4;
  private static final byte ADDITION = 5;
  private static final byte NODE = 6;
  private static final byte CHILDREN = 7;

  private static final int DOCUMENT = 0;

  /** Folded nodes of one body: each grows by some sixty bytes. Very large pages have 100,000. */
  static final int MAX_NODES = 500_000;

  private final Deque<UnfoldedToken> waiting = new ArrayDeque<>();
  private UnfoldedToken current = UnfoldedToken.OWN;

  private byte[] kinds = new byte[64];
  private int[] ids = new int[64];
  private boolean[] folded = new boolean[64];

  /** Of a node: its children are added one by one. */
  private boolean[] scattered = new boolean[64];

  /** Of a node and its addition: their ends have been told, before the first child. */
  private boolean[] ended = new boolean[64];

  private int depth;
  private int lastId;
  private String field = "";
  private final AtomicInteger nodes;

  /**
   * @param events stands at the start of the array of events
   */
  UnfoldedTrees(JsonParser events) {
    this(events, EVENTS, "", new AtomicInteger());
  }

  private UnfoldedTrees(JsonParser parser, byte kind, String field, AtomicInteger nodes) {
    super(parser);
    this.kinds[0] = kind;
    this.field = field;
    this.nodes = nodes;
  }

  /** The data at whose beginning this stands, as they were sent; this goes on behind them. */
  byte[] folded() throws IOException {
    byte[] bytes = RawCopy.of(delegate);
    depth--;
    return bytes;
  }

  /**
   * Reads what {@link #folded()} gave; what is unfolded of it counts here.
   *
   * @param data stands before its first token
   */
  UnfoldedTrees unfold(JsonParser data) {
    return new UnfoldedTrees(data, EVENT, "data", nodes);
  }

  @Override
  public JsonToken nextToken() throws IOException {
    while (waiting.isEmpty()) {
      read(delegate.nextToken());
    }
    current = waiting.remove();
    return currentToken();
  }

  @Override
  public JsonParser skipChildren() throws IOException {
    int open = currentToken().isStructStart() ? 1 : 0;
    while (open > 0) {
      JsonToken token = nextToken();
      open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }
    return this;
  }

  @Override
  public JsonToken currentToken() {
    return current.isOwn() ? delegate.currentToken() : current.kind();
  }

  @Override
  public String currentName() throws IOException {
    return current.isOwn() ? delegate.currentName() : current.text();
  }

  @Override
  public char[] getTextCharacters() throws IOException {
    return current.isOwn() ? delegate.getTextCharacters() : current.text().toCharArray();
  }

  @Override
  public int getTextOffset() throws IOException {
    return current.isOwn() ? delegate.getTextOffset() : 0;
  }

  @Override
  public int getTextLength() throws IOException {
    return current.isOwn() ? delegate.getTextLength() : current.text().length();
  }

  @Override
  public int getIntValue() throws IOException {
    return current.isOwn() ? delegate.getIntValue() : Integer.parseInt(current.text());
  }

  /** Puts what a token stands for into the queue; perhaps nothing. */
  private void read(JsonToken token) throws IOException {
    switch (token) {
      case FIELD_NAME -> {
        field = delegate.currentName();
        if ((kinds[depth] == NODE || kinds[depth] == ADDITION) && ended[depth]) {
          throw misplaced("a folded node has a field behind its childNodes");
        }
        waiting.add(UnfoldedToken.OWN);
      }
      case START_OBJECT -> startObject();
      case START_ARRAY -> startArray();
      case END_OBJECT, END_ARRAY -> end(token);
      default -> {
        if (kinds[depth] == CHILDREN && ended[depth]) {
          throw misplaced("a folded node has a child that is not an object");
        }
        if (folded[depth] && field.equals("type") && token == JsonToken.VALUE_NUMBER_INT) {
          scattered[depth] &= delegate.getIntValue() != DOCUMENT;
        }
        waiting.add(UnfoldedToken.OWN);
      }
    }
  }

  private void startObject() throws IOException {
    byte kind =
        switch (kinds[depth]) {
          case EVENTS -> EVENT;
          case EVENT -> field.equals("data") ? DATA : OTHER;
          case DATA, ADDITION -> field.equals("node") ? NODE : OTHER;
          case ADDS -> ADDITION;
          case CHILDREN -> NODE;
          default -> OTHER;
        };
    if (kind == NODE) {
      node();
    } else {
      waiting.add(UnfoldedToken.OWN);
      push(kind);
    }
  }

  private void startArray() throws IOException {
    if (kinds[depth] == NODE && field.equals("childNodes")) {
      children();
      return;
    }
    if (kinds[depth] == CHILDREN && ended[depth]) {
      throw misplaced("a folded node has a child that is not an object");
    }
    waiting.add(UnfoldedToken.OWN);
    push(kinds[depth] == DATA && field.equals("adds") ? ADDS : OTHER);
  }

  /** The delegate stands at a node's beginning; its first field says whether it tells its id. */
  private void node() throws IOException {
    boolean isRoot = kinds[depth] != CHILDREN;
    boolean isAdded = kinds[depth] == ADDITION;
    int parent = isRoot ? 0 : depth - 1;
    boolean inFolded = !isRoot && folded[parent];
    boolean inScattered = !isRoot && ended[depth];
    if (inScattered) {
      begin(ids[parent]);
    } else {
      waiting.add(UnfoldedToken.START_OBJECT);
    }
    push(NODE);
    JsonToken first = delegate.nextToken();
    boolean tellsId = first == JsonToken.FIELD_NAME && delegate.currentName().equals("id");
    folded[depth] = inFolded || (isRoot && tellsId);
    scattered[depth] = inScattered || (isRoot && isAdded);
    if (!folded[depth]) {
      read(first);
      return;
    }
    if (tellsId) {
      if (delegate.nextToken() != JsonToken.VALUE_NUMBER_INT) {
        throw misplaced("a folded node has an id that is not a whole number");
      }
      lastId = delegate.getIntValue();
    } else {
      lastId++;
    }
    ids[depth] = lastId;
    if (nodes.incrementAndGet() > MAX_NODES) {
      throw new InvalidRecording(
          InvalidRecording.Reason.TOO_LARGE_INFLATED,
          "the body holds more than " + MAX_NODES + " folded nodes");
    }
    waiting.add(UnfoldedToken.ID);
    waiting.add(UnfoldedToken.number(lastId));
    if (!tellsId) {
      read(first);
    }
  }

  /** A child that is added by itself, behind what its parent has already. */
  private void begin(int parent) {
    waiting.add(UnfoldedToken.START_OBJECT);
    waiting.add(UnfoldedToken.PARENT_ID);
    waiting.add(UnfoldedToken.number(parent));
    waiting.add(UnfoldedToken.NEXT_ID);
    waiting.add(UnfoldedToken.NULL);
    waiting.add(UnfoldedToken.NODE);
    waiting.add(UnfoldedToken.START_OBJECT);
  }

  /** The delegate stands at the beginning of a node's children. */
  private void children() throws IOException {
    waiting.add(UnfoldedToken.START_ARRAY);
    JsonToken first = delegate.nextToken();
    boolean areAdded = folded[depth] && scattered[depth] && first == JsonToken.START_OBJECT;
    if (areAdded) {
      waiting.add(UnfoldedToken.END_ARRAY);
      waiting.add(UnfoldedToken.END_OBJECT);
      waiting.add(UnfoldedToken.END_OBJECT);
      ended[depth] = true;
    }
    push(CHILDREN);
    ended[depth] = areAdded;
    read(first);
  }

  private void end(JsonToken token) {
    byte kind = kinds[depth];
    boolean told = ended[depth];
    boolean isChild = kind == NODE && kinds[depth - 1] == CHILDREN;
    boolean isAddedChild = isChild && ended[depth - 1];
    depth--;
    if (kind == NODE && told && kinds[depth] == ADDITION) {
      ended[depth] = true;
    }
    if (!told) {
      waiting.add(
          token == JsonToken.END_OBJECT ? UnfoldedToken.END_OBJECT : UnfoldedToken.END_ARRAY);
      if (isAddedChild) {
        waiting.add(UnfoldedToken.END_OBJECT);
      }
    }
  }

  private void push(byte kind) {
    depth++;
    if (depth == kinds.length) {
      int size = depth * 2;
      kinds = Arrays.copyOf(kinds, size);
      ids = Arrays.copyOf(ids, size);
      folded = Arrays.copyOf(folded, size);
      scattered = Arrays.copyOf(scattered, size);
      ended = Arrays.copyOf(ended, size);
    }
    kinds[depth] = kind;
    folded[depth] = false;
    scattered[depth] = false;
    ended[depth] = false;
    field = "";
  }

  private static InvalidRecording misplaced(String why) {
    return new InvalidRecording(InvalidRecording.Reason.NOT_EVENTS, why);
  }
}
