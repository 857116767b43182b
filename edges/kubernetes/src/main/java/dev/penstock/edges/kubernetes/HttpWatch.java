package dev.penstock.edges.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.schemas.key.ObjectKind;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One chunked HTTP watch. It asks for the next chunk only when the signals of the last one have
 * been taken, so that no more than a chunk and one unfinished line are held. Its callbacks come
 * from the HTTP client's threads, one at a time.
 */
final class HttpWatch implements AsyncBody.Consumer<List<ByteBuffer>> {
  /** The longest line: API servers take no object above 3 MB. */
  private static final int MAX_LINE = 16 * 1024 * 1024;

  /** Signals of one chunk, and what asks for the next one. */
  record Delivery(HttpWatch from, List<WatchSignal> signals, Runnable taken) {}

  private final ObjectKind kind;
  private final ObjectMapper json;
  private final Queue<Delivery> inbox;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile int httpStatus;
  private volatile boolean over;
  private volatile @Nullable AsyncBody body;

  HttpWatch(ObjectKind kind, ObjectMapper json, Queue<Delivery> inbox) {
    this.kind = kind;
    this.json = json;
    this.inbox = inbox;
  }

  void start(HttpClient client, HttpRequest request) {
    client.consumeBytes(request, this).whenComplete(this::opened);
  }

  ObjectKind kind() {
    return kind;
  }

  /** Nothing more is delivered. */
  void cancel() {
    over = true;
    var open = body;
    if (open != null) {
      open.cancel();
    }
  }

  /** The connection was given up: says so once, unless the watch is over. */
  void abandon(String why) {
    if (!over) {
      end(new WatchSignal.Broken(kind, KubernetesFault.UNREACHABLE, why));
      cancel();
    }
  }

  private void opened(@Nullable HttpResponse<AsyncBody> response, @Nullable Throwable failure) {
    if (response == null) {
      end(new WatchSignal.Broken(kind, KubernetesFault.UNREACHABLE, String.valueOf(failure)));
      return;
    }
    httpStatus = response.code();
    var opened = response.body();
    body = opened;
    opened.done().whenComplete((_, broken) -> ended(broken));
    if (over) {
      opened.cancel();
    } else {
      opened.consume();
    }
  }

  @Override
  public void consume(List<ByteBuffer> chunk, AsyncBody from) {
    var signals = new ArrayList<WatchSignal>();
    for (var buffer : chunk) {
      read(buffer, signals);
    }
    if (over) {
      from.cancel();
    } else if (signals.isEmpty()) {
      from.consume();
    } else {
      inbox.add(new Delivery(this, signals, from::consume));
    }
  }

  private void read(ByteBuffer buffer, List<WatchSignal> signals) {
    while (buffer.hasRemaining() && !over) {
      byte next = buffer.get();
      if (next != '\n' || !HttpResponse.isSuccessful(httpStatus)) {
        line.write(next);
      } else if (line.size() > 0) {
        signal(line.toByteArray(), signals);
        line.reset();
      }
      if (line.size() > MAX_LINE) {
        line.reset();
        broken(KubernetesFault.INVALID, "an object of more than " + MAX_LINE + " bytes", signals);
      }
    }
  }

  private void signal(byte[] bytes, List<WatchSignal> signals) {
    try {
      var event = json.readTree(bytes);
      var object = event.path("object");
      switch (event.path("type").asText()) {
        case "ADDED", "MODIFIED" -> signals.add(new WatchSignal.Changed(kind, object));
        case "DELETED" -> signals.add(new WatchSignal.Deleted(kind, object));
        case "BOOKMARK" -> signals.add(new WatchSignal.Bookmark(kind, version(object)));
        case "ERROR" -> {
          var failed = Faults.of(object.path("code").asInt(), object);
          broken(failed.fault(), String.valueOf(failed.getMessage()), signals);
        }
        default -> broken(KubernetesFault.INVALID, "a watch event of unknown type", signals);
      }
    } catch (IOException _) {
      broken(KubernetesFault.INVALID, "a watch event that is not JSON", signals);
    }
  }

  private void broken(KubernetesFault fault, String message, List<WatchSignal> signals) {
    signals.add(new WatchSignal.Broken(kind, fault, message));
    inbox.add(new Delivery(this, List.copyOf(signals), () -> {}));
    signals.clear();
    cancel();
  }

  private void ended(@Nullable Throwable broken) {
    if (httpStatus != 0 && !HttpResponse.isSuccessful(httpStatus)) {
      var failed = Faults.of(httpStatus, line.toByteArray(), json);
      var message = String.valueOf(failed.getMessage());
      end(new WatchSignal.Broken(kind, failed.fault(), message));
    } else if (broken != null) {
      end(new WatchSignal.Broken(kind, KubernetesFault.UNREACHABLE, broken.toString()));
    } else {
      end(new WatchSignal.Closed(kind));
    }
  }

  private void end(WatchSignal last) {
    if (!over) {
      over = true;
      inbox.add(new Delivery(this, List.of(last), () -> {}));
    }
  }

  private static String version(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asText();
  }
}
