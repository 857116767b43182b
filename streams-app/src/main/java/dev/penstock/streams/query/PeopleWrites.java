package dev.penstock.streams.query;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.json.ChangeRefused;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ControllerSettings;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.SettingsRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What people decide, as records of the scope that it concerns, with the subject in it. */
public final class PeopleWrites {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> PAUSABLE =
      List.of("cluster", "stack", "target-group", "name", "scope");

  private final Log log;
  private final Registrar registrar;

  /** Writes penstock.registry; a scope is registered before its first record. */
  public interface Registrar {
    void register(Scope scope) throws LogFailed;

    void put(ClusterEntry entry) throws LogFailed;
  }

  public PeopleWrites(Log log, Registrar registrar) {
    this.log = log;
    this.registrar = registrar;
  }

  record Taken(String scope, long position, String time) {}

  Taken write(Tables now, String path, String subject, JsonNode body)
      throws RefusedException, LogFailed {
    return switch (path) {
      case "/v1/approve" -> approve(now, subject, text(body, "hold"));
      case "/v1/pause" -> pause(now, subject, body, true);
      case "/v1/resume" -> pause(now, subject, body, false);
      case "/v1/drop" -> drop(now, subject, text(body, "member"));
      case "/v1/clusters" -> register(now, subject, body);
      case "/v1/clusters/mode" -> mode(now, subject, text(body, "cluster"), text(body, "mode"));
      case "/v1/clusters/rebind" -> rebind(now, subject, text(body, "cluster"), text(body, "uid"));
      case "/v1/settings" -> settings(now, subject, text(body, "scope"), body.path("settings"));
      default -> throw new RefusedException(404, "no such path: " + path);
    };
  }

  private Taken approve(Tables now, String subject, String hold)
      throws RefusedException, LogFailed {
    for (var entry : now.scan(Table.HOLDS, "")) {
      if (entry.row().id().equals(hold)) {
        var scope = Scope.parse(entry.key().substring(0, entry.key().indexOf('|')));
        return append(scope, "hold|" + hold, new PersonFact.HoldApproved(subject, hold));
      }
    }
    throw new RefusedException(404, "no hold " + hold + "; `penstock holds` lists them");
  }

  private Taken pause(Tables now, String subject, JsonNode body, boolean begin)
      throws RefusedException, LogFailed {
    var kind = text(body, "kind");
    var name = text(body, "name");
    if (!PAUSABLE.contains(kind)) {
      throw new RefusedException(
          400,
          "cannot pause a " + kind + "; the nearest is " + RecordChange.nearest(kind, PAUSABLE));
    }
    var target = new PauseTarget(kind, name);
    var fact =
        begin
            ? new PersonFact.Paused(subject, target, body.path("all").asBoolean())
            : new PersonFact.Resumed(subject, target);
    return append(scopeOf(now, kind, name), "pause|" + kind + "|" + name, fact);
  }

  private static Scope scopeOf(Tables now, String kind, String name) throws RefusedException {
    return switch (kind) {
      case "scope" -> scope(name);
      case "name" -> cluster(now, Optional.empty()).registration().dnsScopes().getFirst();
      case "cluster" -> cluster(now, Optional.of(name)).registration().home();
      default ->
          cluster(now, Optional.of(name.contains("|") ? name.substring(0, name.indexOf('|')) : ""))
              .registration()
              .home();
    };
  }

  private static ClusterRow cluster(Tables now, Optional<String> name) throws RefusedException {
    var rows = now.scan(Table.CLUSTERS, "").stream().map(Tables.Entry::row).toList();
    return rows.stream()
        .filter(row -> name.isEmpty() || row.registration().cluster().equals(name.get()))
        .findFirst()
        .orElseThrow(() ->
            new RefusedException(
                404,
                "no such cluster: "
                    + name.orElse("")
                    + "; there are "
                    + rows.stream()
                        .map(r -> r.registration().cluster())
                        .distinct()
                        .sorted()
                        .toList()));
  }

  private Taken drop(Tables now, String subject, String member) throws RefusedException, LogFailed {
    try {
      var key = ObjectKey.parse(member);
      var home = cluster(now, Optional.of(key.cluster())).registration().home();
      return append(home, key.toString(), new PersonFact.MemberDropped(subject, key));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(400, "a member is cluster|Ingress|namespace/name, not: " + member);
    }
  }

