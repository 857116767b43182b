package dev.penstock.cli.demo;

import dev.penstock.cli.config.LogAddress;
import dev.penstock.cli.trail.AuditTrail;
import dev.penstock.cli.trail.TrailLine;
import dev.penstock.cli.trail.TrailReader;
import dev.penstock.cli.trail.TrailText;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.Start;
import dev.penstock.sandbox.local.Edges;
import dev.penstock.sandbox.local.Sandbox;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.json.RecordJson;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Plays the demo's story on a running sandbox. */
public final class Demo {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Sandbox sandbox;
  private final String example;

  public Demo(Sandbox sandbox, String example) {
    this.sandbox = sandbox;
    this.example = example;
  }

  /** What came of it. */
  public record Outcome(boolean verified, String json) {}

  record Report(boolean verified, Told story, List<TrailLine> audit) {}

  public Outcome play(PrintWriter out) throws IOException, InterruptedException {
    try (var view = DemoView.open(sandbox.kubeconfig(), sandbox.awsEndpoint())) {
      var teller = new StoryTeller(out, InstantSource.system(), PATIENCE, Thread::sleep);
      var told = teller.tell(new DemoStory(view, example).scenes());
      var audit = audit();
      print(out, told, audit);
      return new Outcome(
          told.verified(), RecordJson.write(new Report(told.verified(), told, audit)));
    }
  }

  private List<TrailLine> audit() throws IOException {
    var trail = new AuditTrail();
    var address = new LogAddress(sandbox.connection(), Edges.catalogue());
    var err = new PrintWriter(System.err, true);
    try (var reader =
        TrailReader.open(address, Topics.AUDIT, AuditRecord.class, new Start.Beginning(), err)) {
      reader.toEnd(trail::add);
    } catch (LogFailed e) {
      throw new IOException("the audit trail cannot be read: " + e.getMessage(), e);
    }
    return trail.writes();
  }

  private static void print(PrintWriter out, Told told, List<TrailLine> audit) {
    out.printf("%nThe audit trail of what was written (%d entries):%n%n", audit.size());
    audit.forEach(line -> out.println(TrailText.of(line).indent(2).stripTrailing()));
    out.printf(
        "%n%d of %d steps verified in %.1f s%n",
        told.entries().stream().filter(Told.Entry::verified).count(),
        told.entries().size(),
        told.tookMillis() / 1000.0);
    out.flush();
  }
}
