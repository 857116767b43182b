package dev.penstock.streams.query;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.Registrations;
import dev.penstock.plan.ingress.SettingsRules;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.json.ChangeRefused;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import dev.penstock.schemas.settings.ScopeSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What people decide, as records of the scope that it concerns, with the subject in it. */
public final class PeopleWrites {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Log log;
  private final Registrar registrar;

  /**
   * Reads and writes penstock.registry: it knows every cluster, whichever instance holds its scope.
   * A scope is registered before its first record.
   */
  public interface Registrar {
    /** What is registered now. */
    Registrations now() throws LogFailed;

    void register(Scope scope) throws LogFailed;

    void put(ClusterEntry entry) throws LogFailed;
  }

  public PeopleWrites(Log log, Registrar registrar) {
    this.log = log;
    this.registrar = registrar;
  }

  record Taken(String scope, long position, String time) {}

  Taken write(String path, String subject, JsonNode body) throws RefusedException, LogFailed {
    return switch (path) {
      case "/v1/drop" -> drop(subject, text(body, "member"));
      case "/v1/clusters/mode" -> mode(subject, text(body, "cluster"), text(body, "mode"));
      case "/v1/clusters/rebind" -> rebind(subject, text(body, "cluster"), text(body, "uid"));
      case "/v1/settings" -> settings(subject, text(body, "scope"), body.path("settings"));
      default -> throw new RefusedException(404, "no such path: " + path);
    };
  }

  /** The hold lies in that scope, on whichever instance. */
  Taken approve(String subject, Scope scope, String hold) throws LogFailed {
    return append(scope, "hold|" + hold, new PersonFact.HoldApproved(subject, hold));
  }

  /** Begins or ends a pause in each of its scopes. */
  Taken pause(String subject, PauseWish wish, PausePlaces places)
      throws RefusedException, LogFailed {
    var found = new PauseTargets(places, registrar.now()).find(wish);
    var target = found.target();
    var fact =
        wish.begin()
            ? new PersonFact.Paused(subject, target, wish.all())
            : new PersonFact.Resumed(subject, target);
    var words = found.scopes().stream().map(scope -> word(scope, key(target), fact)).toList();
    return say(found.scopes().getFirst(), words, Optional.empty());
  }

  private static String key(PauseTarget target) {
    return "pause|" + target.kind().text() + "|" + target.name();
  }

  private ClusterEntry cluster(Optional<String> name) throws RefusedException, LogFailed {
    var clusters = registrar.now().clusters();
    return clusters.stream()
        .filter(entry -> name.isEmpty() || entry.registration().cluster().equals(name.get()))
        .findFirst()
        .orElseThrow(() ->
            new RefusedException(
                404,
                "no such cluster: "
                    + name.orElse("")
                    + "; there are "
                    + clusters.stream().map(e -> e.registration().cluster()).toList()));
  }

  private Taken drop(String subject, String member) throws RefusedException, LogFailed {
    try {
      var key = ObjectKey.parse(member);
      var home = cluster(Optional.of(key.cluster())).registration().home();
      return append(home, key.toString(), new PersonFact.MemberDropped(subject, key));
    } catch (IllegalArgumentException _) {
      throw new RefusedException(400, "a member is cluster|Ingress|namespace/name, not: " + member);
    }
  }

  /** The known cluster of a registration that names a DNS scope which it did not name before. */
  Optional<ClusterRegistration> joined(JsonNode body) throws RefusedException, LogFailed {
    var name = text(body, "cluster");
    var asked = new ArrayList<String>();
    body.path("dnsScopes").forEach(scope -> asked.add(scope.asText()));
    return registrar
        .now()
        .cluster(name)
        .filter(
            known -> !known.dnsScopes().stream().map(Scope::toString).toList().containsAll(asked));
  }

  /**
   * A DNS scope that joins the cluster is told first what stands still of it, and before the home
   * scope, which claims names there as soon as it knows.
   */
  Taken register(String subject, JsonNode body, List<PersonFact.Paused> pauses)
      throws RefusedException, LogFailed {
    var name = text(body, "cluster");
    var home = scope(text(body, "home"));
    var known =
        registrar.now().clusters().stream()
            .filter(entry -> entry.registration().cluster().equals(name))
            .findFirst();
    var base =
        known
            .map(ClusterEntry::registration)
            .orElseGet(() -> ClusterRegistration.of(name, home, ""));
    if (!base.home().equals(home)) {
      throw new RefusedException(
          409, name + " is at home in " + base.home() + "; a cluster does not move");
    }
    var changes = tree(body);
    changes.remove("home");
    var dns = changes.remove("dnsScopes");
    var changed = valid(changed(base, changes));
    var scopes = dns instanceof List<?> list ? scopes(list) : changed.dnsScopes();
    var registration = changed.withDnsScopes(scopes);
    var mode = known.map(ClusterEntry::mode).orElse(ClusterMode.SHADOW);
    registrar.register(home);
    for (var scope : scopes) {
      registrar.register(scope);
    }
    var key = "cluster|" + name;
    var registered = new PersonFact.ClusterRegistered(subject, registration);
    var words = new ArrayList<Event>();
    for (var scope : scopes) {
      if (known.isPresent() && !base.dnsScopes().contains(scope)) {
        pauses.forEach(pause -> words.add(word(scope, key(pause.target()), pause)));
      }
      words.add(word(scope, key, registered));
      words.add(word(scope, key, new PersonFact.ClusterModeChanged(subject, name, mode)));
    }
    words.add(word(home, key, registered));
    return say(home, words, Optional.of(new ClusterEntry(registration, mode)));
  }

