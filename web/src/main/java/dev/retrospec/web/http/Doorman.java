package dev.retrospec.web.http;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.projects.ApiKeys;
import dev.retrospec.projects.KeyHolder;
import dev.retrospec.projects.KeyScope;
import dev.retrospec.projects.Project;
import dev.retrospec.projects.Projects;
import dev.retrospec.projects.Sha256;
import dev.retrospec.web.http.Caller.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides who a request comes from and whether its route is open to them. */
@ApplicationScoped
public class Doorman {

  private final AccessConfig config;
  private final Function<String, Optional<KeyHolder>> keyHolders;
  private final Function<ProjectId, Boolean> isProject;

  @Inject
  public Doorman(Settings settings, ApiKeys keys, Projects projects) {
    this(AccessConfig.from(settings), keys::authenticate, id -> projects.find(id).isPresent());
  }

  Doorman(
      AccessConfig config,
      Function<String, Optional<KeyHolder>> keyHolders,
      Function<ProjectId, Boolean> isProject) {
    this.config = config;
    this.keyHolders = keyHolders;
    this.isProject = isProject;
  }

  /** For the container's proxy. */
  protected Doorman() {
    this.config = null;
    this.keyHolders = null;
    this.isProject = null;
  }

  /**
   * Lets a request in.
   *
   * @return who it is
   * @throws Refused with 401 when the key is missing or wrong, 403 when it does not open this route
   */
  Identity admit(Access access, Visit visit) {
    return switch (access) {
      case PUBLIC -> new Identity(null, Identity.ANYONE);
      case ADMIN -> holderOf(config.adminKey(), "admin", visit.adminKey());
      case METRICS -> reader(visit);
      case INTERNAL -> holderOf(config.internalKey(), "internal", visit.internalKey());
      case INGEST, READ, WRITE, SET_UP -> ofProject(access, visit);
      case READ_OR_TOKEN ->
          visit.showsToken() ? new Identity(null, Identity.ANYONE) : ofProject(Access.READ, visit);
    };
  }

  private static Identity holderOf(Optional<String> expected, String name, @Nullable String shown) {
    String key = expected.orElseThrow(() -> Refused.forbidden(name + " endpoints disabled"));
    if (shown == null) {
      throw Refused.unauthorized("the " + name + " key is missing");
    }
    if (!Sha256.sameSecret(key, shown)) {
      throw Refused.unauthorized("the " + name + " key is not valid");
    }
    return new Identity(null, name);
  }

  /** Figures tell how much a customer is used: in production nobody reads them without a key. */
  private Identity reader(Visit visit) {
    if (config.metricsKey().isEmpty() && !config.isProduction()) {
      return new Identity(null, Identity.ANYONE);
    }
    return holderOf(config.metricsKey(), "metrics", visit.bearer());
  }

  private Identity ofProject(Access access, Visit visit) {
    if (visit.projectKey() != null) {
      return ofKey(access, visit.projectKey());
    }
    if (visit.user() != null) {
      return ofUser(access, visit, visit.user());
    }
    if (config.servesAnonymous()) {
      return new Identity(Project.DEFAULT, Identity.ANONYMOUS);
    }
    throw Refused.unauthorized("a project key is needed in X-Retrospec-Key");
  }

  private Identity ofKey(Access access, String raw) {
    if (config.defaultProjectKey().filter(key -> Sha256.sameSecret(key, raw)).isPresent()) {
      return new Identity(Project.DEFAULT, "ingest-api-key");
    }
    KeyHolder holder =
        keyHolders
            .apply(raw)
            .orElseThrow(() -> Refused.unauthorized("the key is unknown or revoked"));
    if (holder.scope() == KeyScope.INGEST && access != Access.INGEST) {
      throw Refused.forbidden("an ingest key may only write recordings; use a secret key");
    }
    return new Identity(
        holder.projectId(), holder.keyId().value(), holder.scope() == KeyScope.SECRET);
  }

  private Identity ofUser(Access access, Visit visit, Visit.User user) {
    boolean mayDo =
        switch (access) {
          case READ -> user.mayRead();
          case SET_UP -> user.mayAdminister();
          default -> user.mayWrite();
        };
    if (!mayDo) {
      throw Refused.forbidden(
          access == Access.READ ? "your role may not read this" : "your role may not change this");
    }
    // A cookie travels by itself: what changes something must come from our own pages.
    if (!visit.isSafeMethod() && !visit.isSameOrigin()) {
      throw Refused.forbidden("a change with the dashboard's login must come from its own pages");
    }
    ProjectId project = visit.project() == null ? Project.DEFAULT : visit.project();
    if (!isProject.apply(project)) {
      throw new NotFound("project");
    }
    return new Identity(project, "user:" + user.name());
  }
}
