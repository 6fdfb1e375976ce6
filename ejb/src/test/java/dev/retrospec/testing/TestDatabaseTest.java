package dev.retrospec.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ProjectId;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

  private final TestDatabase database = TestDatabase.get();

  @Test
  void idsBindAndMapByThemselves() {
    ProjectId project = database.newProject();

    ProjectId stored =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select id from project where id = :id")
                        .bind("id", project)
                        .mapTo(ProjectId.class)
                        .one());

    assertThat(stored).isEqualTo(project);
  }

  @Test
  void aFailingTransactionLeavesNothing() {
    ProjectId project = ProjectId.mint();

    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      database
                          .jdbi()
                          .useHandle(
                              handle ->
                                  handle.execute(
                                      "insert into project (id, name, site) values (?, 'n', 's')",
                                      project));
                      throw new IllegalArgumentException("boom");
                    }))
        .hasMessage("boom");

    assertThat(countOf(project)).isZero();
  }

  @Test
  void sqlAndEntitiesShareOneTransaction() {
    Integer sameConnection =
        database.inTransaction(
            () -> {
              ProjectId project = database.newProject();
              return ((Number)
                      database
                          .entityManager()
                          .createNativeQuery("select count(*) from project where id = ?1")
                          .setParameter(1, project.value())
                          .getSingleResult())
                  .intValue();
            });

    assertThat(sameConnection).isEqualTo(1);
  }

  private int countOf(ProjectId project) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from project where id = :id")
                    .bind("id", project)
                    .mapTo(Integer.class)
                    .one());
  }
}
