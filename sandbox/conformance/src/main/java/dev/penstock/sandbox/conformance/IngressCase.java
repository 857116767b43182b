package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.plan.StackPlan;
import dev.penstock.plan.ingress.IngressMembers;
import dev.penstock.plan.ingress.IngressStacks;
import dev.penstock.plan.ingress.MemberReading;
import dev.penstock.plan.ingress.SettingsRules;
import dev.penstock.plan.ingress.StackInput;
import dev.penstock.plan.names.Finalizers;
import dev.penstock.plan.names.StackTags;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.Quotas;
import dev.penstock.schemas.table.MemberRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One case of the family ingress: reads all members, plans all stacks, compares. */
final class IngressCase {
  /** LBC lets one rule hide another without a word. */
  private static final String SHADOWED_RULE = "ShadowedRule";

  private final JsonNode expect;
  private final ClusterRegistration registration;
  private final CaseCluster cluster;
  private final CaseCloud cloud;
  private final Map<ObjectKey, MemberReading> readings = new LinkedHashMap<>();
  private final Map<StackId, List<MemberIntent>> stacks = new TreeMap<>();
  private final TreeSet<String> divergences = new TreeSet<>();

  IngressCase(JsonNode content) {
    this.expect = content.path("expect");
    this.registration = CaseSettings.registration(content.path("config"));
    this.cluster = new CaseCluster(registration, content.path("objects"));
    this.cloud = new CaseCloud(registration, content.path("aws"));
  }

