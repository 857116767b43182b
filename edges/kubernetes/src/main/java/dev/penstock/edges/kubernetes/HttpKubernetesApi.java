package dev.penstock.edges.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.schemas.key.ObjectKind;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An API server over HTTP. fabric8 gives credentials, TLS and transport; paths and bodies are ours.
 * A call that gets no answer in time gives up the connection and everything on it, since the
 * network may have forgotten it. One thread.
 */
public final class HttpKubernetesApi implements KubernetesApi {
  /** A list may take long; everything else that takes so long is lost. */
  private static final long LIST_SECONDS = 40;

  private static final long CALL_SECONDS = 15;

  /** How long the server keeps a watch before it closes it. */
  private static final int WATCH_SECONDS = 290;

  private static final String JSON = "application/json";
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String APPLY_PATCH = "application/apply-patch+yaml";

  /** Reads the credentials; what it throws makes the cluster unreachable until it succeeds. */
  private interface Connector {
    Config config() throws IOException;
  }

  private final ObjectMapper json = new ObjectMapper();
  private final Connector connector;
  private final List<HttpWatchFeed> feeds = new ArrayList<>();
  private @Nullable KubernetesClient client;

  private HttpKubernetesApi(Connector connector) {
    this.connector = connector;
  }

  public static KubernetesApi of(ClusterCredentials credentials) {
    return new HttpKubernetesApi(credentials::config);
  }

  /** From the text of a kubeconfig; its current context counts. */
  public static KubernetesApi ofKubeconfig(String yaml) {
    return new HttpKubernetesApi(() -> ClusterCredentials.fromKubeconfig(yaml));
  }

  @Override
  public String clusterUid() throws KubernetesCallFailed {
    var namespace = get(new ResourceName(ResourceType.of(ObjectKind.NAMESPACE), "", "kube-system"));
    return namespace.path("metadata").path("uid").asText();
  }

  @Override
  public ObjectPage list(ObjectKind kind, int limit, String next) throws KubernetesCallFailed {
    var query = "?limit=" + limit + (next.isEmpty() ? "" : "&continue=" + encoded(next));
    var list = call("GET", ResourceType.of(kind).path() + query, JSON, null, LIST_SECONDS);
    var items = new ArrayList<JsonNode>();
    list.path("items").forEach(items::add);
    var metadata = list.path("metadata");
    return new ObjectPage(
        items, metadata.path("resourceVersion").asText(), metadata.path("continue").asText());
  }

  @Override
  public WatchFeed feed() {
    var feed = new HttpWatchFeed(json, this::watch);
    feeds.add(feed);
    return feed;
  }

  @Override
  public JsonNode get(ResourceName name) throws KubernetesCallFailed {
    return call("GET", name.path(), JSON, null);
  }

  @Override
  public JsonNode create(ResourceName name, ObjectNode object) throws KubernetesCallFailed {
    return call("POST", name.collection() + "?fieldManager=" + FIELD_MANAGER, JSON, object);
  }

  @Override
  public JsonNode patch(ResourceName name, String subresource, ArrayNode patch)
      throws KubernetesCallFailed {
    var path = path(name, subresource) + "?fieldManager=" + FIELD_MANAGER;
    return call("PATCH", path, JSON_PATCH, patch);
  }

  @Override
  public JsonNode apply(ResourceName name, String subresource, ObjectNode object)
      throws KubernetesCallFailed {
    var path = path(name, subresource) + "?force=true&fieldManager=" + FIELD_MANAGER;
    return call("PATCH", path, APPLY_PATCH, object);
  }

  @Override
  public void delete(ResourceName name, String uid) throws KubernetesCallFailed {
    var options = JsonNodeFactory.instance.objectNode();
    options.put("apiVersion", "v1").put("kind", "DeleteOptions");
    options.putObject("preconditions").put("uid", uid);
    call("DELETE", name.path(), JSON, options);
  }

  @Override
  public void close() {
    feeds.forEach(HttpWatchFeed::close);
    feeds.clear();
    disconnect("closed");
  }

  private void watch(HttpWatch watch, String resourceVersion) {
    var path =
        ResourceType.of(watch.kind()).path()
            + "?watch=true&allowWatchBookmarks=true&timeoutSeconds="
            + WATCH_SECONDS
            + "&resourceVersion="
            + encoded(resourceVersion);
    try {
      var connected = connected();
      watch.start(connected.getHttpClient(), request(connected, "GET", path, JSON, null).build());
    } catch (KubernetesCallFailed failed) {
      watch.abandon(String.valueOf(failed.getMessage()));
    }
  }

  private JsonNode call(String method, String path, String contentType, @Nullable JsonNode body)
      throws KubernetesCallFailed {
    return call(method, path, contentType, body, CALL_SECONDS);
  }

  private JsonNode call(
      String method, String path, String contentType, @Nullable JsonNode body, long seconds)
      throws KubernetesCallFailed {
    var connected = connected();
    var request = request(connected, method, path, contentType, body);
    var response = send(connected, request.timeout(seconds, TimeUnit.SECONDS).build(), seconds);
    if (!response.isSuccessful()) {
      throw Faults.of(response.code(), response.body(), json);
    }
    try {
      return json.readTree(response.body());
    } catch (IOException _) {
      throw new KubernetesCallFailed(
          KubernetesFault.INVALID,
          response.code(),
          "NotJson",
          "the answer is not JSON",
          Duration.ZERO);
    }
  }

  private HttpRequest.Builder request(
      KubernetesClient connected,
      String method,
      String path,
      String contentType,
      @Nullable JsonNode body) {
    var base = connected.getMasterUrl().toString();
    var root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    var request = connected.getHttpClient().newHttpRequestBuilder().uri(root + path);
    request.header("Accept", JSON);
    return body == null ? request : request.method(method, contentType, body.toString());
  }

  private HttpResponse<byte[]> send(KubernetesClient connected, HttpRequest request, long seconds)
      throws KubernetesCallFailed {
    var answer = connected.getHttpClient().sendAsync(request, byte[].class);
    try {
      return answer.get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      answer.cancel(true);
      throw KubernetesCallFailed.unreachable("Interrupted", "the process stops");
    } catch (TimeoutException _) {
      answer.cancel(true);
      disconnect("no answer within " + seconds + " s");
      throw KubernetesCallFailed.unreachable("Timeout", "no answer");
    } catch (ExecutionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof HttpTimeoutException) {
        disconnect(cause.toString());
      }
      throw KubernetesCallFailed.unreachable(cause.getClass().getSimpleName(), cause.toString());
    }
  }

  private KubernetesClient connected() throws KubernetesCallFailed {
    var existing = client;
    if (existing != null) {
      return existing;
    }
    try {
      var built =
          new KubernetesClientBuilder()
              .withHttpClientFactory(new JdkHttpClientFactory())
              .withConfig(connector.config())
              .build();
      client = built;
      return built;
    } catch (IOException | IllegalArgumentException | KubernetesClientException e) {
      throw KubernetesCallFailed.unreachable("Credentials", String.valueOf(e.getMessage()));
    }
  }

  private void disconnect(String why) {
    feeds.forEach(feed -> feed.abandon(why));
    var existing = client;
    client = null;
    if (existing != null) {
      existing.close();
    }
  }

  private static String path(ResourceName name, String subresource) {
    return subresource.isEmpty() ? name.path() : name.path() + "/" + subresource;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
