package dev.retrospec.replays;

import static java.util.stream.Collectors.toSet;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.OwnedObjects;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/** Where the objects of artifacts stand: {@code artifacts/<project>/<session>/<name>}. */
@ApplicationScoped
public class ArtifactObjects implements OwnedObjects {

  private static final String PREFIX = "artifacts/";

  private final Artifacts artifacts;

  @Inject
  public ArtifactObjects(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /** For the container's proxy. */
  protected ArtifactObjects() {
    this(null);
  }

  /** The same for the same artifact: making it again replaces it and leaves nothing behind. */
  public static ArtifactKey key(ProjectId project, SessionId session, String name) {
    return new ArtifactKey(folder(project, session) + name);
  }

  /**
   * Whether the object is this session's own. A worker elsewhere may have named any key; one that
   * is not the session's own is neither served nor deleted for it.
   */
  public static boolean owns(ProjectId project, SessionId session, String key) {
    return key.startsWith(folder(project, session)) && ArtifactKey.parse(key).isPresent();
  }

  private static String folder(ProjectId project, SessionId session) {
    return PREFIX + project + "/" + session + "/";
  }

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public Set<ArtifactKey> known(Set<ArtifactKey> keys) {
    return artifacts.known(keys.stream().map(ArtifactKey::value).collect(toSet())).stream()
        .map(ArtifactKey::new)
        .collect(toSet());
  }
}
