package dev.retrospec.web.http;

import dev.retrospec.ids.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * What a request shows at the door.
 *
 * @param bearer token of the authorization header
 * @param adminKey from {@code X-Retrospec-Admin} or a bearer token
 * @param internalKey from {@code X-Retrospec-Internal} or a bearer token
 * @param projectKey from {@code X-Retrospec-Key}, {@code x-api-key}, a bearer token, or the query
 *     of a beacon
 * @param user who is signed in to the dashboard
 * @param project asked for by a dashboard user
 * @param showsToken there is an artifact token in the query
 * @param isSafeMethod GET and HEAD change nothing
 * @param isSameOrigin the browser says that one of our own pages sent it
 */
record Visit(
    @Nullable String bearer,
    @Nullable String adminKey,
    @Nullable String internalKey,
    @Nullable String projectKey,
    @Nullable User user,
    @Nullable ProjectId project,
    boolean showsToken,
    boolean isSafeMethod,
    boolean isSameOrigin) {

  record User(String name, boolean mayRead, boolean mayWrite, boolean mayAdminister) {}

  /** Never the keys. */
  @Override
  public String toString() {
    return "Visit[user=" + user + ", project=" + project + "]";
  }
}
