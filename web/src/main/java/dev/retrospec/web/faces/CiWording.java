package dev.retrospec.web.faces;

import dev.retrospec.inspection.RunDiff.FileDiff;
import dev.retrospec.patterns.Why;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the pages on test runs say what only they have to say. */
@Named("ci")
@ApplicationScoped
public class CiWording {

  private final Wording say;

  @Inject
  public CiWording(Wording say) {
    this.say = say;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected CiWording() {
    this.say = null;
  }

  /** A tab of the list of runs. */
  public String runs(@Nullable String tab) {
    return switch (tab == null ? "" : tab) {
      case "new" -> "New failures";
      case "all" -> "All runs";
      default -> say.word(tab);
    };
  }

  /** A tab of the list of tests. */
  public String tests(@Nullable String tab) {
    return switch (tab == null ? "" : tab) {
      case "red" -> "Red now";
      case "flaky" -> "Flaky";
      default -> "All tests";
    };
  }

  /** What a list of tests begins with. */
  public String testSort(@Nullable String sort) {
    return switch (sort == null ? "" : sort) {
      case "failures" -> "Most failures";
      case "flaky" -> "Most flaky";
      case "slowest" -> "Slowest";
      case "last_seen" -> "Ran last";
      case "name" -> "Name";
      default -> "Fails most lately";
    };
  }

  /** What people hold a pattern for, as they choose it. */
  public String decision(@Nullable String decision) {
    return switch (decision == null ? "" : decision) {
      case "product_bug" -> "A bug of the product";
      case "test_bug" -> "A bug of the test";
      case "infrastructure" -> "Infrastructure: a machine, a network, a service beside";
      case "flaky" -> "Flaky: fails and passes without a change";
      case "known" -> "Known, and accepted for now";
      default -> "Not decided";
    };
  }

  /** How a run came to us. */
  public String source(@Nullable String source) {
    return switch (source == null ? "" : source) {
      case "junit" -> "JUnit report";
      case "report" -> "Report of the job";
      default -> "API";
    };
  }

  /** Where messages go. */
  public String channel(@Nullable String channel) {
    return switch (channel == null ? "" : channel) {
      case "github" -> "Pull request";
      case "email" -> "E-mail";
      default -> say.word(channel);
    };
  }

  /** What is to be known of a run's analysis, whether or not it is there. */
  public String analysisNote(@Nullable String status, @Nullable String writer) {
    return switch (status == null ? "" : status) {
      case "pending" -> "A model is asked to say more. Load this page again in a few seconds.";
      case "failed" -> "The model that was asked to say more gave no answer.";
      default ->
          writer == null || writer.equals("heuristic")
              ? "Written by rule, from the evidence on this page."
              : "Written by " + writer + ", from redacted evidence.";
    };
  }

  /** 0 to 1 as what a reader may make of it. */
  public String alike(double similarity) {
    if (similarity >= 0.95) {
      return "the same";
    } else if (similarity >= 0.85) {
      return "very close";
    }
    return similarity >= 0.7 ? "related" : "a little alike";
  }

  /** "stack 92 %, message 71 %, same type". */
  public String why(@Nullable Why why) {
    if (why == null || why.exact()) {
      return why == null ? "" : "equal but for accidents such as numbers and paths";
    }
    return Stream.of(
            why.frames() > 0 ? "stack " + say.percent(why.frames()) : "",
            "message " + say.percent(why.message()),
            why.type() >= 1 ? "same type" : why.type() > 0 ? "type " + say.percent(why.type()) : "",
            why.codesDiffer() ? "another code" : "")
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** A call of a stack, {@code function@file}; of a function without a name the file alone. */
  public String frame(String call) {
    return call.startsWith("?@") ? call.substring(2) : call;
  }

  /** An analysis as HTML with tags of ours only. */
  public String analysis(@Nullable String markdown) {
    return Markdown.html(say.plain(markdown));
  }

  /** The lines of a changed file as HTML with tags of ours only. */
  public String diff(@Nullable FileDiff file) {
    // Faces asks for it before a page is loaded.
    return file == null ? "" : DiffMarkup.of(file);
  }
}
