package dev.retrospec.web.patterns;

import dev.retrospec.patterns.EntryHit;
import dev.retrospec.patterns.MemoryEntries;
import dev.retrospec.patterns.MemoryEntry;
import dev.retrospec.patterns.PatternHit;
import dev.retrospec.patterns.PatternSearch;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.CiRoute;
import dev.retrospec.web.http.Requires;
import dev.retrospec.web.http.StorableText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Search in the memory of failures, and free text to be remembered. */
@Path("/patterns")
@CiRoute
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "ci")
@ApplicationScoped
public class PatternSearchResource {

  /** Patterns, the most similar first. */
  public record Hits(List<PatternHit> results) {}

  /** Entries, the most similar first. */
  public record Entries(List<EntryHit> results) {}

  /** What is to be remembered. */
  public record EntryBody(@Nullable String text, @Nullable Map<String, Object> metadata) {}

  /** What was. */
  public record Kept(String id, MemoryEntry entry) {}

  private final PatternSearch search;
  private final MemoryEntries entries;
  private final Caller caller;

  @Inject
  public PatternSearchResource(PatternSearch search, MemoryEntries entries, Caller caller) {
    this.search = search;
    this.entries = entries;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public PatternSearchResource() {
    this.search = null;
    this.entries = null;
    this.caller = null;
  }

  @GET
  @Path("search")
  @Requires(Access.READ)
  @Operation(summary = "Finds failures like a pasted one, or by words; threshold 0 to 1")
  public Hits search(
      @QueryParam("q") @Nullable String q,
      @QueryParam("topK") @DefaultValue("5") int topK,
      @QueryParam("threshold") @Nullable Double threshold) {
    return new Hits(search.search(caller.project(), asked(q), topK, usual(threshold)));
  }

  @GET
  @Requires(Access.READ)
  @Operation(summary = "Finds entries of free text")
  public Entries entries(
      @QueryParam("q") @Nullable String q,
      @QueryParam("topK") @DefaultValue("5") int topK,
      @QueryParam("threshold") @Nullable Double threshold) {
    return new Entries(entries.search(caller.project(), asked(q), topK, usual(threshold)));
  }

  @POST
  @Requires(Access.WRITE)
  @Operation(summary = "Remembers free text with metadata of any shape")
  public Response remember(@Nullable EntryBody body) {
    if (body == null || body.text() == null) {
      throw new InvalidRequest("text is required");
    }
    MemoryEntry entry =
        entries.add(
            caller.project(),
            body.text(),
            body.metadata() == null ? Map.of() : StorableText.cleanObject(body.metadata()));
    return Response.status(Status.CREATED).entity(new Kept(entry.id(), entry)).build();
  }

  @DELETE
  @Path("entries/{entryId}")
  @Requires(Access.WRITE)
  @Operation(summary = "Forgets an entry of free text")
  public void forget(@PathParam("entryId") String id) {
    entries.delete(caller.project(), id);
  }

  private double usual(@Nullable Double threshold) {
    return threshold == null ? search.usualThreshold() : threshold;
  }

  private static String asked(@Nullable String q) {
    if (q == null || q.isBlank()) {
      throw new InvalidRequest("q is required");
    }
    return q;
  }
}
