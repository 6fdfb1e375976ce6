package dev.retrospec.workers.runtime;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** How busy the machine's processors are. */
@ApplicationScoped
public class MachineLoad {

  /** Between two looks; the figure is an average over that time. */
  private static final long INTERVAL_NANOS = 500_000_000L;

  private double load;
  private long lookedAt = System.nanoTime() - INTERVAL_NANOS;

  /** 0 to 1, at most half a second old; 0 where the system does not tell. */
  public synchronized double current() {
    long now = System.nanoTime();
    if (now - lookedAt >= INTERVAL_NANOS) {
      lookedAt = now;
      load = measure();
    }
    return load;
  }

  /** By name, because deployments on WildFly do not see the classes of {@code jdk.management}. */
  private static double measure() {
    try {
      Object value =
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(new ObjectName("java.lang:type=OperatingSystem"), "CpuLoad");
      return value instanceof Double measured && measured > 0 ? measured : 0;
    } catch (JMException e) {
      return 0; // another JVM than HotSpot: nothing is known, so nothing waits
    }
  }
}
