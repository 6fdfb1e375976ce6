package dev.retrospec.alerts;

import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.NewJob;
import java.util.List;

/** The jobs of deliveries: nothing else sends one. */
final class DeliveryJobs {

  private DeliveryJobs() {}

  /**
   * The job that makes a delivery, and is the only one that does.
   *
   * @param generation grows when somebody has it sent again
   */
  static NewJob job(ProjectId project, AlertDeliveryId delivery, int generation) {
    return NewJob.about(
        JobKind.NOTIFICATION,
        project,
        delivery.value(),
        "{}",
        List.of(delivery.value(), generation));
  }

  /**
   * The job that looks again whether a message can be changed.
   *
   * @param turn counts these jobs, from 1; each names the next, whatever a node's clock says
   */
  static NewJob lookAgain(StoredDelivery update, int turn) {
    return NewJob.about(
        JobKind.NOTIFICATION,
        update.projectId(),
        update.id().value(),
        "{\"turn\":" + turn + "}",
        List.of(update.id().value(), update.generation(), turn));
  }
}
