package dev.penstock.cli.bench;

import dev.penstock.sandbox.aws.AwsService;
import dev.penstock.sandbox.aws.RequestLog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls that arrived at AWS, counted. Health reads (DescribeTargetHealth) and DNS (Route 53, which
 * the peers leave to a second controller) stand apart from {@code reads} and {@code writes}.
 */
record CallCounts(
    int reads,
    int writes,
    int healthReads,
    int dnsReads,
    int dnsWrites,
    int throttled,
    Map<String, Integer> byAction) {

  static CallCounts of(List<RequestLog.Entry> entries) {
    var byAction = new TreeMap<String, Integer>();
    int reads = 0;
    int writes = 0;
    int health = 0;
    int dnsReads = 0;
    int dnsWrites = 0;
    int throttled = 0;
    for (var entry : entries) {
      byAction.merge(entry.operation().name(), 1, Integer::sum);
      var dns = entry.operation().service() == AwsService.ROUTE53;
      if (isHealthRead(entry)) {
        health++;
      } else if (entry.operation().reads()) {
        dnsReads += dns ? 1 : 0;
        reads += dns ? 0 : 1;
      } else {
        dnsWrites += dns ? 1 : 0;
        writes += dns ? 0 : 1;
      }
      throttled += entry.code().contains("Thrott") || entry.code().contains("LimitExc") ? 1 : 0;
    }
    return new CallCounts(reads, writes, health, dnsReads, dnsWrites, throttled, byAction);
  }

  static boolean isHealthRead(RequestLog.Entry entry) {
    return entry.operation().name().equals("DescribeTargetHealth");
  }

  /** Everything but health reads. */
  int total() {
    return reads + writes + dnsReads + dnsWrites;
  }

  String text() {
    return "%d reads, %d writes, DNS %d reads %d writes, %d health reads%s"
        .formatted(
            reads,
            writes,
            dnsReads,
            dnsWrites,
            healthReads,
            throttled == 0 ? "" : ", %d throttled".formatted(throttled));
  }
}
