package dev.penstock.cli.roles;

import dev.penstock.roles.MetricsText;
import java.lang.management.ManagementFactory;

/** What every process measures of itself. */
final class ProcessMetrics {
  private static final double MILLIS = 1000;

  private ProcessMetrics() {}

  static void measure(MetricsText into) {
    var runtime = ManagementFactory.getRuntimeMXBean();
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    var collected =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(bean -> Math.max(0, bean.getCollectionTime()))
            .sum();
    into.gauge(
            "process_start_time_seconds",
            "Start of the process since the epoch.",
            runtime.getStartTime() / MILLIS)
        .gauge("jvm_heap_used_bytes", "Heap in use.", heap.getUsed())
        .gauge("jvm_heap_max_bytes", "The most that the heap may take.", heap.getMax())
        .total("jvm_gc_seconds_total", "Time spent in collections.", collected / MILLIS)
        .gauge(
            "jvm_threads",
            "Live platform threads.",
            ManagementFactory.getThreadMXBean().getThreadCount());
  }
}
