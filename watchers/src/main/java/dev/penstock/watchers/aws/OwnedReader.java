package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.LoadBalancers;
import dev.penstock.edges.aws.types.SecurityGroups;
import dev.penstock.edges.aws.types.TargetGroups;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.OwnedScanned;
import dev.penstock.schemas.event.Observation.ResourceFound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * The sweep: all load balancers, target groups and security groups that carry a tag of one of the
 * clusters. Attributes are not read here; only a completed scan says what is missing.
 */
final class OwnedReader {
  private static final List<Aspect> READ = List.of(Aspect.CORE, Aspect.TAGS);

  private static final int IDS_A_PART = 100;

  private final Balancing balancing;
  private final Groups groups;
  private final CertificateReader certificates;

  OwnedReader(Calls calls) {
    this.balancing = new Balancing(calls);
    this.groups = new Groups(calls);
    this.certificates = new CertificateReader(calls);
  }

  List<Observation> read(List<String> clusters, boolean withCertificates)
      throws CallFailed, Halted, InterruptedException {
    var found = new ArrayList<Observation>();
    var ids = new ArrayList<String>();
    if (!clusters.isEmpty()) {
      loadBalancers(clusters, found, ids);
      targetGroups(clusters, found, ids);
      for (var group : groups.by("tag-key", Marks.CLUSTERS)) {
        var live = SecurityGroups.live(group);
        owned(live.spec().tags(), clusters)
            .ifPresent(marks -> {
              found.add(new ResourceFound(live, marks, READ));
              ids.add(live.id());
            });
      }
      if (withCertificates) {
        found.addAll(certificates.owned(clusters));
      }
    }
    found.addAll(
        Parts.of(ids, IDS_A_PART, (some, complete) -> new OwnedScanned(clusters, some, complete)));
    return found;
  }

  private void loadBalancers(List<String> clusters, List<Observation> found, List<String> ids)
      throws CallFailed, Halted, InterruptedException {
    var all = balancing.loadBalancers();
    var tags = balancing.tags(all.stream().map(LoadBalancer::loadBalancerArn).toList());
    for (var balancer : all) {
      owned(tags.get(balancer.loadBalancerArn()), clusters)
          .ifPresent(marks -> {
            var live = LoadBalancers.live(balancer, Optional.empty(), Map.of(), marks);
            found.add(new ResourceFound(live, marks, READ));
            ids.add(live.id());
          });
    }
  }

  private void targetGroups(List<String> clusters, List<Observation> found, List<String> ids)
      throws CallFailed, Halted, InterruptedException {
    var all = balancing.targetGroups();
    var tags = balancing.tags(all.stream().map(TargetGroup::targetGroupArn).toList());
    for (var group : all) {
      owned(tags.get(group.targetGroupArn()), clusters)
          .ifPresent(marks -> {
            var live = TargetGroups.live(group, Optional.empty(), Map.of(), marks);
            found.add(new ResourceFound(live, marks, READ));
            ids.add(live.id());
          });
    }
  }

  private static Optional<Map<String, String>> owned(
      @Nullable Map<String, String> tags, List<String> clusters) {
    return Optional.ofNullable(tags)
        .filter(marks -> Marks.cluster(marks).filter(clusters::contains).isPresent());
  }
}
