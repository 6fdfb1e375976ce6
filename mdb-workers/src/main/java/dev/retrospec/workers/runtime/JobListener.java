package dev.retrospec.workers.runtime;

import dev.retrospec.ids.JobId;
import dev.retrospec.jobs.jms.SignalMessage;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parent of every message-driven bean. They run without a JTA transaction: an attempt may take
 * minutes, and its end is recorded in the outbox, not in the broker. An exception that leaves
 * {@code onMessage} (PostgreSQL is away) makes the broker deliver the signal again, with its own
 * back-off.
 */
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // here, where onMessage is declared
public abstract class JobListener implements MessageListener {

  private static final Logger LOG = LoggerFactory.getLogger(JobListener.class);

  @Inject private JobRun run;

  protected JobListener() {}

  /** For a listener that no container makes. */
  protected JobListener(JobRun run) {
    this.run = run;
  }

  protected abstract JobWork work();

  @Override
  public void onMessage(Message message) {
    JobId id;
    try {
      id = SignalMessage.read(message.getBody(String.class));
    } catch (JMSException | IllegalArgumentException e) {
      // because delivering it again would not make it a signal
      LOG.error("A message on the queue of {} jobs is no signal", work().kind().wireName(), e);
      return;
    }
    run.run(id, work());
  }
}
