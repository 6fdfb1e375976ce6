package dev.retrospec.web.issues;

import dev.retrospec.ids.ApiKeyId;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.projects.ApiKeys;
import dev.retrospec.web.http.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Who a request comes from, in the words of an issue's log. */
@ApplicationScoped
public class Actors {

  private static final String USER = "user:";
  private static final String KEY = "key_";

  private final Caller caller;
  private final ApiKeys keys;

  @Inject
  public Actors(Caller caller, ApiKeys keys) {
    this.caller = caller;
    this.keys = keys;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected Actors() {
    this(null, null);
  }

  /** A login, or what the key is called. */
  public Actor current() {
    String name = caller.name();
    if (name.startsWith(USER)) {
      return Actor.user(name.substring(USER.length()));
    }
    return Actor.key(
        name.startsWith(KEY)
            ? keys.label(caller.project(), new ApiKeyId(name)).orElse(name)
            : name);
  }
}
