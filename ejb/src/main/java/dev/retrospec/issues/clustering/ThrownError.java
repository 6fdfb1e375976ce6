package dev.retrospec.issues.clustering;

import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.stacks.BrowserStack;
import dev.retrospec.signatures.stacks.Frame;
import dev.retrospec.signatures.stacks.Thrown;
import dev.retrospec.signatures.text.EngineWording;
import dev.retrospec.signatures.text.MessageTemplate;
import dev.retrospec.signatures.text.PlainText;
import dev.retrospec.signatures.text.ProtectedCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was thrown behind a marker, in neutral words: the deepest cause speaks, whoever wrapped it.
 *
 * @param type short name, never empty: {@code Error} where nobody tells a better one
 * @param template the message with its masks
 * @param known whether an engine speaks, in words that are neutral now
 * @param codes codes that name the error, as {@code http:404}
 * @param frames of the deepest link that has any, topmost first
 * @param mapped whether source maps have told the calls: then a function without a name has none
 * @param family what it is, where everybody knows it
 * @param variant which of the family's faults, where the words tell
 */
record ThrownError(
    String type,
    String template,
    boolean known,
    Set<String> codes,
    List<Frame> frames,
    boolean mapped,
    Optional<KnownFamily> family,
    Optional<String> variant) {

  private static final String ANY_ERROR = "Error";

  /** What says nothing of what was thrown: the message may tell better. */
  private static final Set<String> GENERIC =
      Set.of(
          "Error",
          "DOMException",
          "Object",
          "UnhandledRejection",
          "PromiseRejection",
          "string",
          "object",
          "undefined",
          "number",
          "boolean");

  /** A class whose name is a minifier's. */
  private static final int MIN_TYPE_LENGTH = 3;

  /** Deeper links tell the same story again. */
  private static final int MAX_LINKS = 6;

  static ThrownError of(ObservedMarker marker) {
    ErrorDetail error = marker.error();
    String message = error == null ? null : error.message();
    String stack = error == null ? null : stack(error);
    String told = plain(message != null ? message : marker.label());
    List<Thrown> links = new ArrayList<>();
    links.add(outer(error == null ? null : error.type(), told, stack));
    String cause = error == null ? null : cause(error);
    if (cause != null) {
      BrowserStack.read(plain(cause)).stream()
          .filter(link -> !link.type().isEmpty() || !link.frames().isEmpty())
          .limit(MAX_LINKS)
          .map(link -> named(link.type(), link.message(), link.frames()))
          .forEach(links::add);
    }
    Thrown deepest = links.get(links.size() - 1);
    EngineWording.Neutral neutral = EngineWording.of(deepest.message());
    Optional<KnownFamily> family = family(links, stack);
    return new ThrownError(
        type(neutral.type() == null ? deepest.type() : neutral.type()),
        MessageTemplate.spoken(neutral, false),
        neutral.known(),
        ProtectedCodes.of(deepest.message()),
        frames(links),
        error != null && error.originalStack() != null,
        family,
        family.flatMap(known -> variant(known, links)));
  }

  private static Optional<String> variant(KnownFamily family, List<Thrown> links) {
    return links.stream()
        .flatMap(link -> family.variant(link.type() + ": " + link.message()).stream())
        .findFirst();
  }

  private static @Nullable String stack(ErrorDetail error) {
    String stack = error.originalStack() == null ? error.stack() : error.originalStack();
    return stack == null ? null : plain(stack);
  }

  private static @Nullable String cause(ErrorDetail error) {
    return error.originalCause() == null ? error.cause() : error.originalCause();
  }

  private static String plain(String text) {
    return PlainText.of(text).strip();
  }

  private static Thrown outer(@Nullable String type, String message, @Nullable String stack) {
    // Angular's zones put the whole stack into the message.
    Thrown told = BrowserStack.read(EngineWording.withoutCarrier(message)).get(0);
    Thrown printed = stack == null ? told : BrowserStack.read(stack).get(0);
    String name = type == null || type.isBlank() ? printed.type() : type.strip();
    List<Frame> frames = printed.frames().isEmpty() ? told.frames() : printed.frames();
    if (told.type().isEmpty() || !(isGeneric(name) || name.equals(told.type()))) {
      return new Thrown(name, EngineWording.withoutCarrier(message), frames);
    }
    return named(told.type(), told.message(), frames);
  }

  /** "Error: TypeError: x" of those who print what they caught into what they throw. */
  private static Thrown named(String type, String message, List<Frame> frames) {
    String words = EngineWording.withoutCarrier(message);
    Thrown inner = BrowserStack.read(words).get(0);
    boolean better = isGeneric(type) && !inner.type().isEmpty();
    return better
        ? new Thrown(inner.type(), inner.message(), frames)
        : new Thrown(type, once(type, words), frames);
  }

  /** V8 repeats what was thrown above its calls. */
  private static String once(String type, String message) {
    int again = type.isEmpty() ? -1 : message.indexOf("\n" + type + ": ");
    return again < 0 ? message : message.substring(0, again);
  }

  private static boolean isGeneric(String type) {
    return type.length() < MIN_TYPE_LENGTH || GENERIC.contains(type);
  }

  private static String type(String told) {
    String type = Signatures.type(told);
    return isGeneric(type) ? ANY_ERROR : type;
  }

  private static List<Frame> frames(List<Thrown> links) {
    for (int at = links.size() - 1; at >= 0; at--) {
      if (!links.get(at).frames().isEmpty()) {
        return links.get(at).frames();
      }
    }
    return List.of();
  }

  private static Optional<KnownFamily> family(List<Thrown> links, @Nullable String stack) {
    String top = stack == null ? "" : BrowserStack.topPlace(stack).orElse("");
    for (int at = links.size() - 1; at >= 0; at--) {
      Thrown link = links.get(at);
      Optional<KnownFamily> family = KnownFamily.of(link.type(), link.message(), top);
      if (family.isPresent()) {
        return family;
      }
    }
    return Optional.empty();
  }
}
