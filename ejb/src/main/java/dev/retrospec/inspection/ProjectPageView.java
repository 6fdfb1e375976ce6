package dev.retrospec.inspection;

import dev.retrospec.projects.ApiKey;
import dev.retrospec.projects.RecorderRules;
import java.util.Comparator;
import java.util.List;

/**
 * A project with its keys and the rules that its recorders follow.
 *
 * @param keys those that work first, else oldest first
 * @param rules with the operator's word over the project's own
 */
public record ProjectPageView(ProjectLine project, List<ApiKey> keys, RecorderRules rules) {

  public ProjectPageView {
    keys = keys.stream().sorted(Comparator.comparing(key -> !key.isActive())).toList();
  }
}
