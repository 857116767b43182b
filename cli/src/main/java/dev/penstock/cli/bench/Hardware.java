package dev.penstock.cli.bench;

import java.lang.management.ManagementFactory;
import java.time.Instant;

/** Where and when the figures were taken. The load is the one-minute average before the run. */
record Hardware(
    int cores, long memoryMegabytes, String jdk, String system, double loadBefore, Instant date) {

  static Hardware now(Instant date) {
    var bean = ManagementFactory.getOperatingSystemMXBean();
    var memory =
        bean instanceof com.sun.management.OperatingSystemMXBean detailed
            ? detailed.getTotalMemorySize() >> 20
            : 0;
    return new Hardware(
        bean.getAvailableProcessors(),
        memory,
        Runtime.version().toString(),
        bean.getName() + " " + bean.getVersion() + " " + bean.getArch(),
        Math.round(bean.getSystemLoadAverage() * 100) / 100.0,
        date);
  }

  String text() {
    return "%d cores, %,d MB, JDK %s, %s, load before the run %s, %s"
        .formatted(cores, memoryMegabytes, jdk, system, loadBefore, date);
  }
}
