package dev.retrospec.web.sessions;

import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.FeedbackEntry;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.reports.ReportRetry;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The report card of a session: read, asked for again, judged. */
@Path("/v1/sessions/{sessionID}/report-card")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "sessions")
@ApplicationScoped
public class ReportCardResource {

  /** The card as it is now. */
  public record Card(ReportCardView report) {}

  /** Whether the card was right about the cause. */
  public record Opinion(@Nullable Boolean helpful, @Nullable String note) {}

  /** What was kept, and the rule's record with it. */
  public record Kept(FeedbackEntry feedback, ReportCardView report) {}

  private final ReportCards cards;
  private final ReportRetry retry;
  private final CardOpinions opinions;
  private final Caller caller;

  @Inject
  public ReportCardResource(
      ReportCards cards, ReportRetry retry, CardOpinions opinions, Caller caller) {
    this.cards = cards;
    this.retry = retry;
    this.opinions = opinions;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public ReportCardResource() {
    this.cards = null;
    this.retry = null;
    this.opinions = null;
    this.caller = null;
  }

  @GET
  @Requires(Access.READ)
  @Operation(summary = "The report card of a session")
  public Card card(@PathParam("sessionID") SessionId session) {
    return new Card(
        cards.find(caller.project(), session).orElseThrow(() -> new NotFound("report card")));
  }

  @POST
  @Path("retry")
  @Requires(Access.WRITE)
  @Operation(summary = "Asks once more for a card that failed or was discarded")
  public Response again(@PathParam("sessionID") SessionId session) {
    return Response.status(Status.ACCEPTED)
        .entity(new Card(retry.retry(caller.project(), session)))
        .build();
  }

  @POST
  @Path("feedback")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Access.WRITE)
  @Operation(summary = "Says whether a card was helpful or wrong; its rule learns from it")
  public Response judge(@PathParam("sessionID") SessionId session, @Nullable Opinion opinion) {
    if (opinion == null || opinion.helpful() == null) {
      throw new InvalidRequest("a JSON body with helpful (true or false) is needed");
    }
    FeedbackEntry kept =
        opinions.say(caller.project(), session, opinion.helpful(), opinion.note(), caller.name());
    return Response.status(Status.ACCEPTED).entity(new Kept(kept, card(session).report())).build();
  }
}
