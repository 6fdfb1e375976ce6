package dev.retrospec.signatures;

import dev.retrospec.signatures.stacks.Frame;
import dev.retrospec.signatures.stacks.StackTraces;
import dev.retrospec.signatures.stacks.Thrown;
import dev.retrospec.signatures.text.Difference;
import dev.retrospec.signatures.text.MessageTemplate;
import dev.retrospec.signatures.text.PlainText;
import dev.retrospec.signatures.text.ProtectedCodes;
import dev.retrospec.signatures.text.TextMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the signature of a failure: plain text, chain of exceptions, masks, hashes. The cause
 * speaks for the chain: it is the same whoever wrapped it. Linear in the text, which {@link
 * FailureText} bounds. Nothing is redacted here: redact the text before where the signature will be
 * stored.
 */
public final class Signatures {

  /** What only carries another exception to somebody else. */
  private static final Set<String> CARRIERS =
      Set.of(
          "ExecutionException",
          "CompletionException",
          "InvocationTargetException",
          "UndeclaredThrowableException",
          "ExceptionInInitializerError",
          "NoClassDefFoundError",
          "EJBException",
          "EJBTransactionRolledbackException",
          "TransactionalException",
          "ServletException",
          "UncheckedIOException",
          "AggregateException",
          "TargetInvocationException",
          "TypeInitializationException");

  /** Libraries have their own names for a failed assertion. */
  private static final Pattern ASSERTION =
      Pattern.compile(
          "Assertion(?:Failed)?(?:Error|Exception)|AssertionError|ComparisonFailure|MultipleFailuresError"
              + "|JestAssertionError|XunitException|ExpectationNotMetError|AssertJMultipleFailuresError"
              + "|(?:Equal|True|False|NotNull|Null|Contains|Throws|Empty|Single)Exception"
              + "|ConditionTimeoutException");

  private static final String ASSERTION_TYPE = "AssertionError";

  /** Links of a chain whose words count: behind them the story repeats. */
  private static final int MAX_TOLD = 3;

  private static final int MAX_FRAMES = 64;
  private static final int MAX_TYPE_LENGTH = 120;

  private Signatures() {}

  public static FailureSignature of(FailureText failure) {
    List<Thrown> causeFirst = causeFirst(failure);
    String type = type(causeFirst.get(0).type());
    List<MessageTemplate> told =
        causeFirst.stream().limit(MAX_TOLD).map(t -> MessageTemplate.of(t.message())).toList();
    String template = template(causeFirst, told);
    Difference difference =
        told.stream()
            .map(MessageTemplate::difference)
            .filter(compared -> !compared.absent())
            .findFirst()
            .orElse(Difference.NONE);
    List<Frame> frames =
        causeFirst.stream().flatMap(thrown -> thrown.frames().stream()).limit(MAX_FRAMES).toList();
    Set<String> codes =
        ProtectedCodes.of(
            causeFirst.stream().map(Thrown::message).collect(Collectors.joining("\n")));
    SignatureHashes hashes = SignatureHashes.of(type, template, frames);
    return new FailureSignature(
        FailureSignature.VERSION,
        type,
        template,
        frames,
        difference,
        codes,
        hashes.exact(),
        hashes.variants());
  }

  /** The chain, deepest first, without mere carriers. */
  private static List<Thrown> causeFirst(FailureText failure) {
    List<Thrown> told = StackTraces.read(PlainText.of(failure.message()));
    List<Thrown> chain =
        new ArrayList<>(
            failure.stack() == null ? told : StackTraces.read(PlainText.of(failure.stack())));
    Thrown outer = chain.get(0);
    Thrown message = told.get(0);
    String type = firstTold(failure.type(), firstTold(outer.type(), message.type()));
    boolean embedded =
        failure.stack() != null
            && !message.frames().isEmpty()
            && !shortName(message.type()).equals(shortName(type));
    // The reporter's own words come before what its stack repeats, often cut off.
    boolean own = !embedded && !message.message().isEmpty();
    List<Frame> calls = embedded ? without(message.frames(), outer.frames()) : outer.frames();
    chain.set(0, new Thrown(type, own ? message.message() : outer.message(), calls));
    if (embedded) {
      // "Expecting code not to raise a throwable but caught …": the whole cause as text.
      chain.addAll(told);
    }
    return deepestFirst(chain);
  }

  /** A stack that repeats its message has the calls of what stands in that first. */
  private static List<Frame> without(List<Frame> quoted, List<Frame> calls) {
    boolean repeated =
        calls.size() >= quoted.size() && calls.subList(0, quoted.size()).equals(quoted);
    return repeated ? calls.subList(quoted.size(), calls.size()) : calls;
  }

  /** Carriers keep their calls, behind those of what they carried. */
  private static List<Thrown> deepestFirst(List<Thrown> chain) {
    List<Thrown> thrown = new ArrayList<>();
    List<Thrown> carriers = new ArrayList<>();
    for (int at = chain.size() - 1; at >= 0; at--) {
      Thrown link = chain.get(at);
      boolean carries = at < chain.size() - 1 && CARRIERS.contains(shortName(link.type()));
      (carries ? carriers : thrown).add(carries ? new Thrown("", "", link.frames()) : link);
    }
    thrown.addAll(carriers);
    return thrown;
  }

  private static String firstTold(@Nullable String one, String other) {
    return one == null || one.isBlank() ? other : one;
  }

  private static String template(List<Thrown> causeFirst, List<MessageTemplate> told) {
    StringBuilder template = new StringBuilder(told.get(0).text());
    for (int i = 1; i < told.size(); i++) {
      String text = told.get(i).text();
      // A wrapper without words of its own repeats those of its cause.
      if (!text.isEmpty() && !text.endsWith(told.get(i - 1).text())) {
        template.append(" ← ").append(type(causeFirst.get(i).type())).append(": ").append(text);
      }
    }
    return PlainText.cut(template.toString(), TextMask.MAX_LENGTH);
  }

  /** The short name of what was thrown; all failed assertions have one. */
  public static String type(String told) {
    String name = PlainText.cut(shortName(PlainText.of(told).strip()), MAX_TYPE_LENGTH);
    return ASSERTION.matcher(name).matches() ? ASSERTION_TYPE : name;
  }

  /** Behind the last sign that separates packages, modules and outer classes. */
  private static String shortName(String type) {
    int start = 0;
    for (char sign : new char[] {'.', ':', '$', '\\', '/'}) {
      start = Math.max(start, type.lastIndexOf(sign) + 1);
    }
    return start == type.length() ? type : type.substring(start);
  }

  /**
   * @param type see {@link #type}
   */
  public static boolean isAssertion(String type) {
    return type.equals(ASSERTION_TYPE);
  }
}
