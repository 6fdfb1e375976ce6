package dev.retrospec.projects;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** A new project with its first key, both or neither. */
@ApplicationScoped
public class ProjectRegistration {

  /** The project, and its first key while the secret can be shown. */
  public record Registered(Project project, MintedKey firstKey) {}

  private final Projects projects;
  private final ApiKeys keys;

  @Inject
  public ProjectRegistration(Projects projects, ApiKeys keys) {
    this.projects = projects;
    this.keys = keys;
  }

  /** For the container's proxy. */
  protected ProjectRegistration() {
    this.projects = null;
    this.keys = null;
  }

  /**
   * Adds a project and mints a secret key for it.
   *
   * @param label of the key
   * @throws dev.retrospec.platform.failure.InvalidRequest when name or site is blank
   */
  @Transactional
  public Registered register(String name, String site, String label) {
    Project project = projects.add(name, site);
    return new Registered(project, keys.mint(project.id(), label, KeyScope.SECRET));
  }
}
