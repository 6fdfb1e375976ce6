package dev.retrospec.signatures.stacks;

import dev.retrospec.signatures.text.RouteShape;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the stack of a browser, or what was made of it with source maps; linear in the text. */
public final class BrowserStack {

  /** A frame's file that says nothing: the engine's own code. */
  private static final Pattern NATIVE =
      Pattern.compile("<anonymous>|native|\\[native code]|self-hosted|anonymous");

  private static final int MAX_LINES_TO_TOP = 50;

  private BrowserStack() {}

  /** The path of what was asked for, without ids, hashes and query: {@code /assets/app.js}. */
  public static String shapeOfUrl(String url) {
    return RouteShape.of(JavaScriptFile.of(url));
  }

  /** Whether it is code of the engine itself, which stands in some engines' stacks only. */
  public static boolean isNative(Frame frame) {
    return NATIVE.matcher(frame.file()).matches();
  }

  /** Where the topmost call stands that is none of the engine's, as told, with its position. */
  public static Optional<String> topPlace(String text) {
    return places(text).findFirst();
  }

  /** Whether a call of a script stands in it, and not only the engine's own. */
  public static boolean hasPlaces(String text) {
    return places(text).findAny().isPresent();
  }

  /** Where the calls stand that are none of the engine's, topmost first, as told. */
  public static Stream<String> places(String text) {
    return StackTraces.lines(text).stream()
        .limit(MAX_LINES_TO_TOP)
        .map(JavaScriptFrames::line)
        .filter(Objects::nonNull)
        .map(JavaScriptFrames.Line::place)
        .filter(place -> place.contains(":") && !NATIVE.matcher(place).matches());
  }

  /**
   * The chain that the text tells, outermost first; never empty. Calls behind the first
   * asynchronous one are left out, because the three engines do not agree on them. Without any call
   * the text is the message of what was thrown.
   *
   * @param text plain, see {@code signatures.text.PlainText}
   */
  public static List<Thrown> read(String text) {
    List<String> lines = StackTraces.lines(text);
    List<Thrown> chain = JavaScriptTrace.read(lines, true);
    boolean calls = chain.stream().anyMatch(thrown -> !thrown.frames().isEmpty());
    return calls ? chain : List.of(Header.split(String.join("\n", lines)));
  }
}
