package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.Appended;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.edges.log.Registrations;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.event.PersonFact.ClusterModeChanged;
import dev.penstock.schemas.event.PersonFact.ClusterRegistered;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.event.PersonFact.Paused;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import dev.penstock.streams.Instance.Reply;
import dev.penstock.streams.query.PeopleWrites;
import dev.penstock.streams.tables.MemoryTables;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a person says to several scopes while the log breaks: the answer names who has it, what is
 * left undone harms nobody, and the same words again end it.
 */
final class BrokenOffTest {
  private static final String MANAGE = "{\"cluster\": \"c1\", \"mode\": \"manage\"}";
  private static final String SHADOW = "{\"cluster\": \"c1\", \"mode\": \"shadow\"}";
  private static final String PAUSE = "{\"kind\": \"cluster\", \"name\": \"c1\"}";
  private static final String REGISTER =
      "{\"cluster\": \"c2\", \"home\": \"%s\", \"vpcId\": \"vpc-2\", \"dnsScopes\": [\"%s\"]}"
          .formatted(Facts.REGION, Facts.DNS);

  private final MemoryLog log = new MemoryLog(() -> Instant.EPOCH);
  private final Breaking breaking = new Breaking(log);
  private Instance api;

  /** Takes so many records, refuses one, and is whole again. */
  private static final class Breaking implements Log, PeopleWrites.Registrar {
    private final Log kept;
    private final Instance.Registry registry;
    private int left = Integer.MAX_VALUE;

    Breaking(MemoryLog kept) {
      this.kept = kept;
      this.registry = new Instance.Registry(kept);
    }

    void breakAfter(int records) {
      left = records;
    }

    private void take() throws LogFailed {
      if (left-- == 0) {
        throw new LogFailed(LogFailed.Fault.UNREACHABLE, "no broker answers");
      }
    }

    @Override
    public Appended append(Event event) throws LogFailed {
      take();
      return kept.append(event);
    }

    @Override
    public List<Appended> appendAll(List<Event> events) {
      throw new UnsupportedOperationException("nobody appends several records at once");
    }

    @Override
    public Registrations now() {
      return registry.now();
    }

    @Override
    public void register(Scope scope) {
      registry.register(scope);
    }

    @Override
    public void put(ClusterEntry entry) throws LogFailed {
      take();
      registry.put(entry);
    }
  }

  @BeforeEach
  void begin() throws IOException, LogFailed {
    breaking.register(Facts.REGION);
    breaking.register(Facts.DNS);
    breaking.put(new ClusterEntry(Facts.registration(), ClusterMode.SHADOW));
    api =
        Instance.start(
            MemoryTables::new,
            new PeopleWrites(breaking, breaking),
            Instance.ALONE,
            Instance.TOKENS);
  }

  @AfterEach
  void end() {
    api.close();
  }

  private Reply breaksAfter(int records, String path, String words) throws Exception {
    breaking.breakAfter(records);
    return api.post(path, words);
  }

  private static void partly(Reply reply, String done, String open) {
    assertEquals(503, reply.status(), reply.message());
    assertEquals(
        "the log took only a part of it: done in ["
            + done
            + "], not yet in "
            + open
            + ": no broker answers; say it again",
        reply.message());
  }

  private void taken(Reply reply) {
    assertEquals(200, reply.status(), reply.message());
    assertEquals(Facts.REGION.toString(), reply.body().path("scope").asText());
  }

  private List<EventBody> written(Scope scope) {
    return log.read(scope, 0).stream().map(kept -> kept.event().body()).toList();
  }

  private ClusterMode mode() {
    return breaking.now().clusters().getFirst().mode();
  }

  @Test
  void aClusterIsNotManagedAtHomeBeforeItsNamesAre() throws Exception {
    var reply = breaksAfter(1, "/v1/clusters/mode", MANAGE);
    partly(reply, Facts.DNS.toString(), "[" + Facts.REGION + "]");
    assertEquals(List.of(), written(Facts.REGION));
    assertEquals(ClusterMode.SHADOW, mode());

    taken(api.post("/v1/clusters/mode", MANAGE));
    var managed = new ClusterModeChanged("ann", "c1", ClusterMode.MANAGE);
    assertEquals(List.of(managed), written(Facts.REGION));
    assertEquals(List.of(managed, managed), written(Facts.DNS));
    assertEquals(ClusterMode.MANAGE, mode());
  }

  @Test
  void aClusterIsInShadowAtHomeBeforeItsNamesAre() throws Exception {
    var reply = breaksAfter(1, "/v1/clusters/mode", SHADOW);
    partly(reply, Facts.REGION.toString(), "[" + Facts.DNS + "]");
    assertEquals(List.of(), written(Facts.DNS));
    taken(api.post("/v1/clusters/mode", SHADOW));
    assertEquals(
        List.of(new ClusterModeChanged("ann", "c1", ClusterMode.SHADOW)), written(Facts.DNS));
  }

  @Test
  void aRegistryThatBreaksIsNamedToo() throws Exception {
    var reply = breaksAfter(2, "/v1/clusters/mode", MANAGE);
    partly(reply, Facts.DNS + ", " + Facts.REGION, "penstock.registry");
    assertEquals(ClusterMode.SHADOW, mode());
    taken(api.post("/v1/clusters/mode", MANAGE));
    assertEquals(ClusterMode.MANAGE, mode());
  }

  @Test
  void aPauseThatOnlyTheHomeScopeHeardOfIsSaidToBeSo() throws Exception {
    var reply = breaksAfter(1, "/v1/pause", PAUSE);
    partly(reply, Facts.REGION.toString(), "[" + Facts.DNS + "]");
    taken(api.post("/v1/pause", PAUSE));
    var paused = new Paused("ann", new PauseTarget(PauseKind.CLUSTER, "c1"), false);
    assertEquals(List.of(paused), written(Facts.DNS));
    assertEquals(List.of(paused, paused), written(Facts.REGION));
  }

  @Test
  void aHomeScopeHearsOfARegistrationWhenItsDnsScopesKnowOfAllOfIt() throws Exception {
    var reply = breaksAfter(1, "/v1/clusters", REGISTER);
    partly(reply, "", "[" + Facts.DNS + ", " + Facts.REGION + "]");
    assertEquals(List.of(), written(Facts.REGION));
    assertTrue(breaking.now().cluster("c2").isEmpty(), "the registry");

    taken(api.post("/v1/clusters", REGISTER));
    var registered = new ClusterRegistered("ann", breaking.now().cluster("c2").orElseThrow());
    var mode = new ClusterModeChanged("ann", "c2", ClusterMode.SHADOW);
    assertEquals(List.of(registered), written(Facts.REGION));
    assertEquals(List.of(registered, registered, mode), written(Facts.DNS));
  }

  @Test
  void whatNobodyHeardIsSaidPlainly() throws Exception {
    var reply = breaksAfter(0, "/v1/pause", PAUSE);
    assertEquals(503, reply.status());
    assertEquals("the log did not take it: no broker answers; say it again", reply.message());
  }
}