  private Taken register(Tables now, String subject, JsonNode body)
      throws RefusedException, LogFailed {
    var name = text(body, "cluster");
    var home = scope(text(body, "home"));
    var known =
        now.scan(Table.CLUSTERS, "").stream()
            .map(Tables.Entry::row)
            .filter(row -> row.registration().cluster().equals(name))
            .findFirst();
    var base = known.map(ClusterRow::registration).orElseGet(() -> fresh(name, home));
    if (!base.home().equals(home)) {
      throw new RefusedException(
          409, name + " is at home in " + base.home() + "; a cluster does not move");
    }
    var changes = tree(body);
    changes.remove("home");
    var dns = changes.remove("dnsScopes");
    var changed = changed(base, changes);
    var scopes = dns instanceof List<?> list ? scopes(list) : changed.dnsScopes();
    var registration = with(changed, scopes);
    var mode = known.map(ClusterRow::mode).orElse(ClusterMode.SHADOW);
    registrar.register(home);
    for (var scope : scopes) {
      registrar.register(scope);
    }
    var taken =
        append(home, "cluster|" + name, new PersonFact.ClusterRegistered(subject, registration));
    for (var scope : scopes) {
      append(scope, "cluster|" + name, new PersonFact.ClusterRegistered(subject, registration));
    }
    registrar.put(new ClusterEntry(registration, mode));
    return taken;
  }

  private static ClusterRegistration fresh(String name, Scope home) {
    return new ClusterRegistration(
        name,
        home,
        name,
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(Scope.global(home.account())),
        ControllerSettings.defaults());
  }

  private static ClusterRegistration with(ClusterRegistration r, List<Scope> dnsScopes) {
    return new ClusterRegistration(
        r.cluster(),
        r.home(),
        r.lbcName(),
        r.vpcId(),
        r.clusterUid(),
        r.kubeconfig(),
        r.apiServer(),
        r.certificateAuthority(),
        r.tokenReference(),
        dnsScopes,
        r.controller());
  }

  private Taken mode(Tables now, String subject, String name, String mode)
      throws RefusedException, LogFailed {
    var row = cluster(now, Optional.of(name));
    var registration = row.registration();
    var wanted = parse(mode);
    var taken =
        append(
            registration.home(),
            "cluster|" + name,
            new PersonFact.ClusterModeChanged(subject, name, wanted));
    for (var scope : registration.dnsScopes()) {
      append(scope, "cluster|" + name, new PersonFact.ClusterModeChanged(subject, name, wanted));
    }
    registrar.put(new ClusterEntry(registration, wanted));
    return taken;
  }

  private static ClusterMode parse(String mode) throws RefusedException {
    try {
      return ClusterMode.valueOf(mode.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw new RefusedException(400, "a mode is one of " + List.of(ClusterMode.values()));
    }
  }

  private Taken rebind(Tables now, String subject, String name, String uid)
      throws RefusedException, LogFailed {
    var home = cluster(now, Optional.of(name)).registration().home();
    return append(home, "cluster|" + name, new PersonFact.ClusterRebound(subject, name, uid));
  }

  private Taken settings(Tables now, String subject, String scopeText, JsonNode changes)
      throws RefusedException, LogFailed {
    var scope = scope(scopeText);
    var base =
        now.get(Table.SETTINGS, scope + "|")
            .map(SettingsRow::settings)
            .orElseGet(ScopeSettings::defaults);
    var settings = changed(base, tree(changes));
    registrar.register(scope);
    return append(scope, "settings", new PersonFact.ScopeSettingsChanged(subject, settings));
  }

  private static <R extends Record> R changed(R base, Map<String, Object> changes)
      throws RefusedException {
    try {
      return RecordChange.apply(base, changes);
    } catch (ChangeRefused e) {
      throw new RefusedException(400, String.join("; ", e.problems()));
    }
  }

  private static Map<String, Object> tree(JsonNode body) {
    return JSON.convertValue(body, new TypeReference<java.util.TreeMap<String, Object>>() {});
  }

  private static List<Scope> scopes(List<?> texts) throws RefusedException {
    var scopes = new java.util.ArrayList<Scope>();
    for (var text : texts) {
      scopes.add(scope(String.valueOf(text)));
    }
    return scopes;
  }

  private static Scope scope(String text) throws RefusedException {
    try {
      return Scope.parse(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(400, String.valueOf(e.getMessage()));
    }
  }

  private static String text(JsonNode body, String name) throws RefusedException {
    var value = body.path(name).asText("");
    if (value.isEmpty()) {
      throw new RefusedException(400, "the member " + name + " is missing");
    }
    return value;
  }

  private Taken append(Scope scope, String key, PersonFact fact) throws LogFailed {
    var appended = log.append(new Event(scope, scope + "|" + key, fact));
    return new Taken(scope.toString(), appended.position(), appended.time().toString());
  }
}
