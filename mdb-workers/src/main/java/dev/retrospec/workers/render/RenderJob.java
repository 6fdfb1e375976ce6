package dev.retrospec.workers.render;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobAttempts;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.replays.ArtifactStatus;
import dev.retrospec.replays.rendering.RenderAllowances;
import dev.retrospec.replays.rendering.RenderConfig;
import dev.retrospec.replays.rendering.RenderJobPayload;
import dev.retrospec.replays.rendering.RenderRequests;
import dev.retrospec.replays.rendering.RenderResults;
import dev.retrospec.replays.rendering.RenderTarget;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.sessions.SessionView;
import dev.retrospec.workers.browser.BrowserExhausted;
import dev.retrospec.workers.browser.NoBrowser;
import dev.retrospec.workers.moments.SecondLook;
import dev.retrospec.workers.runtime.JobWork;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the video of a session or the clip of a marker, with its poster. Whatever becomes of it, no
 * other artifact of the session is touched.
 */
@ApplicationScoped
public class RenderJob implements JobWork {

  private static final Logger LOG = LoggerFactory.getLogger(RenderJob.class);

  private final SessionQueries sessions;
  private final Scenes scenes;
  private final RecordingFiles recordings;
  private final VideoMaker maker;
  private final VideoShelf shelf;
  private final RenderAllowances allowances;
  private final RenderResults results;
  private final RenderRequests requests;
  private final RenderConfig config;
  private final JobAttempts attempts;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public RenderJob(
      SessionQueries sessions,
      Scenes scenes,
      RecordingFiles recordings,
      VideoMaker maker,
      VideoShelf shelf,
      RenderAllowances allowances,
      RenderResults results,
      RenderRequests requests,
      RenderConfig config,
      JobAttempts attempts,
      MeterRegistry meters,
      Clock clock) {
    this.sessions = sessions;
    this.scenes = scenes;
    this.recordings = recordings;
    this.maker = maker;
    this.shelf = shelf;
    this.allowances = allowances;
    this.results = results;
    this.requests = requests;
    this.config = config;
    this.attempts = attempts;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected RenderJob() {
    this(null, null, null, null, null, null, null, null, null, null, null, null);
  }

  @Override
  public JobKind kind() {
    return JobKind.RENDER;
  }

  /** One video at a time, and a project with many must not have the renderer alone. */
  @Override
  public boolean takesTurns() {
    return true;
  }

  @Override
  public Runnable perform(Job job) throws IOException {
    ProjectId project = job.projectId();
    SessionId id = new SessionId(job.subject());
    RenderJobPayload told = RenderJobPayload.read(job.payload());
    RenderTarget target = told.target();
    Optional<SessionView> session = sessions.find(project, id);
    if (session.isEmpty()) {
      return () -> {}; // erased or expired since: there is nothing to tell
    }
    try {
      Optional<Scene> shown = scenes.of(session.get(), target);
      if (shown.isEmpty()) {
        return () -> {}; // anybody may name a marker that is not there
      }
      Scene scene = shown.get();
      if (!told.secondLook() && scene.isUnderWay()) {
        return () -> requests.later(project, id, target, told.triggerKind(), SecondLook.PAUSE);
      }
      return rendered(job, session.get(), told, scene);
    } catch (NothingToShow e) {
      return missed(job, told, ArtifactStatus.SKIPPED, e.getMessage());
    } catch (NotRenderable | NoBrowser | BrowserExhausted e) {
      return missed(job, told, ArtifactStatus.FAILED, e.getMessage());
    }
  }

  private Runnable missed(Job job, RenderJobPayload told, ArtifactStatus status, String reason) {
    return () ->
        results.missed(
            job.projectId(),
            new SessionId(job.subject()),
            told.target(),
            told.triggerKind(),
            status,
            reason);
  }

  private Runnable rendered(Job job, SessionView session, RenderJobPayload told, Scene scene)
      throws IOException {
    maker.ffmpeg(); // without one nothing is begun
    ProjectId project = session.projectId();
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    boolean isClip = told.target().isClip();
    int seconds = scene.videoSeconds();
    if (!allowances.take(project, day, seconds, isClip, config)) {
      throw new NothingToShow(
          isClip
              ? "The project has had its clips of today (REPLAY_RENDER_DAILY_CLIPS,"
                  + " REPLAY_RENDER_DAILY_SECONDS)"
              : "The project has had its video of today (REPLAY_RENDER_DAILY_SECONDS)");
    }
    Path folder = Files.createTempDirectory("retrospec-render-");
    boolean isBegun = false;
    try {
      RecordingFiles.Recording recording =
          recordings.write(folder, session, scene.window(), scene.posterAtMs());
      renew(job);
      isBegun = true;
      VideoMaker.Video video =
          maker.make(
              folder,
              recording,
              scene.window(),
              scene.speed(),
              scene.posterAtMs(),
              () -> renew(job));
      return kept(job, session, told, scene, video);
    } catch (NoBrowser e) {
      isBegun = false;
      throw e;
    } finally {
      // What was worked counts, whatever came of it: one that fails each time is no way around the
      // limit.
      if (!isBegun) {
        allowances.giveBack(project, day, seconds, isClip);
      }
      delete(folder);
    }
  }

  private void renew(Job job) {
    try {
      attempts.renew(job);
    } catch (RuntimeException e) {
      LOG.warn("The lease of a rendering was not renewed: {}", e.getMessage());
    }
  }

  private Runnable kept(
      Job job, SessionView session, RenderJobPayload told, Scene scene, VideoMaker.Video video)
      throws IOException {
    meters.counter("retrospec.render.refused").increment(video.refused());
    LOG.info(
        "Session {} of {}: {} has {} frames, {} drawn; {} requests of the recording were refused",
        session.id(),
        session.projectId(),
        told.target().video(),
        video.frames(),
        video.drawn(),
        video.refused());
    return shelf.keep(session, told, scene, video, () -> renew(job));
  }

  /** A video that is stored is no less so because its folder stays behind. */
  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      LOG.warn("Files of a rendering stay behind: {}", e.getMessage());
    }
  }
}
