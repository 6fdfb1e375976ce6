package dev.retrospec.bench.grouping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Groups the labelled errors by several methods and writes grouping.md into the folder of its first
 * argument, and what RetroSpec got wrong in the part that may be looked at into the file of its
 * third; the second is the commit. Started by {@code bench/run grouping}.
 */
public final class GroupingBench {

  private static final List<String> MAPPED = List.of("shop", "portal", "desk", "notes", "tasks");
  private static final List<String> UNMAPPED = List.of("bank", "legacy", "intra", "store");

  private GroupingBench() {}

  public static void main(String[] arguments) throws IOException {
    List<LabelledError> errors = ErrorSet.all();
    GroupingMethod ours = LikenessJoin.method();
    List<GroupingMethod> methods =
        List.of(
            ours,
            GroupingMethod.fingerprint(),
            GroupingMethod.templateAlone(),
            Baselines.messageAndTopFrame(),
            Baselines.sentryLike(),
            Baselines.postHogLike());

    GroupingPage page = new GroupingPage(arguments[1], errors);
    page.part("All errors", errors, methods);
    page.goal(Groups.of(errors, ours.groups(errors)).pairs());
    page.part("Held out", errors, methods, LabelledError::heldOut);
    page.part("The part that may be looked at", errors, methods, error -> !error.heldOut());
    page.part(
        "Recorded from sites with source maps", errors, methods, error -> isOf(error, MAPPED));
    page.part(
        "Recorded from sites without source maps", errors, methods, error -> isOf(error, UNMAPPED));
    page.part("Public reports", errors, methods, error -> error.source().startsWith("report"));
    List<LabelledError> deploys =
        ErrorSet.deploys().stream().sorted(Comparator.comparingInt(LabelledError::deploy)).toList();
    if (!deploys.isEmpty()) {
      page.deploys(deploys, methods, ours);
    }
    page.write(Path.of(arguments[0]));

    List<LabelledError> open = errors.stream().filter(error -> !error.heldOut()).toList();
    Path mistakes = Path.of(arguments[2]);
    Files.createDirectories(mistakes.toAbsolutePath().getParent());
    Files.writeString(mistakes, Mistakes.of(open, ours.groups(open)));
  }

  private static boolean isOf(LabelledError error, List<String> projects) {
    return projects.contains(error.project());
  }
}