  /** What begins at home finds its DNS scopes ready; what ends there ends before theirs. */
  private Taken mode(String subject, String name, String mode) throws RefusedException, LogFailed {
    var registration = cluster(Optional.of(name)).registration();
    var wanted = parse(mode);
    var home = registration.home();
    var scopes = new LinkedHashSet<>(List.of(home));
    scopes.addAll(registration.dnsScopes());
    var inOrder = wanted == ClusterMode.MANAGE ? scopes.reversed() : scopes;
    var fact = new PersonFact.ClusterModeChanged(subject, name, wanted);
    var words = inOrder.stream().map(scope -> word(scope, "cluster|" + name, fact)).toList();
    return say(home, words, Optional.of(new ClusterEntry(registration, wanted)));
  }

  /**
   * Refuses the name of a cluster that nobody registered.
   *
   * @throws RefusedException then
   */
  void known(String cluster) throws RefusedException, LogFailed {
    cluster(Optional.of(cluster));
  }

  static ClusterMode parse(String mode) throws RefusedException {
    try {
      return ClusterMode.valueOf(mode.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw new RefusedException(400, "a mode is one of " + List.of(ClusterMode.values()));
    }
  }

  private Taken rebind(String subject, String name, String uid) throws RefusedException, LogFailed {
    var home = cluster(Optional.of(name)).registration().home();
    return append(home, "cluster|" + name, new PersonFact.ClusterRebound(subject, name, uid));
  }

  /** Only what was named is changed, where the scope's settings are: nobody's words are lost. */
  private Taken settings(String subject, String scopeText, JsonNode changes)
      throws RefusedException, LogFailed {
    var scope = scope(scopeText);
    var defaults = ScopeSettings.defaults();
    var settings = changed(defaults, tree(changes));
    refuse(SettingsRules.problems(settings));
    var names = RecordChange.paths(defaults, tree(changes));
    if (names.isEmpty()) {
      throw new RefusedException(400, "the settings name nothing to change");
    }
    registrar.register(scope);
    return append(scope, "settings", new PersonFact.ScopeSettingsChanged(subject, settings, names));
  }

  private static <R extends Record> R changed(R base, Map<String, Object> changes)
      throws RefusedException {
    try {
      return RecordChange.apply(base, changes);
    } catch (ChangeRefused e) {
      throw new RefusedException(400, String.join("; ", e.problems()));
    }
  }

  private static ClusterRegistration valid(ClusterRegistration registration)
      throws RefusedException {
    refuse(SettingsRules.problems(registration));
    return registration;
  }

  private static void refuse(List<Problem> problems) throws RefusedException {
    if (!problems.isEmpty()) {
      throw new RefusedException(
          400, problems.stream().map(Problem::message).collect(Collectors.joining("; ")));
    }
  }

  private static Map<String, Object> tree(JsonNode body) throws RefusedException {
    if (!body.isObject()) {
      throw new RefusedException(400, "the changes are a map of names to values");
    }
    return JSON.convertValue(body, new TypeReference<TreeMap<String, Object>>() {});
  }

  private static List<Scope> scopes(List<?> texts) throws RefusedException {
    var scopes = new ArrayList<Scope>();
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

  static String text(JsonNode body, String name) throws RefusedException {
    var value = body.path(name).asText("");
    if (value.isEmpty()) {
      throw new RefusedException(400, "the member " + name + " is missing");
    }
    return value;
  }

  private Taken append(Scope scope, String key, PersonFact fact) throws LogFailed {
    return append(word(scope, key, fact));
  }

  private Taken append(Event word) throws LogFailed {
    var appended = log.append(word);
    return new Taken(word.scope().toString(), appended.position(), appended.time().toString());
  }

  private static Event word(Scope scope, String key, PersonFact fact) {
    return new Event(scope, scope + "|" + key, fact);
  }

  /**
   * Says one thing to several scopes, each when the one before it has it, then to the registry.
   * Where that breaks off, the rest stays as it was, and to say it again is all that is needed.
   */
  private Taken say(Scope own, List<Event> words, Optional<ClusterEntry> entry)
      throws RefusedException, LogFailed {
    var taken = new ArrayList<Taken>();
    try {
      for (var word : words) {
        taken.add(append(word));
      }
      if (entry.isPresent()) {
        registrar.put(entry.get());
      }
    } catch (LogFailed e) {
      if (taken.isEmpty()) {
        throw e;
      }
      throw brokenOff(words, taken.size(), e);
    }
    return taken.stream()
        .filter(t -> t.scope().equals(own.toString()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing was said to " + own));
  }

  private static RefusedException brokenOff(List<Event> words, int taken, LogFailed failure) {
    var open = named(words.subList(taken, words.size()));
    var done = named(words.subList(0, taken));
    done.removeAll(open);
    return new RefusedException(
        503,
        "the log took only a part of it: done in %s, not yet in %s: %s; say it again"
            .formatted(done, open.isEmpty() ? "penstock.registry" : open, failure.getMessage()));
  }

  private static SequencedSet<String> named(List<Event> words) {
    return words.stream()
        .map(word -> word.scope().toString())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
