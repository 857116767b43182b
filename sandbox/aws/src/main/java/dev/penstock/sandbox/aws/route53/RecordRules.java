package dev.penstock.sandbox.aws.route53;

import dev.penstock.sandbox.aws.ec2.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** What one record set must be in itself and beside others of the same name and type. */
final class RecordRules {
  private static final List<String> TYPES =
      List.of(
          "SOA", "A", "TXT", "NS", "CNAME", "MX", "NAPTR", "PTR", "SRV", "SPF", "AAAA", "CAA", "DS",
          "TLSA", "SSHFP", "SVCB", "HTTPS");
  private static final int LONGEST_VALUE = 4000;
  private static final int MOST_VALUES = 400;

  private RecordRules() {}

  static List<String> faults(ResourceRecordSet set) {
    var faults = new ArrayList<String>();
    var named = "for '" + set.typeAsString() + " " + set.name() + "'";
    if (!TYPES.contains(set.typeAsString())) {
      faults.add("Invalid record type " + named);
    }
    if (!labelsFit(set.name())) {
      faults.add("FATAL problem: DomainLabelTooLong or invalid domain name " + named);
    }
    var alias = set.aliasTarget() != null;
    if (alias && (set.ttl() != null || !set.resourceRecords().isEmpty())) {
      faults.add("An alias record must have neither TTL nor resource records " + named);
    }
    if (alias && set.aliasTarget().evaluateTargetHealth() == null) {
      faults.add("An alias record must say whether target health is evaluated " + named);
    }
    if (!alias && (set.ttl() == null || set.resourceRecords().isEmpty())) {
      faults.add("Expected a TTL and at least one resource record " + named);
    }
    if (set.ttl() != null && (set.ttl() < 0 || set.ttl() > Integer.MAX_VALUE)) {
      faults.add("Invalid TTL " + named);
    }
    policyFaults(set, named, faults);
    valueFaults(set, named, faults);
    return faults;
  }

  private static void policyFaults(ResourceRecordSet set, String named, List<String> faults) {
    var policies = policies(set);
    if (policies.size() > 1) {
      faults.add("Only one routing policy is allowed " + named);
    }
    if (policies.isEmpty() != (set.setIdentifier() == null)) {
      faults.add("A routing policy and a set identifier belong together " + named);
    }
    if (set.setIdentifier() != null
        && (set.setIdentifier().isEmpty() || set.setIdentifier().length() > 128)) {
      faults.add("The set identifier must have 1 to 128 characters " + named);
    }
    if (set.weight() != null && (set.weight() < 0 || set.weight() > 255)) {
      faults.add("The weight must be within [0,255] " + named);
    }
  }

  private static void valueFaults(ResourceRecordSet set, String named, List<String> faults) {
    var values = set.resourceRecords().stream().map(r -> r.value()).toList();
    if (values.size() > MOST_VALUES) {
      faults.add("Too many values " + named);
    }
    if (values.stream().distinct().count() < values.size()) {
      faults.add("Duplicate Resource Record " + named);
    }
    if (set.typeAsString().equals("CNAME") && values.size() > 1) {
      faults.add("A CNAME record set must have exactly one value " + named);
    }
    for (var value : values) {
      if (value == null || value.isEmpty() || value.length() > LONGEST_VALUE || !fits(set, value)) {
        faults.add("Invalid Resource Record: FATAL problem: value '" + value + "' " + named);
      }
    }
  }

  private static boolean fits(ResourceRecordSet set, String value) {
    return switch (set.typeAsString()) {
      case "A" -> value.contains(".") && Cidr.tryParse(value + "/32").isPresent();
      case "AAAA" -> value.contains(":") && Cidr.tryParse(value + "/128").isPresent();
      case "TXT", "SPF" -> quoted(value);
      case "CNAME", "NS", "PTR" -> !value.contains(" ") && labelsFit(DnsNames.normal(value));
      case "MX" -> value.matches("\\d{1,5}\\s+\\S+");
      case "SRV" -> value.matches("\\d{1,5}\\s+\\d{1,5}\\s+\\d{1,5}\\s+\\S+");
      default -> true;
    };
  }

  /** One or more quoted strings of at most 255 characters each. */
  private static boolean quoted(String value) {
    return value.matches("(?s)\"([^\"\\\\]|\\\\.){0,255}\"(\\s+\"([^\"\\\\]|\\\\.){0,255}\")*");
  }

  private static boolean labelsFit(String name) {
    if (name.length() > 255 || name.startsWith(".") || name.contains("..")) {
      return false;
    }
    for (var label : name.split("\\.")) {
      if (label.isEmpty() || label.replaceAll("\\\\[0-7]{3}", "x").length() > 63) {
        return false;
      }
    }
    return true;
  }

  /** Members of one name and type share their policy; weighted ones share the TTL. */
  static List<String> siblingFaults(ResourceRecordSet set, List<ResourceRecordSet> siblings) {
    var faults = new ArrayList<String>();
    for (var other : siblings) {
      if (!policies(other).equals(policies(set))) {
        faults.add(
            "RRSet with DNS name "
                + set.name()
                + ", type "
                + set.typeAsString()
                + ", SetIdentifier "
                + set.setIdentifier()
                + " cannot be created as other RRSets exist with the same name and type.");
        return faults;
      }
      if (set.weight() != null && !Objects.equals(set.ttl(), other.ttl())) {
        faults.add("Weighted record sets of " + set.name() + " must share their TTL");
        return faults;
      }
    }
    return faults;
  }

  private static List<String> policies(ResourceRecordSet set) {
    var policies = new ArrayList<String>();
    if (set.weight() != null) {
      policies.add("weighted");
    }
    if (set.regionAsString() != null) {
      policies.add("latency");
    }
    if (set.failoverAsString() != null) {
      policies.add("failover");
    }
    if (set.geoLocation() != null) {
      policies.add("geolocation");
    }
    if (set.geoProximityLocation() != null) {
      policies.add("geoproximity");
    }
    if (Boolean.TRUE.equals(set.multiValueAnswer())) {
      policies.add("multivalue");
    }
    if (set.cidrRoutingConfig() != null) {
      policies.add("cidr");
    }
    return policies;
  }
}
