package dev.retrospec.replays.rendering;

import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import org.jdbi.v3.core.Jdbi;

/**
 * How much video each project had made today: taken before the work, given back when nothing came
 * of it. Several nodes may take at once; no more than the limit is ever out.
 */
@ApplicationScoped
public class RenderAllowances {

  private static final String TAKE =
      """
      insert into render_allowance as a (project_id, day, seconds, clips)
      select :project, :day, :seconds, :clips where :seconds <= :maxSeconds and :clips <= :maxClips
      on conflict (project_id, day) do update set
        seconds = a.seconds + excluded.seconds, clips = a.clips + excluded.clips
      where a.seconds + excluded.seconds <= :maxSeconds and a.clips + excluded.clips <= :maxClips
      """;

  private final Jdbi jdbi;

  @Inject
  public RenderAllowances(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected RenderAllowances() {
    this(null);
  }

  /**
   * Takes seconds of video, and one clip where it is one.
   *
   * @return false when that would be more than the project may have that day; nothing is taken then
   */
  public boolean take(
      ProjectId project, LocalDate day, int seconds, boolean isClip, RenderConfig limits) {
    return jdbi.withHandle(
        handle -> {
          // What was yesterday limits nobody any more.
          handle
              .createUpdate(
                  "delete from render_allowance where project_id = :project and day < :day")
              .bind("project", project)
              .bind("day", day)
              .execute();
          return handle
                  .createUpdate(TAKE)
                  .bind("project", project)
                  .bind("day", day)
                  .bind("seconds", seconds)
                  .bind("clips", isClip ? 1 : 0)
                  .bind("maxSeconds", limits.dailySeconds())
                  .bind("maxClips", isClip ? limits.dailyClips() : Integer.MAX_VALUE)
                  .execute()
              == 1;
        });
  }

  /** Undoes one {@link #take}. */
  public void giveBack(ProjectId project, LocalDate day, int seconds, boolean isClip) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update render_allowance
                    set seconds = greatest(0, seconds - :seconds), clips = greatest(0, clips - :clips)
                    where project_id = :project and day = :day
                    """)
                .bind("project", project)
                .bind("day", day)
                .bind("seconds", seconds)
                .bind("clips", isClip ? 1 : 0)
                .execute());
  }
}
