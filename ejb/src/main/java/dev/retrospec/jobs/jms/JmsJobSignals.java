package dev.retrospec.jobs.jms;

import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobSignal;
import dev.retrospec.jobs.JobSignals;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals as non-persistent messages: the job is a row and the sweep signals again, so that a
 * journal write per message would buy nothing.
 *
 * <p>They are sent by one thread at a time, many in one session, and never by the request's own:
 * Artemis' resource adapter refuses to send on a thread whose transaction has just been committed,
 * and a slow broker would hold the request up.
 */
@ApplicationScoped
public class JmsJobSignals implements JobSignals {

  /** Beyond this the broker is away or drowning; what is dropped here the sweep finds. */
  private static final int MAX_WAITING = 50_000;

  private static final Logger LOG = LoggerFactory.getLogger(JmsJobSignals.class);

  @Resource(lookup = "java:/jms/retrospecSignals")
  private ConnectionFactory connections;

  @Resource private ManagedExecutorService threads;

  private final MeterRegistry meters;
  private final ConcurrentLinkedQueue<JobSignal> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final AtomicBoolean sending = new AtomicBoolean();
  private final AtomicBoolean failing = new AtomicBoolean();
  private final Map<JobKind, Queue> queues = new EnumMap<>(JobKind.class);
  private Executor executor;

  /** The container sets the resources. */
  @Inject
  public JmsJobSignals(MeterRegistry meters) {
    this.meters = meters;
  }

  /** For the container's proxy. */
  protected JmsJobSignals() {
    this(null);
  }

  public JmsJobSignals(
      ConnectionFactory connections,
      Map<JobKind, Queue> queues,
      Executor executor,
      MeterRegistry meters) {
    this(meters);
    this.connections = connections;
    this.queues.putAll(queues);
    this.executor = executor;
  }

  @PostConstruct
  void begin() {
    for (JobKind kind : JobKind.values()) {
      queues.put(kind, queueOf(kind));
    }
    executor = threads;
  }

  private static Queue queueOf(JobKind kind) {
    try {
      return InitialContext.doLookup("java:/jms/queue/" + kind.wireName());
    } catch (NamingException e) {
      throw new IllegalStateException("The server has no queue for " + kind.wireName(), e);
    }
  }

  @Override
  public void send(List<JobSignal> signals) {
    if (waitingCount.addAndGet(signals.size()) > MAX_WAITING) {
      waitingCount.addAndGet(-signals.size());
      meters.counter("retrospec.jobs.signals.failed").increment(signals.size());
      return;
    }
    waiting.addAll(signals);
    wake();
  }

  private void wake() {
    if (!waiting.isEmpty() && sending.compareAndSet(false, true)) {
      try {
        executor.execute(this::sendWaiting);
      } catch (RejectedExecutionException e) {
        sending.set(false);
        fail(e);
      }
    }
  }

  private void sendWaiting() {
    try (JMSContext context = connections.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
      JMSProducer producer =
          context
              .createProducer()
              .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
              .setDisableMessageTimestamp(true);
      for (JobSignal next = waiting.peek(); next != null; next = waiting.peek()) {
        producer.send(queues.get(next.kind()), SignalMessage.of(next.id()));
        waiting.remove();
        waitingCount.decrementAndGet();
      }
      if (failing.compareAndSet(true, false)) {
        LOG.info("The broker takes signals again");
      }
    } catch (JMSRuntimeException e) {
      fail(e);
    } finally {
      sending.set(false);
    }
    wake(); // for those that came between the last look and the flag
  }

  /** Said once until it is over: every request would say it again. */
  private void fail(RuntimeException failure) {
    int dropped = 0;
    while (waiting.poll() != null) {
      dropped++;
    }
    waitingCount.addAndGet(-dropped);
    meters.counter("retrospec.jobs.signals.failed").increment(dropped);
    if (failing.compareAndSet(false, true)) {
      LOG.warn("The broker takes no signals; {} jobs and more wait for a sweep", dropped, failure);
    }
  }
}
