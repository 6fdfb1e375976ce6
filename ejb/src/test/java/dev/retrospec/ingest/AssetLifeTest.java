package dev.retrospec.ingest;

import static dev.retrospec.ingest.AssetFixture.NOW;
import static dev.retrospec.ingest.AssetFixture.TEA_HASH;
import static dev.retrospec.ingest.AssetFixture.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AssetLifeTest {

  private final AssetFixture shop = new AssetFixture();
  private final ProjectId project = shop.project;
  private final SessionId session = shop.session;

  @Test
  void writesThatItWasSeenOnceADay() {
    shop.tell(session, URL);
    shop.keep(session);
    shop.clock.pass(Duration.ofHours(23));
    shop.tell(session, URL);
    assertThat(lastSeen()).isEqualTo(NOW);

    shop.clock.pass(Duration.ofHours(2));
    assertThat(shop.tell(session, URL)).isEmpty();
    assertThat(lastSeen()).isEqualTo(shop.clock.instant());
  }

  @Test
  void whatTheSweepIsAboutToDeleteIsMissing() {
    shop.tell(session, URL);
    shop.keep(session);
    shop.clock.pass(Duration.ofDays(2));

    Set<ContentHash> missing =
        shop.database.inTransaction(
            () -> {
              shop.database
                  .jdbi()
                  .useHandle(
                      sweep ->
                          sweep.execute(
                              "select from asset where project_id = ? for update", project));
              // In a transaction of its own.
              return CompletableFuture.supplyAsync(() -> shop.tell(SessionId.mint(), URL)).join();
            });

    assertThat(missing).containsExactly(TEA_HASH);
  }

  @Test
  void whatOnlyAnErasedSessionShowedGoesWithIt() {
    SessionId second = SessionId.mint();
    shop.tell(session, URL);
    shop.keep(session);
    shop.tell(second, URL);

    shop.data.deleteObjects(project, Set.of(session));
    assertThat(shop.objects()).as("another shows it").hasSize(1);

    shop.data.deleteRows(project, Set.of(session));
    shop.data.deleteObjects(project, Set.of(second));
    assertThat(shop.objects()).isEmpty();
  }

  @Test
  void wordsOfSessionsThatNeverCameGoAfterADay() {
    shop.tell(session, URL);
    shop.keep(session);
    shop.clock.pass(Duration.ofHours(25));

    shop.data.sweep(NOW.minus(Duration.ofDays(30)));

    assertThat(shop.assets.of(project, session)).isEmpty();
  }

  @Test
  void aContentThatNobodyShowsGoesAfterTwoDaysHoweverLongSessionsAreKept() {
    Instant retention = NOW.minus(Duration.ofDays(30));
    shop.tell(session, URL);
    shop.keep(session);

    shop.clock.pass(Duration.ofHours(47));
    shop.data.sweep(retention);
    assertThat(shop.objects()).hasSize(1);

    shop.clock.pass(Duration.ofHours(2));
    shop.data.sweep(retention);
    assertThat(shop.objects()).isEmpty();
  }

  @Test
  void aContentGoesWithTheLastSessionThatShowedIt() {
    SessionId second = SessionId.mint();
    shop.record(session);
    shop.record(second);
    shop.tell(session, URL);
    shop.keep(session);
    shop.tell(second, URL);
    Instant later = NOW.plus(Duration.ofDays(8));

    shop.data.deleteRows(project, Set.of(session));
    shop.data.sweep(later);
    assertThat(shop.assets.of(project, second)).as("still shown").hasSize(1);
    assertThat(shop.objects()).hasSize(1);

    shop.data.deleteRows(project, Set.of(second));
    shop.data.sweep(later);
    assertThat(shop.objects()).isEmpty();
    assertThat(shop.tell(session, URL)).as("asked for anew").containsExactly(TEA_HASH);
  }

  @Test
  void aContentThatIsStillShownSomewhereNewIsNotSwept() {
    shop.tell(session, URL);
    shop.keep(session);
    shop.data.deleteRows(project, Set.of(session));

    shop.data.sweep(NOW);

    assertThat(shop.objects()).as("seen just now: a page may be about to tell of it").hasSize(1);
  }

  private Instant lastSeen() {
    return shop.database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select last_seen_at from asset where project_id = :project")
                    .bind("project", project)
                    .mapTo(Instant.class)
                    .one());
  }
}
