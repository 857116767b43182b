package dev.penstock.sandbox.conformance.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.sandbox.conformance.Difference;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What counts after a step at which LBC failed. */
final class WantedStoryTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** LBC makes one load balancer, fails, and makes the other one by its next run. */
  private static final String STORY =
      """
      steps: [{objects: [a]}, {objects: [%s]}]
      expect:
        steps:
          - runs: [{error: too many}]
            after: {loadBalancers: {lb/one: {scheme: internal}}}
          - runs: [{}]
            after: {loadBalancers: {lb/one: {scheme: internal}, lb/two: {scheme: internal}}}
      """;

  private static final String ONE = "lb/one: {scheme: internal}";
  private static final String BOTH = ONE + ", lb/two: {scheme: internal}";

  @Test
  void whatLbcLeftIsEqual() throws Exception {
    assertEquals(Optional.empty(), difference(story("a"), ONE));
  }

  @Test
  void whatItsNextGoodRunMakesIsEqualToo() throws Exception {
    var story = story("a");
    assertEquals(Optional.empty(), difference(story, BOTH));
    assertEquals(Set.of("tried-again"), story.divergences());
  }

  @Test
  void whatNeitherRunMakesIsADifference() throws Exception {
    assertEquals(
        Optional.of("loadBalancers/lb/two: wanted nothing, got {\"scheme\":\"internet-facing\"}"),
        difference(story("a"), ONE + ", lb/two: {scheme: internet-facing}"));
  }

  @Test
  void whereUsersChangeSomethingMeanwhileEachValueIsOneOfEitherEnd() throws Exception {
    assertEquals(Optional.empty(), difference(story("b"), ONE));
    assertEquals(Optional.empty(), difference(story("b"), BOTH));
    assertEquals(
        Optional.of("loadBalancers/lb/two/scheme: wanted nothing, got \"internet-facing\""),
        difference(story("b"), ONE + ", lb/two: {scheme: internet-facing}"));
    assertEquals(
        Optional.of("loadBalancers/lb/one/scheme: wanted \"internal\", got \"internet-facing\""),
        difference(story("b"), "lb/one: {scheme: internet-facing}"));
  }

  /** LBC fails at the second step, and for ever; the first went well. */
  private static final String FOR_EVER =
      """
      steps: [{objects: [b]}, {objects: [a]}]
      expect:
        steps:
          - runs: [{}]
            after: {loadBalancers: {lb/one: {scheme: internal}}, targetGroups: {tg/old: {port: 1}}}
          - runs: [{error: stuck}]
            after: {loadBalancers: {lb/one: {}}, targetGroups: {tg/old: {port: 1}}}
      """;

  private static Optional<String> afterAll(String tree, String afresh) throws Exception {
    var story = new WantedStory(YAML.readTree(FOR_EVER), worlds(afresh, afresh));
    return first(story, 1, (ObjectNode) YAML.readTree(tree));
  }

  private static Afresh worlds(String plain, String covered) throws Exception {
    var tree = (ObjectNode) YAML.readTree(plain);
    var other = (ObjectNode) YAML.readTree(covered);
    return new Afresh() {
      @Override
      public ObjectNode tree(int step) {
        return tree;
      }

      @Override
      public ObjectNode covered(int step) {
        return other;
      }
    };
  }

  private static WantedStory of(JsonNode content) throws Exception {
    return new WantedStory(content, worlds("{}", "{}"));
  }

  @Test
  void whereLbcFailsForEverItsLastGoodRunIsEqualUnderNewNames() throws Exception {
    assertEquals(
        Optional.empty(),
        afterAll(
            "{loadBalancers: {lb/one~2: {scheme: internal}}, targetGroups: {tg/old: {port: 1}}}",
            "{}"));
    assertEquals(
        Optional.of("loadBalancers/lb/one~2/scheme: wanted nothing, got \"open\""),
        afterAll(
            "{loadBalancers: {lb/one~2: {scheme: open}}, targetGroups: {tg/old: {port: 1}}}",
            "{}"));
  }

  @Test
  void whereLbcFailsForEverWhatAWorldWithoutAPastMakesIsEqual() throws Exception {
    var made = "{loadBalancers: {lb/one: {}}, targetGroups: {tg/new: {port: 80}}}";
    assertEquals(Optional.empty(), afterAll(made, "{targetGroups: {tg/new: {port: 80}}}"));
    assertEquals(
        Optional.of("targetGroups/tg/new/port: wanted nothing, got 80"),
        afterAll(made, "{targetGroups: {tg/new: {port: 81}}}"));
    assertEquals(
        Optional.of("targetGroups/tg/old: wanted {\"port\":1}, got nothing"),
        afterAll(made, "{targetGroups: {tg/old: {port: 1}, tg/new: {port: 80}}}"));
  }

  @Test
  void aHostThatNoCertificateCoversIsServedAsIfOneDid() throws Exception {
    var made =
        "{loadBalancers: {lb/one: {rules: [{conditions: [{field: b}], actions: [{type: web}]}]}}}";
    var story = new WantedStory(YAML.readTree(FOR_EVER), worlds("{}", made));
    assertEquals(Optional.empty(), first(story, 1, (ObjectNode) YAML.readTree(made)));
    assertEquals(Set.of("host-without-certificate", "tried-again"), story.divergences());
    var other = made.replace("web", "api");
    assertTrue(story.difference(1, (ObjectNode) YAML.readTree(other)).isPresent());
  }

  @Test
  void targetsThatStoodBeforeAreEqualWhereLbcLeavesThemAwayAndNobodyAskedForThat()
      throws Exception {
    assertEquals(Optional.empty(), targetsAfter("a", "[one]"));
    var lost = "targetGroups/tg/web/targets: wanted nothing, got [\"%s\"]";
    assertEquals(Optional.of(lost.formatted("other")), targetsAfter("a", "[other]"));
    assertEquals(Optional.of(lost.formatted("one")), targetsAfter("b", "[one]"));
  }

  private static Optional<String> targetsAfter(String wantedBefore, String targets)
      throws Exception {
    var story =
        """
        steps: [{objects: [%s]}, {objects: [a]}]
        expect:
          steps:
            - {runs: [{}], after: {targetGroups: {tg/web: {port: 80, targets: [one]}}}}
            - {runs: [{}], after: {targetGroups: {tg/web: {port: 80}}}}
        """;
    var got = "{targetGroups: {tg/web: {port: 80, targets: " + targets + "}}}";
    return first(
        of(YAML.readTree(story.formatted(wantedBefore))), 1, (ObjectNode) YAML.readTree(got));
  }

  private static final String ATTRIBUTES =
      """
      steps: [{objects: ["%s"]}, {objects: [b]}]
      expect:
        steps:
          - {runs: [{}], after: {targetGroups: {tg/web: {port: 80, attributes: {slow_start: "30"}}}}}
          - {runs: [{}], after: {targetGroups: {tg/web: {port: 80, attributes: {slow_start: "30"}}}}}
      """;

  @Test
  void anAttributeReturnsToItsDefaultOnlyWhereUsersOnceWantedIt() throws Exception {
    var reset = (ObjectNode) YAML.readTree("targetGroups: {tg/web: {port: 80}}");
    var asked = of(YAML.readTree(ATTRIBUTES.formatted("slow_start=30")));
    assertEquals(Optional.empty(), first(asked, 1, reset));
    assertEquals(Set.of("unset"), asked.divergences());
    var byHand = of(YAML.readTree(ATTRIBUTES.formatted("a")));
    assertEquals(
        Optional.of("targetGroups/tg/web/attributes: wanted {\"slow_start\":\"30\"}, got nothing"),
        first(byHand, 1, reset));
  }

  private static String rules(int first, int second) {
    return "listeners: {\"80\": {listener: listener/x:80, rules: ["
        + rule(first)
        + ", "
        + rule(second)
        + "]}}";
  }

  private static String rule(int number) {
    return "{priority: %d, tags: {ingress.k8s.aws/resource: \"80:%d\"}}".formatted(number, number);
  }

  @Test
  void theRulesOfAFreshListenerAreNumberedAsLbcDoesAndThoseOfOneThatStoodKeepTheirs()
      throws Exception {
    var wanted = "{loadBalancers: {lb/x: {" + rules(1, 2) + "}}}";
    var story =
        YAML.readTree(
            "{steps: [{objects: [a]}, {objects: [b]}], expect: {steps: [{runs: [{}], after: "
                + wanted
                + "}, {runs: [{}], after: unchanged}]}}");
    var kept = (ObjectNode) YAML.readTree("{loadBalancers: {lb/x: {" + rules(10, 20) + "}}}");
    assertEquals(
        Optional.of("loadBalancers/lb/x/listeners/80/rules/0/priority: wanted 1, got 10"),
        first(of(story), 0, kept));
    assertEquals(Optional.empty(), first(of(story), 1, kept));
    var untrue =
        (ObjectNode)
            YAML.readTree(
                "{loadBalancers: {lb/x: {" + rules(10, 20).replace("80:20", "80:2") + "}}}");
    assertEquals(
        Optional.of(
            "loadBalancers/lb/x/listeners/80/rules/1/tags/ingress.k8s.aws/resource: wanted"
                + " \"80:20\", got \"80:2\""),
        first(of(story), 1, untrue));
  }

  private static final String TAGS =
      "{elbv2.k8s.aws/cluster: demo, ingress.k8s.aws/stack: s, ingress.k8s.aws/resource: r}";

  @Test
  void aTwinOfOursIsLeftAloneOnlyWhereAPersonMadeIt() throws Exception {
    var made = "{operation: CreateTargetGroup, name: copy, tags: " + TAGS + "}";
    var text =
        "{steps: [{objects: [a], external: [%s]}], expect: {steps: [{runs: [{}], after:"
            + " {targetGroups: {tg/web: {tags: "
            + TAGS
            + "}}}}]}}";
    var both =
        (ObjectNode)
            YAML.readTree(
                "{targetGroups: {tg/web: {tags: " + TAGS + "}, tg/copy: {tags: " + TAGS + "}}}");
    assertEquals(Optional.empty(), first(of(YAML.readTree(text.formatted(made))), 0, both));
    assertTrue(of(YAML.readTree(text.formatted(""))).difference(0, both).isPresent());
  }

  private static Optional<String> first(WantedStory story, int step, ObjectNode there)
      throws Exception {
    return story.difference(step, there).map(Difference::text);
  }

  private static WantedStory story(String wantedLater) throws Exception {
    return of(YAML.readTree(STORY.formatted(wantedLater)));
  }

  private static Optional<String> difference(WantedStory story, String loadBalancers)
      throws Exception {
    var aws = (ObjectNode) YAML.readTree("loadBalancers: {" + loadBalancers + "}");
    return first(story, 0, aws);
  }
}
