package dev.retrospec.issues.promotion;

import dev.retrospec.patterns.OutdatedPatterns;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Makes the memory of failures know, once an hour, what it does not know yet by today's rules:
 * issues promoted before there was a memory, and patterns and issues from before an update.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
public class RecognitionTimer {

  /** Of patterns, each a transaction; the rest follows an hour later. */
  private static final int MAX_SLICES = 100;

  @Inject private OutdatedPatterns patterns;
  @Inject private IssueRecognition issues;

  /** Rules change with the program only, and a new pattern has its signature at once. */
  private boolean patternsAreCurrent;

  @Schedule(hour = "*", minute = "29", persistent = false)
  void run() {
    for (int slice = 0; slice < MAX_SLICES && !patternsAreCurrent; slice++) {
      patternsAreCurrent = patterns.renewSome() == 0;
    }
    issues.askForUnrecognised();
  }
}
