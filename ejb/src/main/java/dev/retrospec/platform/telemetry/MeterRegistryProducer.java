package dev.retrospec.platform.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

/** One Prometheus registry for the whole application; {@code GET /metrics} prints it. */
@ApplicationScoped
public class MeterRegistryProducer {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gcMetrics = new JvmGcMetrics();

  @PostConstruct
  void watchTheMachine() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    gcMetrics.bindTo(registry);
  }

  @Produces
  @Singleton
  @Typed(PrometheusMeterRegistry.class)
  PrometheusMeterRegistry prometheus() {
    return registry;
  }

  @Produces
  @Singleton
  @Typed(MeterRegistry.class)
  MeterRegistry meters() {
    return registry;
  }

  @PreDestroy
  void close() {
    gcMetrics.close();
  }
}
