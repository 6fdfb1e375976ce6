package dev.retrospec.signatures.stacks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Exception.ToString} of .NET, in which the headers of the wrapped exceptions stand on the
 * first lines and the frames begin with the innermost.
 */
final class DotNetTrace {

  private static final Pattern FRAME =
      Pattern.compile(
          "^\\s{0,40}at (?<owner>[^\\s()]{1,400})\\.(?<method>[^\\s().]{1,300})\\((?!Native Method|Unknown Source|[\\w$-]{1,200}\\.(?:java|kt|scala|groovy|clj)\\b)(?<args>[^()]{0,600})\\)"
              + "(?: in (?<file>.{1,400}):line \\d{1,9})?$");

  private static final Pattern INNER = Pattern.compile("\\s{0,4}---> ");
  private static final String END_OF_INNER = "--- End of inner exception stack trace ---";

  /** {@code <Total>d__5.MoveNext}, {@code <>c.<Total>b__0}: code inside of Total. */
  private static final Pattern INSIDE = Pattern.compile("<(?<name>\\w{1,100})>[a-z]__");

  private static final Pattern ARITY = Pattern.compile("`\\d{1,2}|\\[[^\\]]{0,300}]");

  private static final Pattern FOREIGN =
      Pattern.compile(
          "^(?:System|Microsoft|Xunit|NUnit|FluentAssertions|Shouldly|Moq|NSubstitute|Castle|Npgsql"
              + "|Newtonsoft|Polly|AutoMapper|MediatR|lambda_method|TUnit|Bunit)(?:\\.|$)");

  private DotNetTrace() {}

  static List<Thrown> read(List<String> lines) {
    Chain chain = new Chain();
    for (String line : lines) {
      Matcher frame = FRAME.matcher(line);
      if (frame.matches()) {
        add(chain, frame);
      } else if (line.strip().equals(END_OF_INNER)) {
        chain.outer();
      } else {
        headers(chain, line);
      }
    }
    return chain.read();
  }

  private static void headers(Chain chain, String line) {
    boolean inner = line.stripLeading().startsWith("---> ");
    boolean mayBegin = !chain.begun() || inner || line.contains(" ---> ");
    for (String part : INNER.split(line)) {
      Header header = mayBegin ? Header.of(part) : null;
      if (header != null) {
        chain.thrown(header.type(), header.message());
      } else if (!part.isBlank()) {
        chain.text(part.strip());
      }
    }
  }

  private static void add(Chain chain, Matcher frame) {
    String owner = frame.group("owner");
    String method = frame.group("method");
    Matcher inside = INSIDE.matcher(owner + "." + method);
    String name = method;
    if (inside.find()) {
      name = inside.group("name");
      int nested = owner.indexOf("+<") >= 0 ? owner.indexOf("+<") : owner.indexOf(".<");
      owner = nested > 0 ? owner.substring(0, nested) : owner;
    }
    owner = ARITY.matcher(owner).replaceAll("");
    String simple = owner.substring(owner.lastIndexOf('.') + 1);
    String told = frame.group("file");
    String file = told == null ? owner.replace('.', '/') : told;
    chain.frame(
        new Frame(
            simple + "." + ARITY.matcher(name).replaceAll(""),
            SourcePath.tail(file),
            !FOREIGN.matcher(owner).find()));
  }
}
