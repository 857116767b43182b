package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.CloudView;
import dev.penstock.plan.ingress.IngressMembers;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.util.List;

/** Cluster and cloud of a text in the form of a case, for tests of one rule. */
public final class CaseWorld {
  private final CaseCluster cluster;
  private final CaseCloud cloud;

  public CaseWorld(JsonNode content) {
    var registration = CaseSettings.registration(content.path("config"));
    this.cluster = new CaseCluster(registration, content.path("objects"));
    this.cloud = new CaseCloud(registration, content.path("aws"));
  }

  public ClusterRegistration registration() {
    return cluster.registration();
  }

  public CloudView cloud() {
    return cloud;
  }

  /** The intents of all Ingresses, in the order of their names. */
  public List<MemberIntent> members() {
    return cluster.ingresses().stream()
        .flatMap(key -> IngressMembers.read(cluster, key).intents().stream())
        .toList();
  }
}
