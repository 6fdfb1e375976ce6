package dev.retrospec.workers.analysis.heuristic;

import java.util.Optional;

/**
 * Knows one way in which pages fail. Pure: the same scene gives the same finding. Its id is stored
 * with every card that it writes, and how often people found it right decides how far it is
 * trusted: never give a rule that means something else the same id.
 */
interface Rule {

  /** Letters and underscores, such as {@code failed_request}. */
  String id();

  /** Empty when this is not what happened here. */
  Optional<Finding> look(Scene scene);
}
