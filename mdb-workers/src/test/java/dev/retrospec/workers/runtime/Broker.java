package dev.retrospec.workers.runtime;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.MessageListener;
import jakarta.jms.Queue;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * A real Artemis in this JVM, with the redelivery of {@code 30-messaging.cli}, and the part of the
 * container: listeners that hear a queue, each in a session of its own.
 */
public final class Broker implements AutoCloseable {

  private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
  private final ActiveMQConnectionFactory connections;
  private final List<JMSContext> consumers = new ArrayList<>();

  public Broker() throws Exception {
    server.setConfiguration(
        new ConfigurationImpl()
            .setPersistenceEnabled(false)
            .setSecurityEnabled(false)
            .setJMXManagementEnabled(false)
            .addAcceptorConfiguration("in-vm", "vm://" + System.identityHashCode(this))
            .addAddressSetting(
                "#",
                new AddressSettings()
                    .setDeadLetterAddress(SimpleString.of("DLQ"))
                    .setExpiryAddress(SimpleString.of("ExpiryQueue"))
                    .setRedeliveryDelay(1_000)
                    .setRedeliveryMultiplier(2)
                    .setMaxRedeliveryDelay(60_000)
                    .setMaxDeliveryAttempts(6)
                    .setAutoCreateAddresses(true)));
    server.start();
    for (String name : new String[] {"replay", "analysis", "notification", "embedding"}) {
      server
          .getActiveMQServer()
          .createQueue(
              QueueConfiguration.of(SimpleString.of(name)).setRoutingType(RoutingType.ANYCAST));
    }
    connections = new ActiveMQConnectionFactory("vm://" + System.identityHashCode(this));
  }

  public ConnectionFactory connections() {
    return connections;
  }

  public Queue queue(String name) {
    try (JMSContext context = connections.createContext()) {
      return context.createQueue(name);
    }
  }

  /** As a message-driven bean with this maxSession hears it. */
  public void listen(String queue, int maxSession, MessageListener listener) {
    for (int session = 0; session < maxSession; session++) {
      JMSContext context = connections.createContext(JMSContext.AUTO_ACKNOWLEDGE);
      consumers.add(context);
      context.createConsumer(context.createQueue(queue)).setMessageListener(listener);
    }
  }

  void stop() throws Exception {
    server.stop();
  }

  @Override
  public void close() throws Exception {
    consumers.forEach(JMSContext::close);
    connections.close();
    server.stop();
  }
}
