package dev.retrospec.jobs.jms;

import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobSignal;
import dev.retrospec.jobs.JobSignals;
import dev.retrospec.jobs.SignalsUnavailable;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import java.util.List;

/**
 * Signals as non-persistent messages: the job is a row and the sweep signals again, so that a
 * journal write per message would buy nothing.
 */
@ApplicationScoped
public class JmsJobSignals implements JobSignals {

  @Resource(lookup = "java:/jms/retrospecSignals")
  private ConnectionFactory connections;

  @Resource(lookup = "java:/jms/queue/replay")
  private Queue replay;

  @Resource(lookup = "java:/jms/queue/analysis")
  private Queue analysis;

  @Resource(lookup = "java:/jms/queue/notification")
  private Queue notification;

  /** The container sets the resources. */
  protected JmsJobSignals() {}

  JmsJobSignals(ConnectionFactory connections, Queue replay, Queue analysis, Queue notification) {
    this.connections = connections;
    this.replay = replay;
    this.analysis = analysis;
    this.notification = notification;
  }

  @Override
  public void send(List<JobSignal> signals) {
    try (JMSContext context = connections.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
      JMSProducer producer =
          context
              .createProducer()
              .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
              .setDisableMessageTimestamp(true);
      for (JobSignal signal : signals) {
        producer.send(queueOf(signal.kind()), SignalMessage.of(signal.id()));
      }
    } catch (JMSRuntimeException e) {
      throw new SignalsUnavailable(e);
    }
  }

  private Queue queueOf(JobKind kind) {
    return switch (kind) {
      case REPLAY -> replay;
      case ANALYSIS -> analysis;
      case NOTIFICATION -> notification;
    };
  }
}
