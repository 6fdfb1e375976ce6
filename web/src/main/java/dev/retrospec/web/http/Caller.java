package dev.retrospec.web.http;

import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** Who asks: the project of this request, and a name for records and limits. */
@RequestScoped
public class Caller {

  private @Nullable ProjectId project;
  private String name = "nobody";

  /** The only project whose data this request may touch. */
  public ProjectId project() {
    if (project == null) {
      throw new IllegalStateException("this route has no project; its @Requires says so");
    }
    return project;
  }

  /** Such as {@code key_…}, {@code user:ada}, {@code anonymous}; never a secret. */
  public String name() {
    return name;
  }

  /** On a route that asks for nothing. */
  boolean isAnyone() {
    return name.equals(Identity.ANYONE);
  }

  /** Served without a key, as in development. */
  boolean isAnonymous() {
    return name.equals(Identity.ANONYMOUS);
  }

  void become(Identity identity) {
    this.project = identity.project();
    this.name = identity.name();
  }

  /** What the door found out. */
  record Identity(@Nullable ProjectId project, String name) {

    static final String ANYONE = "anyone";
    static final String ANONYMOUS = "anonymous";
  }
}
