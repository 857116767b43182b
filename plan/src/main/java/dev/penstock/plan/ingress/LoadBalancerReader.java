package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.CAPACITY;
import static dev.penstock.plan.ingress.Annotation.CUSTOMER_OWNED_POOL;
import static dev.penstock.plan.ingress.Annotation.IPAM_POOL;
import static dev.penstock.plan.ingress.Annotation.IP_ADDRESS_TYPE;
import static dev.penstock.plan.ingress.Annotation.LOAD_BALANCER_ATTRIBUTES;
import static dev.penstock.plan.ingress.Annotation.LOAD_BALANCER_NAME;
import static dev.penstock.plan.ingress.Annotation.MANAGE_BACKEND_RULES;
import static dev.penstock.plan.ingress.Annotation.SCHEME;
import static dev.penstock.plan.ingress.Annotation.SECURITY_GROUPS;
import static dev.penstock.plan.ingress.Annotation.SSL_REDIRECT;
import static dev.penstock.plan.ingress.Annotation.SUBNETS;

import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.plan.annotation.GoValues;
import dev.penstock.schemas.intent.IngressIntent.LoadBalancerSettings;
import dev.penstock.schemas.kubernetes.IngressClassParams;
import dev.penstock.schemas.kubernetes.KeyValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a member says about its group's load balancer (LBC 1.1, 3.1): the class goes first. */
final class LoadBalancerReader {
  private static final int MAX_NAME = 32;

  /** What the settings are called in IngressClassParams. */
  private static final Map<Annotation, String> FIELDS =
      Map.of(
          LOAD_BALANCER_NAME, "loadBalancerName",
          SCHEME, "scheme",
          IP_ADDRESS_TYPE, "ipAddressType",
          CAPACITY, "minimumLoadBalancerCapacity.capacityUnits");

  private static final String UNITS = "CapacityUnits";
  private static final List<String> SCHEMES = List.of("internal", "internet-facing");
  private static final List<String> ADDRESS_TYPES =
      List.of("ipv4", "dualstack", "dualstack-without-public-ipv4");

  private final MemberSource source;
  private final AnnotationReader annotations;

  private LoadBalancerReader(MemberSource source) {
    this.source = source;
    this.annotations = source.annotations();
  }

  static LoadBalancerSettings read(MemberSource source) {
    return new LoadBalancerReader(source).read();
  }

  private LoadBalancerSettings read() {
    var classIds = byClass(p -> nonEmpty(p.subnetIds()));
    var classTags = source.params().map(IngressClassParams::subnetTags).orElse(Map.of());
    boolean subnetsByClass = classIds.isPresent() || !classTags.isEmpty();
    var subnets = subnetsByClass ? classIds : annotations.list(SUBNETS.key());
    if (!subnetsByClass && subnets.isPresent() && subnets.get().isEmpty()) {
      annotations.refuse(SUBNETS.key(), "subnet ids or names separated by commas");
    }
    return new LoadBalancerSettings(
        name(),
        oneOf(SCHEME, byClass(IngressClassParams::scheme), SCHEMES),
        oneOf(IP_ADDRESS_TYPE, byClass(IngressClassParams::ipAddressType), ADDRESS_TYPES),
        subnets.orElse(List.of()),
        subnets.isPresent() || subnetsByClass,
        classTags,
        annotations.items(SECURITY_GROUPS.key()),
        annotations.bool(MANAGE_BACKEND_RULES.key()),
        sslRedirect(),
        annotations.map(LOAD_BALANCER_ATTRIBUTES.key()),
        subnetsByClass,
        pairs(source.params().map(IngressClassParams::loadBalancerAttributes).orElse(List.of())),
        pool(),
        annotations.text(IPAM_POOL.key()).filter(id -> !id.isEmpty()),
        byClass(IngressClassParams::ipv4IpamPoolId),
        capacity(),
        classCapacity());
  }

  private Optional<String> name() {
    var byClass = byClass(IngressClassParams::loadBalancerName);
    var name = byClass.or(() -> annotations.text(LOAD_BALANCER_NAME.key()));
    if (name.isPresent() && name.get().length() > MAX_NAME) {
      refuse(LOAD_BALANCER_NAME, byClass, name.get(), "at most 32 characters");
      return Optional.empty();
    }
    return name;
  }

  private Optional<String> oneOf(
      Annotation annotation, Optional<String> byClass, List<String> allowed) {
    var value = byClass.or(() -> annotations.text(annotation.key()));
    if (value.isPresent() && !allowed.contains(value.get())) {
      refuse(annotation, byClass, value.get(), "one of " + String.join(", ", allowed));
      return Optional.empty();
    }
    return value;
  }

  private Optional<Integer> sslRedirect() {
    var byClass = byClass(IngressClassParams::sslRedirectPort);
    if (byClass.isEmpty()) {
      return annotations.int32(SSL_REDIRECT.key());
    }
    try {
      return Optional.of(Integer.valueOf(byClass.get()));
    } catch (NumberFormatException _) {
      source
          .problems()
          .warn(
              "InvalidClassRedirect",
              "sslRedirectPort of the class: \""
                  + byClass.get()
                  + "\" is not a number, so nothing is redirected");
      return Optional.empty();
    }
  }

  private Optional<Integer> capacity() {
    if (!reserves() || !annotations.has(CAPACITY.key())) {
      return Optional.empty();
    }
    var asked = annotations.map(CAPACITY.key());
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    var units =
        GoValues.integer(asked.getOrDefault(UNITS, ""), 0, Integer.MAX_VALUE).map(Long::intValue);
    if (units.isPresent() && asked.size() == 1) {
      return units;
    }
    if (byClass(IngressClassParams::capacityUnits).isEmpty()) {
      annotations.refuse(CAPACITY.key(), UNITS + "= and a whole number");
    }
    return Optional.empty();
  }

  private Optional<Integer> classCapacity() {
    var asked = reserves() ? byClass(IngressClassParams::capacityUnits) : Optional.<Long>empty();
    var units = asked.filter(u -> u >= 0 && u <= Integer.MAX_VALUE).map(Long::intValue);
    if (asked.isPresent() && units.isEmpty()) {
      refuse(
          CAPACITY, asked.map(String::valueOf), asked.get().toString(), "a whole number of units");
    }
    return units;
  }

  private boolean reserves() {
    return source.settings().gate("LBCapacityReservation", true);
  }

  private Optional<String> pool() {
    var pool = annotations.text(CUSTOMER_OWNED_POOL.key());
    if (pool.isPresent() && pool.get().isEmpty()) {
      annotations.refuse(CUSTOMER_OWNED_POOL.key(), "the id of a pool");
    }
    return pool.filter(id -> !id.isEmpty());
  }

  private void refuse(
      Annotation annotation, Optional<String> byClass, String value, String allowed) {
    if (byClass.isEmpty()) {
      annotations.refuse(annotation.key(), allowed);
    } else {
      source
          .problems()
          .error(
              "InvalidClass",
              FIELDS.get(annotation) + " of the class: \"" + value + "\" must be " + allowed);
    }
  }

  private <T> Optional<T> byClass(Function<IngressClassParams, Optional<T>> field) {
    return source.params().flatMap(field);
  }

  static Map<String, String> pairs(List<KeyValue> list) {
    var map = new LinkedHashMap<String, String>();
    list.forEach(pair -> map.put(pair.key(), pair.value()));
    return map;
  }

  static <T> Optional<List<T>> nonEmpty(List<T> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list);
  }
}
