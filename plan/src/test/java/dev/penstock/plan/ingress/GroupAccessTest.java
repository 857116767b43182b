package dev.penstock.plan.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.plan.ClusterView;
import dev.penstock.plan.EmptyCluster;
import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.plan.annotation.Problems;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.json.ChangeRefused;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.RestrictedGroup;
import dev.penstock.schemas.settings.ScopeSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A group is open to all until an entry names it, and then to those whom an entry allows. */
final class GroupAccessTest {
  private static final RestrictedGroup EDGE = entry("edge", "team-a", "web-*");
  private static final RestrictedGroup EVERY = entry("*", "platform");
  private static final RestrictedGroup PRODUCTION =
      new RestrictedGroup("shop-*", List.of("shop"), List.of("prod-*", "blue"));

  private static RestrictedGroup entry(String group, String... namespaces) {
    return new RestrictedGroup(group, List.of(namespaces), List.of());
  }

  private static boolean open(
      String group, String cluster, String namespace, RestrictedGroup... entries) {
    return GroupAccess.refusal(view(cluster, List.of(entries)), group, namespace).isEmpty();
  }

  @Test
  void aGroupThatNoEntryNamesIsOpen() {
    assertEquals(true, open("edge", "blue", "team-b"));
    assertEquals(true, open("edge-2", "blue", "team-b", EDGE));
    assertEquals(false, open("edge", "blue", "team-b", EDGE));
  }

  @Test
  void aNamespaceIsAllowedByItsNameOrByItsBeginning() {
    assertEquals(true, open("edge", "blue", "team-a", EDGE));
    assertEquals(false, open("edge", "blue", "team-a2", EDGE));
    assertEquals(true, open("edge", "blue", "web-shop", EDGE));
    assertEquals(false, open("edge", "blue", "web", EDGE));
  }

  @Test
  void whereSeveralEntriesNameAGroupEachLetsInWhomItAllows() {
    assertEquals(true, open("edge", "blue", "platform", EDGE, EVERY));
    assertEquals(true, open("edge", "blue", "team-a", EVERY, EDGE));
    assertEquals(false, open("other", "blue", "team-a", EVERY, EDGE));
  }

  @Test
  void anEntryWithClustersAllowsInTheseAlone() {
    assertEquals(true, open("shop-eu", "prod-1", "shop", PRODUCTION));
    assertEquals(true, open("shop-eu", "blue", "shop", PRODUCTION));
    assertEquals(false, open("shop-eu", "green", "shop", PRODUCTION));
    assertEquals(false, open("shop-eu", "prod-1", "team-a", PRODUCTION));
  }

  @Test
  void whoIsRefusedIsToldWhoMayJoinAndWhereThatStands() {
    var view = view("blue", List.of(entry("shop-*", "web-*", "edge"), PRODUCTION));
    assertEquals(
        Optional.of(
            new Problem(
                "GroupRestricted",
                "group \"shop-eu\" is not open to namespace \"team-b\" of cluster \"blue\", only to"
                    + " web-*, edge; shop (in clusters prod-*, blue); an operator can change that"
                    + " by restrictedGroups in the settings of scope 1/r (penstock configure)")),
        GroupAccess.refusal(view, "shop-eu", "team-b"));
  }

  @Test
  void anIngressWithoutAGroupIsNotRestricted() {
    var view = view("blue", List.of(EVERY));
    var alone = new AnnotationReader(Annotation.PREFIX, Map.of(), new Problems());
    assertEquals(
        Optional.of(GroupRules.stack("blue", "team-b/web")),
        GroupRules.stack(view, ingress("team-b"), Optional.empty(), alone));
    var grouped =
        new AnnotationReader(
            Annotation.PREFIX, Map.of(Annotation.PREFIX + "group.name", "edge"), new Problems());
    assertEquals(
        Optional.empty(), GroupRules.stack(view, ingress("team-b"), Optional.empty(), grouped));
    assertEquals(
        List.of("GroupRestricted"),
        grouped.problems().errors().stream().map(Problem::reason).toList());
  }

  @Test
  void entriesThatCannotBeMeantAreNamed() {
    var odd =
        List.of(
            entry("", "team-a"),
            entry("edge"),
            new RestrictedGroup("e*e", List.of("*a", "b"), List.of("c d")));
    var name = " must be a name, or the beginning of names with * at its end";
    assertEquals(
        List.of(
            "restrictedGroups[0].group: \"\"" + name,
            "restrictedGroups[1].namespaces must name at least one namespace that may join",
            "restrictedGroups[2].group: \"e*e\"" + name,
            "restrictedGroups[2].namespaces: \"*a\"" + name,
            "restrictedGroups[2].clusters: \"c d\"" + name),
        GroupAccess.problems(odd).stream().map(Problem::message).toList());
    assertEquals(List.of(), GroupAccess.problems(List.of(EDGE, EVERY, PRODUCTION)));
  }

  private static Metadata ingress(String namespace) {
    return new Metadata(
        namespace,
        "web",
        "uid",
        "1",
        1,
        Map.of(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static ClusterView view(String cluster, List<RestrictedGroup> restricted) {
    var entries =
        restricted.stream()
            .map(it ->
                Map.of(
                    "group", it.group(), "namespaces", it.namespaces(), "clusters", it.clusters()))
            .toList();
    try {
      var changes = Map.of("restrictedGroups", entries);
      return new EmptyCluster(
          ClusterRegistration.of(cluster, new Scope("1", "r"), "vpc-1"),
          RecordChange.apply(ScopeSettings.defaults(), changes));
    } catch (ChangeRefused e) {
      throw new AssertionError(e);
    }
  }
}
