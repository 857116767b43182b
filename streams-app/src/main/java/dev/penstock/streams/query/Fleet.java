package dev.penstock.streams.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.query.ScopeOwners.Here;
import dev.penstock.streams.query.ScopeOwners.Moving;
import dev.penstock.streams.query.ScopeOwners.Owner;
import dev.penstock.streams.query.ScopeOwners.There;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Answers for the whole fleet: what every instance holds, asked with the caller's own token, or a
 * refusal that says whose part is missing. Never a part without a word.
 */
final class Fleet {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ScopeOwners owners;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  Fleet(ScopeOwners owners) {
    this.owners = owners;
  }

  /** What this instance holds. */
  @FunctionalInterface
  interface Own {
    ObjectNode answer(Question question) throws RefusedException;
  }

  /** The answers of all instances as one: their lists one after another. */
  ObjectNode gather(Question question, Own own) throws RefusedException, LogFailed {
    if (question.forwarded()) {
      return own.answer(question);
    }
    var before = owners.now();
    var others = others(before);
    var all = own.answer(question);
    for (var other : others.entrySet()) {
      join(all, ask(other.getKey(), other.getValue(), question));
    }
    if (!owners.now().equals(before)) {
      throw moving("some scopes moved");
    }
    return all;
  }

  private static SortedMap<String, List<Scope>> others(Map<Scope, Owner> owners)
      throws RefusedException {
    var others = new TreeMap<String, List<Scope>>();
    for (var entry : owners.entrySet()) {
      switch (entry.getValue()) {
        case Here _ -> {}
        case There(var address) ->
            others.merge(
                address,
                List.of(entry.getKey()),
                (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
        case Moving _ -> throw moving("the scope " + entry.getKey() + " is on its way");
      }
    }
    return others;
  }

  private static RefusedException moving(String what) {
    return new RefusedException(
        503, what + " from one instance of stream to another; ask again in a few seconds");
  }

  private JsonNode ask(String address, List<Scope> scopes, Question question)
      throws RefusedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + address + question.target()))
            .timeout(PATIENCE)
            .header(Question.FORWARDED, "true");
    question.authorization().ifPresent(value -> request.header("Authorization", value));
    try {
      var answer = http.send(request.GET().build(), BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        return JSON.readTree(answer.body());
      }
      throw new RefusedException(
          503,
          "the instance at %s, which holds %s, answers %d: %s"
              .formatted(address, scopes, answer.statusCode(), answer.body()));
    } catch (IOException _) {
      throw new RefusedException(
          503,
          "no answer from the instance at %s, which holds %s; is its http.advertised right?"
              .formatted(address, scopes));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new RefusedException(503, "this instance is stopping");
    }
  }

  private static void join(ObjectNode all, JsonNode part) {
    for (var member : all.properties()) {
      if (member.getValue() instanceof ArrayNode list) {
        part.path(member.getKey()).forEach(list::add);
      }
    }
  }
}
