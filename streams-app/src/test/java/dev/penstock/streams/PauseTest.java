package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.penstock.edges.log.MemoryLog;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import dev.penstock.schemas.table.StackRow;
import dev.penstock.streams.Instance.Reply;
import dev.penstock.streams.query.PeopleWrites;
import dev.penstock.streams.tables.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every form of pause and resume, from what a person types to what is written no longer. */
final class PauseTest {
  private static final String GROUP = "c1|ingress|default/web|TargetGroup|default/web-web:80";

  private Serving serving = Serving.web();
  private MemoryLog log = new MemoryLog(() -> Instant.EPOCH);
  private Instance api;

  @BeforeEach
  void begin() throws IOException {
    serving = Serving.web();
    log = new MemoryLog(() -> Instant.EPOCH);
    var registry = new Instance.Registry(log);
    registry.register(Facts.REGION);
    registry.register(Facts.DNS);
    registry.put(new ClusterEntry(Facts.registration(), ClusterMode.MANAGE));
    api =
        Instance.start(
            () -> serving.world.tables,
            new PeopleWrites(log, registry),
            Instance.ALONE,
            Instance.TOKENS);
  }

  @AfterEach
  void end() {
    api.close();
  }

  /** A person speaks, and the scopes that it concerns read it. */
  private Reply say(String path, String kind, String name, boolean all) throws Exception {
    var before = Map.of(Facts.REGION, size(Facts.REGION), Facts.DNS, size(Facts.DNS));
    var body = "{\"kind\": \"%s\", \"name\": \"%s\", \"all\": %s}";
    var reply = api.post(path, body.formatted(kind, name, all));
    for (var scope : before.keySet()) {
      log.read(scope, 0).stream()
          .skip(before.get(scope))
          .forEach(kept -> serving.world.append(scope, kept.event().body()));
    }
    return reply;
  }

  private int size(Scope scope) {
    return log.read(scope, 0).size();
  }

  private void edit(Map<String, String> annotations) {
    serving.upsert(marked(Facts.ingress("web", "web.example.com", annotations)));
  }

  /** The edited object keeps its finalizer. */
  private Ingress marked(Ingress edited) {
    return Facts.withFinalizer(edited);
  }

  private List<Command> structure() {
    return serving.commanded(Lane.WRITE);
  }

  @TestFactory
  Stream<DynamicTest> everyFormStopsStructureAndWithAllTheTargetsToo() {
    return Stream.of(
            List.of("scope", Facts.REGION.toString()),
            List.of("cluster", "c1"),
            List.of("stack", "default/web"),
            List.of("stack", "c1|ingress|default/web"),
            List.of("target-group", "default/web-web:80"),
            List.of("target-group", GROUP),
            List.of("target-group", "NAME"),
            List.of("target-group", "ARN"))
        .map(form -> dynamicTest(String.join(" ", form), () -> stops(form.get(0), form.get(1))));
  }

  private void stops(String kind, String form) throws Exception {
    end();
    begin();
    var name = called(form);
    assertEquals(200, say("/v1/pause", kind, name, false).status());
    edit(Map.of("alb.ingress.kubernetes.io/healthcheck-path", "/ready"));
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(1, 2, 3));
    serving.world.live(5_000, 500);
    assertEquals(List.of(), structure());
    assertEquals(1, serving.commanded(Lane.REGISTER).size(), "targets go on");
    assertEquals(200, say("/v1/pause", kind, name, true).status());
    serving.forget();
    serving.upsert(Facts.pod(4));
    serving.upsert(Facts.slice(1, 2, 3, 4));
    serving.world.live(5_000, 500);
    assertEquals(List.of(), structure());
    assertEquals(List.of(), serving.commanded(Lane.REGISTER));
    assertEquals(200, say("/v1/resume", kind, name, false).status());
    serving.world.live(5_000, 500);
    assertTrue(structure().stream().anyMatch(c -> c.operation() instanceof Operation.Update));
    assertEquals(1, serving.commanded(Lane.REGISTER).size());
  }

  private String called(String form) {
    var key = Facts.REGION + "|" + GROUP;
    return switch (form) {
      case "NAME" ->
          serving.world.tables.get(Table.DESIRED, key).orElseThrow().spec()
                  instanceof dev.penstock.schemas.aws.TargetGroupSpec spec
              ? spec.name()
              : "";
      case "ARN" ->
          serving.world.tables.get(Table.OBSERVED, key).orElseThrow().presence()
                  instanceof dev.penstock.schemas.table.ObservedRow.Present(var live)
              ? live.id()
              : "";
      default -> form;
    };
  }

  @TestFactory
  Stream<DynamicTest> everyFormThatHasToDoWithANameKeepsItsRecords() {
    return Stream.of(
            List.of("scope", Facts.DNS.toString()),
            List.of("cluster", "c1"),
            List.of("stack", "default/web"),
            List.of("name", "web.example.com"),
            List.of("name", "Web.Example.com."))
        .map(form ->
            dynamicTest(String.join(" ", form), () -> keepsRecords(form.get(0), form.get(1))));
  }

  private void keepsRecords(String kind, String name) throws Exception {
    end();
    begin();
    assertEquals(200, say("/v1/pause", kind, name, false).status());
    serving.upsert(marked(Facts.ingress("web", "other.example.com", Map.of())));
    serving.world.live(20_000, 1_000);
    assertEquals(List.of(), records());
    assertEquals(200, say("/v1/resume", kind, name, false).status());
    serving.world.live(60_000, 1_000);
    assertEquals(List.of("Z1/web.example.com."), records());
  }

  private List<String> records() {
    return structure().stream()
        .filter(c -> c.operation() instanceof Operation.Delete && c.scope().isGlobal())
        .map(c -> c.key().resource().id())
        .toList();
  }

  @Test
  void whatIsUnknownOrCouldBeSeveralIsRefusedWithWhatThereIs() throws Exception {
    refused(404, "of this kind there are [c1]", say("/v1/pause", "cluster", "c2", false));
    refused(404, "[c1|ingress|default/web", say("/v1/pause", "stack", "default/wbe", false));
    refused(404, GROUP, say("/v1/pause", "target-group", "nothing", true));
    refused(404, "[web.example.com]", say("/v1/pause", "name", "wbe.example.com", false));
    refused(404, "111122223333/us-west-2", say("/v1/pause", "scope", "1/r", false));
    refused(400, "the nearest is stack", say("/v1/pause", "stak", "default/web", false));
    refused(404, "is not paused; paused are []", say("/v1/resume", "stack", "default/web", false));
    var other = dev.penstock.schemas.key.StackId.parse("c2|ingress|default/web");
    serving.world.tables.put(
        Table.STACKS,
        Facts.REGION + "|" + other,
        new StackRow(other, false, "", Map.of(), List.of()));
    refused(409, "c2|ingress|default/web]", say("/v1/pause", "stack", "default/web", false));
  }

  private static void refused(int status, String words, Reply reply) {
    assertEquals(status, reply.status(), reply.message());
    assertTrue(reply.message().contains(words), reply.message());
  }
}
