package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IssueDataTest {

  private final Incidents shop = new Incidents();
  private final IssueData data = new IssueData(shop.jdbi, shop.counts, shop.moves, shop.clock);

  @Test
  void countsFollowTheSessionsThatGo() {
    ClusterKey key = visit("s1", "u:ann");
    visit("s2", "u:ann");
    visit("s3", "u:bob");
    shop.settle();

    Deleted deleted = expire("s1");

    assertThat(deleted.issueClusters()).isZero();
    assertThat(shop.cluster(key).sessionCount()).isEqualTo(2);
    assertThat(shop.cluster(key).userCount()).isEqualTo(2);
    assertThat(shop.cluster(key).markerCount()).isEqualTo(2);
    assertThat(shop.cluster(key).representativeSessionId())
        .isIn(new SessionId("s2"), new SessionId("s3"));

    expire("s2");
    shop.settle();
    assertThat(shop.cluster(key).sessionCount()).isEqualTo(1);
    assertThat(shop.cluster(key).userCount()).isEqualTo(1);
    assertThat(shop.cluster(key).promotedAt()).isNotNull();
  }

  @Test
  void emptyClusterGoesWithAllThatIsCountedOfIt() {
    ClusterKey key = visit("s1", "u:ann");
    visit("s2", "u:bob");

    assertThat(expire("s1", "s2").issueClusters()).isEqualTo(1);

    assertThat(shop.queries.cluster(shop.project, key)).isEmpty();
    for (String table : new String[] {"cluster_session", "cluster_user", "cluster_delta"}) {
      assertThat(
              shop.count("select count(*) from " + table + " where project_id = ?", shop.project))
          .isZero();
    }
    assertThat(expire("s1", "s2").issueClusters()).isZero();
  }

  @Test
  void failureThatComesBackStartsAnew() {
    ClusterKey key = visit("s1", "u:ann");
    visit("s2", "u:bob");
    expire("s1", "s2");
    shop.settle();

    visit("s3", "u:cy");
    shop.settle();

    assertThat(shop.cluster(key).sessionCount()).isEqualTo(1);
    assertThat(shop.cluster(key).userCount()).isEqualTo(1);
    assertThat(shop.queries.find(shop.project, key)).isEmpty();
  }

  @Test
  void clusterThatExpiredUnderARequestComesBackWithIt() {
    ClusterKey key = visit("s1", "u:ann");
    shop.jdbi.useHandle(
        handle -> handle.execute("delete from issue_cluster where project_id = ?", shop.project));

    shop.settle();

    assertThat(shop.cluster(key).sessionCount()).isEqualTo(1);
    assertThat(shop.cluster(key).symptom()).isEqualTo("boom");
  }

  @Test
  void sweepRemovesClustersWithoutSessionsButNotYoungOnes() {
    visit("s1", "u:ann");
    shop.settle();
    shop.jdbi.useHandle(
        handle -> handle.execute("delete from cluster_session where project_id = ?", shop.project));

    shop.inTransaction(() -> data.sweep(shop.clock.instant().minus(Duration.ofDays(1))));
    assertThat(clusters()).isEqualTo(1);

    shop.inTransaction(() -> data.sweep(shop.clock.instant().plus(Duration.ofDays(1))));
    assertThat(clusters()).isZero();
  }

  @Test
  void visitorWhoComesBackWhileTheLastSessionExpiresIsCountedAfterTheSweep() throws Exception {
    ClusterKey key = visit("s1", "u:ann");
    visit("s2", "u:bob");
    shop.settle();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      shop.inTransaction(
          () -> {
            shop.visitUnconsidered("s3", "u:ann", shop.exception("m1", "boom"));
            return other.submit(() -> expire("s1")).get(20, TimeUnit.SECONDS);
          });
    } finally {
      other.shutdownNow();
    }

    shop.inTransaction(() -> data.sweep(shop.clock.instant().minus(Duration.ofDays(1))));
    shop.settle();

    assertThat(shop.cluster(key).sessionCount()).isEqualTo(2);
    assertThat(shop.cluster(key).userCount()).isEqualTo(2);
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void anotherProjectsSessionOfTheSameIdStays() {
    Incidents other = new Incidents();
    visit("s1", "u:ann");
    ClusterKey key = other.only(other.visit("s1", "u:x", other.exception("m1", "boom")).touched());

    expire("s1");

    assertThat(other.cluster(key).sessionCount()).isEqualTo(1);
  }

  private long clusters() {
    return shop.count("select count(*) from issue_cluster where project_id = ?", shop.project);
  }

  private ClusterKey visit(String session, String visitor) {
    return shop.only(shop.visit(session, visitor, shop.exception("m1", "boom")).touched());
  }

  private Deleted expire(String... sessions) {
    return shop.inTransaction(
        () -> {
          Deleted deleted =
              data.deleteRows(
                  shop.project,
                  Arrays.stream(sessions).map(SessionId::new).collect(Collectors.toSet()));
          shop.jdbi.useHandle(
              handle -> {
                for (String session : sessions) {
                  handle.execute(
                      "delete from session where project_id = ? and id = ?", shop.project, session);
                }
              });
          return deleted;
        });
  }
}
