package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.NamedSeen;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTrustStoresRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTrustStoresResponse;
import software.amazon.awssdk.services.wafv2.model.ListWebAcLsRequest;
import software.amazon.awssdk.services.wafv2.model.ListWebAcLsResponse;
import software.amazon.awssdk.services.wafv2.model.Scope;
import software.amazon.awssdk.services.wafv2.model.WebACLSummary;

/** Looks up the id of what is not ours by its name; that there is none is an answer. */
final class NamedReader {
  private static final int PAGE = 100;

  private final Calls calls;

  NamedReader(Calls calls) {
    this.calls = calls;
  }

  List<Observation> read(Named.Kind kind, String name)
      throws CallFailed, Halted, InterruptedException {
    var id = find(kind, name);
    return List.of(
        new NamedSeen(
            id.map(found -> Named.found(kind, name, found))
                .orElseGet(() -> Named.absent(kind, name))));
  }

  private Optional<String> find(Named.Kind kind, String name)
      throws CallFailed, Halted, InterruptedException {
    try {
      return switch (kind) {
        case WEB_ACL -> webAcl(name);
        case TRUST_STORE -> trustStore(name);
        case TARGET_GROUP -> targetGroup(name);
      };
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
      return Optional.empty();
    }
  }

  /** WAF has no lookup by name: all of the Region are listed. */
  private Optional<String> webAcl(String name) throws CallFailed, Halted, InterruptedException {
    var request = ListWebAcLsRequest.builder().scope(Scope.REGIONAL).limit(PAGE).build();
    List<WebACLSummary> all =
        Pages.all(marker -> {
          var answer =
              calls.call(
                  request.toBuilder().nextMarker(marker).build(),
                  ListWebAcLsResponse.class,
                  Repeat.SAFE);
          return Pages.Page.of(answer.webACLs(), answer.nextMarker());
        });
    return all.stream()
        .filter(acl -> name.equals(acl.name()))
        .findFirst()
        .map(acl -> Text.of(acl.arn()));
  }

  private Optional<String> trustStore(String name) throws CallFailed, Halted, InterruptedException {
    var request = DescribeTrustStoresRequest.builder().names(name).build();
    return calls
        .call(request, DescribeTrustStoresResponse.class, Repeat.SAFE)
        .trustStores()
        .stream()
        .findFirst()
        .map(store -> Text.of(store.trustStoreArn()));
  }

  private Optional<String> targetGroup(String name)
      throws CallFailed, Halted, InterruptedException {
    var request = DescribeTargetGroupsRequest.builder().names(name).build();
    return calls
        .call(request, DescribeTargetGroupsResponse.class, Repeat.SAFE)
        .targetGroups()
        .stream()
        .findFirst()
        .map(group -> Text.of(group.targetGroupArn()));
  }
}
