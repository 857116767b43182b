package dev.penstock.streams.preview;

import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.streams.Step;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What these tables say that managing a cluster would write, and what stands in the way of saying
 * so. Nothing would change, now or later, only if there are no changes, and nothing is held or
 * unknown.
 *
 * @param held what would wait until a person approves it
 * @param unknown what is not known yet, so that nothing can be said of it
 * @param leftAlone what is not ours to change
 * @param unmanaged objects that another controller may serve and this version does not
 * @param problems what the owners of members would be told
 */
public record ClusterPlan(
    List<Change> changes,
    List<Note> held,
    List<Note> unknown,
    List<Note> leftAlone,
    List<Note> unmanaged,
    List<Note> problems) {
  private static final int TRIES = 10;

  public ClusterPlan {
    changes = List.copyOf(changes);
    held = List.copyOf(held);
    unknown = List.copyOf(unknown);
    leftAlone = List.copyOf(leftAlone);
    unmanaged = List.copyOf(unmanaged);
    problems = List.copyOf(problems);
  }

  /**
   * One thing that would be written: in which stack or object, what of it, how, and why.
   *
   * @param verdict what the reconciler says of the resource before it acts; in flight for targets,
   *     numbers of rules and objects, of which a command alone speaks
   */
  public record Change(
      String scope,
      String subject,
      String resource,
      VerdictKind verdict,
      String action,
      String sentence) {}

  /** A sentence about a resource, object or cluster. */
  public record Note(String subject, String sentence) {}

  /**
   * The plan of a cluster that these tables know; empty while they change too fast to be read as
   * they were at one moment.
   */
  public static Optional<ClusterPlan> of(Tables now, String cluster) {
    var scopes = scopes(now, cluster);
    for (int n = 0; n < TRIES; n++) {
      var before = chains(now, scopes);
      var rehearsal = Rehearsal.managed(now, scopes, cluster);
      if (before.equals(chains(now, scopes))) {
        return Optional.of(new PlanReader(rehearsal.play(), cluster).read(scopes));
      }
    }
    return Optional.empty();
  }

  private static List<Scope> scopes(Tables now, String cluster) {
    return now.scan(Table.CLUSTERS, "").stream()
        .filter(entry -> entry.row().registration().cluster().equals(cluster))
        .map(entry -> Scope.parse(entry.key().substring(0, entry.key().indexOf('|'))))
        .toList();
  }

  private static List<Long> chains(Tables now, List<Scope> scopes) {
    var seqs = new ArrayList<Long>();
    scopes.forEach(scope -> seqs.add(Step.chain(now, scope).seq()));
    return seqs;
  }
}
