package dev.retrospec.bench.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A page of results in Markdown. */
final class Page {

  private final StringBuilder text = new StringBuilder();

  Page(String title, String measuredOn) {
    text.append("# ").append(title).append("\n\n").append(measuredOn).append('\n');
  }

  Page paragraph(String format, Object... values) {
    text.append('\n').append(String.format(Locale.ROOT, format, values)).append('\n');
    return this;
  }

  Page table(List<String> head, List<List<String>> rows) {
    text.append('\n');
    row(head);
    row(head.stream().map(column -> "---").toList());
    rows.forEach(this::row);
    return this;
  }

  /** What failed, which should be nothing. */
  Page failures(Map<String, Integer> failures) {
    return failures.isEmpty()
        ? paragraph("Nothing failed.")
        : paragraph(
            "**Failed:** %s.",
            failures.entrySet().stream()
                .map(each -> each.getKey() + " (" + each.getValue() + " times)")
                .collect(Collectors.joining(", ")));
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  static String goal(boolean reached) {
    return reached ? "reached" : "**not reached**";
  }

  /** Writes the page and shows it. */
  void write(Path directory, String name) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(name + ".md"), text);
    System.out.println(text);
  }
}