  /** The first difference; empty when the case passes. */
  Optional<String> difference() {
    var refusedSettings = SettingsRules.problems(registration);
    if (expect.has("configError")) {
      return refusedSettings.isEmpty()
          ? Optional.of("settings: wanted a refusal, got none")
          : Optional.empty();
    }
    for (ObjectKey key : cluster.ingresses()) {
      var reading = IngressMembers.read(cluster, key);
      readings.put(key, reading);
      reading
          .intents()
          .forEach(i -> stacks.computeIfAbsent(i.stack(), _ -> new ArrayList<>()).add(i));
    }
    return Stream.concat(
            Stream.of(ingresses()), Nodes.stream(expect.path("groups")).map(this::group))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The rules of plan/DIVERGENCES.md that excused something of this case. */
  Set<String> divergences() {
    return divergences;
  }

  private Optional<String> ingresses() {
    var got = Nodes.MAKE.objectNode();
    readings.forEach((key, reading) -> got.set(key.path(), describe(reading)));
    var wanted = expect.path("ingresses").deepCopy();
    wanted.forEach(node -> {
      if (node instanceof ObjectNode object && object.has("error")) {
        object.put("error", true);
      }
    });
    return Difference.first("ingresses", wanted, got).map(Difference::text);
  }

  private static JsonNode describe(MemberReading reading) {
    var node = Nodes.MAKE.objectNode();
    return switch (reading) {
      case MemberReading.NotOurs _ -> node.put("managed", false);
      case MemberReading.Refused _ -> node.put("error", true);
      case MemberReading.Member(var intent, _) -> node.put("group", intent.stack().id());
    };
  }

  private Optional<String> group(JsonNode answer) {
    var stack = new StackId(registration.cluster(), StackKind.INGRESS, answer.path("id").asText());
    var intents = stacks.getOrDefault(stack, List.of());
    var members =
        intents.stream()
            .filter(i -> !(i.state() instanceof MemberIntent.Leaving))
            .sorted(
                Comparator.comparingInt(MemberIntent::order).thenComparing(i -> i.member().path()))
            .toList();
    var plan =
        IngressStacks.build(
            new StackInput(
                stack,
                registration,
                intents.stream()
                    .map(i -> new MemberRow(i, Optional.empty(), List.of(), 1, Optional.empty()))
                    .toList(),
                cloud,
                Map.of(),
                Quotas.defaults()));
    var path = "group " + stack.id();
    var difference =
        answer.has("error")
            ? error(path, answer, intents, members, plan)
            : stack(path, stack, answer, intents, members, plan);
    return difference.or(() -> Told.missing(path, answer, told(plan)));
  }

  private Map<String, List<Problem>> told(StackPlan plan) {
    var told = new TreeMap<String, List<Problem>>();
    readings.forEach((key, reading) -> {
      if (reading instanceof MemberReading.Refused(var problems, _)) {
        told.computeIfAbsent(key.path(), _ -> new ArrayList<>()).addAll(problems);
      }
    });
    plan.problems()
        .forEach(
            p -> told.computeIfAbsent(p.member().path(), _ -> new ArrayList<>()).add(p.problem()));
    return told;
  }

  private Optional<String> stack(
      String path,
      StackId stack,
      JsonNode answer,
      List<MemberIntent> intents,
      List<MemberIntent> members,
      StackPlan whole) {
    var rules = new IngressDivergences(whole);
    var strays = rules.strays();
    var plan = rules.withoutStrays();
    var staying = members.stream().filter(m -> !strays.contains(m.member())).toList();
    var refused = refused(staying, plan);
    if (!refused.isEmpty()) {
      return Optional.of(
          path + ": wanted a stack, refused were " + refused + " " + plan.problems());
    }
    if (plan.blockedOn().isPresent()) {
      return Optional.of(path + ": wanted a stack, blocked: " + plan.blockedOn().get());
    }
    var got = Nodes.MAKE.objectNode();
    var wanted = Nodes.MAKE.objectNode();
    compareMembers(stack, answer, leaving(intents, strays), staying, wanted, got);
    var rendering = new ModelRendering(plan, cloud.backendGroup());
    got.set("resources", rendering.resources());
    wanted.set("resources", wantedResources(answer));
    tags(stack, answer, rendering, wanted, got);
    certificates(answer, rendering, wanted, got);
    new StackUses(registration, cloud, plan).compare(answer, wanted, got);
    var difference = Difference.first(path, wanted, got);
    if (difference.isPresent()) {
      rules.excuse(wanted, got);
      difference = Difference.first(path, wanted, got);
    }
    divergences.addAll(rules.used());
    return difference.map(Difference::text);
  }

  /** Those that only hold a finalizer. */
  private static List<String> leaving(List<MemberIntent> intents, Set<ObjectKey> strays) {
    return intents.stream()
        .filter(i -> i.state() instanceof MemberIntent.Leaving || strays.contains(i.member()))
        .map(i -> i.member().path())
        .toList();
  }

  private void compareMembers(
      StackId stack,
      JsonNode answer,
      List<String> leaving,
      List<MemberIntent> members,
      ObjectNode wanted,
      ObjectNode got) {
    var names = got.putArray("members");
    members.forEach(m -> names.add(m.member().path()));
    wanted.set("members", answer.path("members"));
    var inactive = got.putArray("inactiveMembers");
    leaving.forEach(inactive::add);
    wanted.set(
        "inactiveMembers",
        answer.has("inactiveMembers") ? answer.get("inactiveMembers") : Nodes.MAKE.arrayNode());
    got.put("finalizer", Finalizers.of(stack));
    wanted.set("finalizer", answer.path("finalizer"));
    var tracking = got.putObject("tracking");
    tracking.put("resourceTagKey", StackTags.RESOURCE);
    StackTags.stack(registration.lbcName(), stack).forEach(tracking.putObject("stackTags")::put);
    StackTags.bindingLabels(stack).forEach(tracking.putObject("bindingLabels")::put);
    wanted.set("tracking", answer.path("tracking"));
  }

  private static JsonNode wantedResources(JsonNode answer) {
    ObjectNode resources = answer.path("stack").path("resources").deepCopy();
    if (resources
        .path("FrontendNLBTargetGroup")
        .path("FrontendNLBTargetGroup")
        .path("TargetGroups")
        .isEmpty()) {
      resources.remove("FrontendNLBTargetGroup");
    }
    for (JsonNode ofType : resources) {
      for (JsonNode resource : ofType) {
        if (resource.path("spec") instanceof ObjectNode spec) {
          spec.remove(List.of("tags", "certificates"));
        }
      }
    }
    return resources;
  }

  private void tags(
      StackId stack, JsonNode answer, ModelRendering rendering, ObjectNode wanted, ObjectNode got) {
    var gotTags = got.putObject("finalTags");
    var wantedTags = wanted.putObject("finalTags");
    rendering
        .tags()
        .forEach((resource, tags) -> {
          tags.forEach(gotTags.putObject(resource)::put);
          var given = answer.path("finalTags").path(resource);
          if (given.isMissingNode()) {
            var id = resource.substring(resource.indexOf(' ') + 1);
            StackTags.resource(registration.lbcName(), stack, id, Map.of())
                .forEach(wantedTags.putObject(resource)::put);
          } else {
            wantedTags.set(resource, given);
          }
        });
  }

  /** The first is the default certificate; of the others only the set counts. */
  private static void certificates(
      JsonNode answer, ModelRendering rendering, ObjectNode wanted, ObjectNode got) {
    var gotCertificates = got.putObject("listenerCertificates");
    rendering.certificates().forEach((port, arns) -> put(gotCertificates, port, arns));
    var wantedCertificates = wanted.putObject("listenerCertificates");
    answer
        .path("listenerCertificates")
        .properties()
        .forEach(e -> put(wantedCertificates, e.getKey(), Nodes.texts(e.getValue())));
  }

  private static void put(ObjectNode node, String port, List<String> arns) {
    var at = node.putObject(port);
    at.put("default", arns.getFirst());
    var sni = at.putArray("sni");
    new TreeSet<>(arns.subList(1, arns.size())).forEach(sni::add);
  }

  /** LBC refuses the whole group; here only those at fault are refused and the others are built. */
  private Optional<String> error(
      String path,
      JsonNode answer,
      List<MemberIntent> intents,
      List<MemberIntent> members,
      StackPlan plan) {
    var names = members.stream().map(m -> m.member().path()).toList();
    boolean loaded = answer.path("error").path("stage").asText().equals("build");
    var got = new ArrayList<>(refused(loaded ? intents : members, plan));
    if (!loaded) {
      readings.forEach((key, reading) -> {
        if (reading instanceof MemberReading.Refused && !got.contains(key.path())) {
          got.add(key.path());
        }
      });
    }
    if (loaded && !names.equals(Nodes.texts(answer.path("members")))) {
      return Optional.of(path + "/members: wanted " + answer.path("members") + ", got " + names);
    }
    var rules = new IngressDivergences(plan);
    if (got.isEmpty() && rules.builds()) {
      divergences.addAll(rules.used());
      return Optional.empty();
    }
    if (got.isEmpty()) {
      return Optional.of(
          path + ": wanted a refusal: " + answer.path("error").path("text").asText());
    }
    var goneWithout = answer.path("error").path("goneWithout");
    if (goneWithout.isArray() && !isFair(Nodes.texts(goneWithout), names, got)) {
      return Optional.of(
          path + ": at fault are " + goneWithout + ", refused were " + got + plan.problems());
    }
    for (String name : names) {
      boolean built =
          plan.resources().stream()
              .anyMatch(d -> d.wantedBy().stream().anyMatch(k -> k.path().equals(name)));
      if (!got.contains(name) && !built) {
        return Optional.of(path + ": " + name + " is not at fault and not built");
      }
    }
    return Optional.empty();
  }

  /**
   * Whether only members were refused without whom the error is gone; of two in conflict, the later
   * one.
   */
  private static boolean isFair(List<String> atFault, List<String> names, List<String> refused) {
    return switch (atFault.size()) {
      case 0 -> refused.size() > 1;
      case 2 ->
          refused.equals(List.of(names.stream().filter(atFault::contains).toList().getLast()));
      default -> atFault.containsAll(refused);
    };
  }

  /** Members that have an error, of their own or in the group; warnings do not count. */
  private static List<String> refused(List<MemberIntent> members, StackPlan plan) {
    var refused = new ArrayList<String>();
    for (MemberIntent member : members) {
      List<Problem> warnings =
          member.state() instanceof MemberIntent.Valid(_, var told) ? told : List.of();
      boolean erring =
          plan.problems().stream()
              .filter(p -> !p.problem().reason().equals(SHADOWED_RULE))
              .anyMatch(p -> p.member().equals(member.member()) && !warnings.contains(p.problem()));
      if (erring || member.state() instanceof MemberIntent.Invalid) {
        refused.add(member.member().path());
      }
    }
    return refused;
  }
}
