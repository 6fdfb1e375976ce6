package dev.retrospec.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.jobs.Job;
import dev.retrospec.platform.json.Json;

/** Why a job goes to a tracker. */
enum TicketErrand {
  CREATE,
  /** Read where an existing ticket stands. */
  LOOK,
  /** Tell the ticket where its issue stands when the job begins, if it does not know. */
  TELL;

  String payload() {
    return "{\"action\":\"" + name() + "\"}";
  }

  static TicketErrand of(Job job) {
    String name = Json.read(job.payload(), JsonNode.class).path("action").asText();
    return switch (name) {
      case "CREATE" -> CREATE;
      case "LOOK" -> LOOK;
      default -> TELL; // an earlier version named what was to be told
    };
  }
}
