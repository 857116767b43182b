package dev.penstock.cli.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.roles.MetricsText;
import dev.penstock.roles.Stage;
import dev.penstock.streams.query.HttpFace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** /healthz, /readyz and /metrics over the life of a role. */
final class RoleFaceTest {
  private final Role role = new Role();
  private boolean ending;
  private HttpFace face;

  /** A role that does what the test says. */
  private static final class Role implements Stage {
    private boolean ready;
    private boolean failed;

    @Override
    public boolean ready() {
      return ready;
    }

    @Override
    public boolean failed() {
      return failed;
    }

    @Override
    public void measure(MetricsText into) {
      into.gauge("own", "Its own.", 3);
    }

    @Override
    public void stop() {
      ready = false;
    }
  }

  @BeforeEach
  void begin() throws IOException {
    face = HttpFace.start("127.0.0.1:0", new RoleFace("test", role, () -> ending), Map.of());
  }

  @AfterEach
  void end() {
    face.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + face.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private void says(int healthy, int ready, String up) throws Exception {
    assertEquals(healthy, get("/healthz").statusCode());
    assertEquals(ready, get("/readyz").statusCode());
    assertTrue(get("/metrics").body().contains("penstock_up{role=\"test\"} " + up + "\n"));
  }

  @Test
  void aRoleIsReadyOnceItWorksAndNoMoreWhenItEndsOrFails() throws Exception {
    says(200, 503, "1");
    role.ready = true;
    says(200, 200, "1");
    ending = true;
    says(200, 503, "1");
    role.failed = true;
    says(503, 503, "0");
  }

  @Test
  void metricsAreTheRolesAndTheProcess() throws Exception {
    var answer = get("/metrics");
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        answer.headers().firstValue("Content-Type").orElse(""));
    assertTrue(answer.body().contains("\nown 3\n"), answer.body());
    assertTrue(answer.body().contains("penstock_ready{role=\"test\"} 0\n"), answer.body());
    assertTrue(answer.body().contains("jvm_heap_used_bytes"), answer.body());
  }
}
