package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.clustering.Fingerprint;
import dev.retrospec.issues.clustering.Grouping;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.StoredMarker;
import dev.retrospec.sessions.StoredMarkers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells why the failures of an issue are one. */
@ApplicationScoped
public class IssueGrouping {

  private static final Pattern MASK = Pattern.compile("<([a-z]{1,10})>");

  private static final Map<String, String> MASKED =
      Map.ofEntries(
          Map.entry("n", "a number"),
          Map.entry("id", "an id or a hash"),
          Map.entry("email", "an e-mail address"),
          Map.entry("url", "an address; its path stays"),
          Map.entry("time", "a date or a time"),
          Map.entry("ip", "a network address"),
          Map.entry("v", "a quoted value"),
          Map.entry("value", "a quoted value"));

  private final IssueQueries issues;
  private final ClusterDecisions decisions;
  private final StoredMarkers markers;
  private final ClusterAliases aliases;
  private final ClusterConstraints constraints;
  private final MarkerTransfers transfers;

  @Inject
  public IssueGrouping(
      IssueQueries issues,
      ClusterDecisions decisions,
      StoredMarkers markers,
      ClusterAliases aliases,
      ClusterConstraints constraints,
      MarkerTransfers transfers) {
    this.issues = issues;
    this.decisions = decisions;
    this.markers = markers;
    this.aliases = aliases;
    this.constraints = constraints;
    this.transfers = transfers;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueGrouping() {
    this(null, null, null, null, null, null);
  }

  /**
   * Of the cluster that the key leads to, an issue or not; empty when the project has none, or none
   * of its markers is left.
   */
  public Optional<GroupingView> of(ProjectId project, ClusterKey key) {
    return issues
        .cluster(project, decisions.current(project, key))
        .flatMap(cluster -> example(project, cluster).map(one -> view(project, cluster, one)));
  }

  private Optional<StoredMarker> example(ProjectId project, IssueView cluster) {
    if (cluster.representativeSessionId() != null && cluster.representativeMarkerId() != null) {
      List<StoredMarker> representative =
          markers.of(
              project, cluster.representativeSessionId(), Set.of(cluster.representativeMarkerId()));
      if (!representative.isEmpty()) {
        return Optional.of(representative.get(0));
      }
    }
    return markers.anyOf(project, cluster.key());
  }

  private GroupingView view(ProjectId project, IssueView cluster, StoredMarker stored) {
    ObservedMarker marker = stored.marker();
    Grouping grouping = Fingerprint.of(marker);
    return new GroupingView(
        cluster.key(),
        grouping.key(),
        grouping.rule().wireName(),
        grouping.key().value().replaceFirst("-.*", ""),
        grouping.hashed().stream()
            .map(part -> new GroupingView.Part(part.name(), part.value()))
            .toList(),
        grouping.frames().stream()
            .map(call -> new GroupingView.Call(call.function(), call.file(), call.inApp()))
            .toList(),
        grouping.type(),
        message(marker),
        grouping.template(),
        masks(grouping).stream()
            .map(
                mask ->
                    new GroupingView.Mask(
                        "<" + mask + ">", MASKED.getOrDefault(mask, "a value that changes")))
            .toList(),
        new GroupingView.Hints(marker.hint(), marker.fingerprint()),
        aliases.of(project, cluster.key()),
        constraints.of(project, cluster.key()),
        transfers.of(project, cluster.key()));
  }

  /** Of what is hashed, and of the words that are shown beside it. */
  private static Set<String> masks(Grouping grouping) {
    Set<String> masks = new LinkedHashSet<>(grouping.masks());
    MASK.matcher(grouping.template()).results().forEach(found -> masks.add(found.group(1)));
    return masks;
  }

  private static String message(ObservedMarker marker) {
    ErrorDetail error = marker.error();
    return error == null || error.message() == null ? marker.label() : error.message();
  }
}
