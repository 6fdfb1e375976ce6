package dev.retrospec.signatures.stacks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Throwable.printStackTrace} and the trimmed stacks of Surefire and Gradle, of any language
 * of the JVM. Frames in "… 12 more" are those of the exception around it and come from there.
 */
final class JavaTrace {

  /** {@code at app//dev.retrospec.jobs.RetryPolicy.delay(RetryPolicy.java:41) ~[jobs.jar:?]}. */
  private static final Pattern FRAME =
      Pattern.compile(
          "^\\s{0,40}at"
              + " (?:[^\\s()/]{0,200}/){0,3}(?<owner>[^\\s()/]{1,300})\\.(?<method>[^\\s().]{1,200})"
              + "\\((?<place>[\\w$-]{1,200}\\.(?:java|kt|kts|scala|groovy|clj)(?::\\d{1,9})?|Native"
              + " Method|Unknown Source|<generated>|<unknown>)\\).{0,200}$");

  private static final String CAUSE = "Caused by: ";
  private static final String SUPPRESSED = "Suppressed: ";

  /** {@code lambda$delay$3}: a lambda in delay. */
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w{1,100})\\$\\d{1,5}");

  /** What compilers, proxies and containers append: numbers of anonymous classes, proxies. */
  private static final Pattern GENERATED =
      Pattern.compile("\\$\\$.*|\\$Proxy.*|\\$\\d++|(?<=\\$Lambda).*|/0x.*");

  private static final Pattern INITIALIZER =
      Pattern.compile(
          "java\\.lang\\.ExceptionInInitializerError: Exception (?<cause>.*) \\[in thread \".*\"]");

  private static final Pattern REFLECTION =
      Pattern.compile(
          "^(?:jdk\\.internal\\.reflect\\.|sun\\.reflect\\.|java\\.lang\\.reflect\\."
              + "|java\\.lang\\.invoke\\.|com\\.sun\\.proxy\\.|jdk\\.proxy\\d)");

  /** Runtime, test runners, containers, common libraries. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "^(?:java|javax|jakarta|jdk|sun|com\\.sun|kotlin|kotlinx|scala|groovy|clojure"
              + "|org\\.(?:junit|assertj|hamcrest|mockito|testng|opentest4j|awaitility|wiremock"
              + "|jboss|wildfly|apache|gradle|codehaus|springframework|hibernate|eclipse|slf4j"
              + "|postgresql|jdbi|spockframework|testcontainers|glassfish|xnio|flywaydb|openqa)"
              + "|com\\.(?:fasterxml|google|mysql|zaxxer|intellij|github|squareup|microsoft|tngtech)"
              + "|io\\.(?:undertow|netty|reactivex|vertx|micrometer|quarkus|smallrye|restassured)"
              + "|reactor|junit|okhttp3|ch\\.qos|net\\.bytebuddy|worker\\.org\\.gradle)\\.");

  private JavaTrace() {}

  static List<Thrown> read(List<String> lines) {
    Chain chain = new Chain();
    int suppressed = Integer.MAX_VALUE;
    for (String line : lines) {
      String text = line.strip();
      int indent = line.indexOf(text);
      boolean inside = indent > suppressed || (indent == suppressed && text.startsWith(CAUSE));
      if (inside && !text.isEmpty()) {
        continue;
      }
      suppressed = text.startsWith(SUPPRESSED) ? indent : Integer.MAX_VALUE;
      Matcher frame = FRAME.matcher(line);
      if (frame.matches()) {
        add(chain, frame);
      } else if (!text.startsWith(SUPPRESSED)) {
        other(chain, text);
      }
    }
    return chain.read();
  }

  private static void other(Chain chain, String text) {
    if (text.startsWith(CAUSE)) {
      String told = text.substring(CAUSE.length());
      Header header = Header.of(initializer(told));
      chain.thrown(header == null ? told : header.type(), header == null ? "" : header.message());
      return;
    }
    // AssertJ quotes a stack that it did not expect.
    String line = text.startsWith("\"") ? text.substring(1) : text;
    Header header = chain.mayBegin() ? Header.of(line) : null;
    if (header != null) {
      chain.begin(header.type(), header.message());
    } else {
      chain.text(text);
    }
  }

  /** A class that failed to load tells its cause in words the second time (JDK 17 and later). */
  private static String initializer(String told) {
    Matcher again = INITIALIZER.matcher(told);
    return again.matches() ? again.group("cause") : told;
  }

  private static void add(Chain chain, Matcher frame) {
    String owner = frame.group("owner");
    if (REFLECTION.matcher(owner).find()) {
      return;
    }
    String place = frame.group("place");
    int end = place.indexOf(':');
    String file = end < 0 ? place : place.substring(0, end);
    boolean told = file.indexOf('.') > 0;
    String method = LAMBDA.matcher(frame.group("method")).replaceAll("$1");
    int simple = owner.lastIndexOf('.') + 1;
    String type = GENERATED.matcher(owner.substring(simple)).replaceAll("");
    String folders = owner.substring(0, simple).replace('.', '/');
    chain.frame(
        new Frame(
            type + "." + method,
            SourcePath.tail(folders + (told ? file : type)),
            !FOREIGN.matcher(owner).find()));
  }
}
