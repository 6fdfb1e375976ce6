package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.ClusterRegroup;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.RegroupRun;
import dev.retrospec.issues.clustering.RegroupReport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a project's runs of regrouping, with the issues that the last report is about. */
@ApplicationScoped
public class RegroupInspection {

  private final ClusterRegroup regroup;
  private final IssueQueries issues;

  @Inject
  public RegroupInspection(ClusterRegroup regroup, IssueQueries issues) {
    this.regroup = regroup;
    this.issues = issues;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RegroupInspection() {
    this(null, null);
  }

  public RegroupsView open(ProjectId project) {
    List<RegroupRun> runs = regroup.latest(project);
    RegroupRun latest = runs.isEmpty() ? null : runs.get(0);
    return new RegroupsView(
        latest,
        runs.stream().skip(1).toList(),
        issues.find(project, keys(latest == null ? null : latest.report())));
  }

  /** Those that are shown. */
  private static Set<ClusterKey> keys(@Nullable RegroupReport report) {
    Set<ClusterKey> keys = new LinkedHashSet<>();
    if (report != null) {
      report.joins().stream()
          .limit(RegroupsView.SHOWN)
          .forEach(join -> join.from().stream().limit(RegroupsView.SHOWN).forEach(keys::add));
      report.fallsApart().stream()
          .limit(RegroupsView.SHOWN)
          .forEach(
              one -> {
                keys.add(one.key());
                one.into().stream()
                    .limit(RegroupsView.SHOWN)
                    .forEach(piece -> keys.add(piece.key()));
              });
      report.constraintsNote().stream().limit(RegroupsView.SHOWN).forEach(keys::add);
    }
    return keys;
  }
}
