package dev.retrospec.web.http;

import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** Who asks: the project of this request, and a name for records and limits. */
@RequestScoped
public class Caller {

  private @Nullable ProjectId project;
  private String name = "nobody";
  private boolean mayRead;

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

  /** Not the holder of an ingest key: what others wrote is none of their business. */
  public boolean mayRead() {
    return mayRead;
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
    this.mayRead = identity.mayRead();
  }

  /** What the door found out. */
  record Identity(@Nullable ProjectId project, String name, boolean mayRead) {

    static final String ANYONE = "anyone";
    static final String ANONYMOUS = "anonymous";

    Identity(@Nullable ProjectId project, String name) {
      this(project, name, true);
    }
  }
}
