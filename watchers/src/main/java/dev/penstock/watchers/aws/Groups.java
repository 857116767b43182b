package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Security groups, all pages. */
final class Groups {
  private static final int PAGE = 1000;

  private final Calls calls;

  Groups(Calls calls) {
    this.calls = calls;
  }

  /** By id; AWS refuses the whole call when one is missing, and allows no paging. */
  List<SecurityGroup> byId(String id) throws CallFailed, Halted, InterruptedException {
    var request = DescribeSecurityGroupsRequest.builder().groupIds(id).build();
    return calls.call(request, DescribeSecurityGroupsResponse.class, Repeat.SAFE).securityGroups();
  }

  /** Those of the ids that are there; a filter, unlike a list of ids, finds what is left. */
  List<SecurityGroup> ifThere(List<String> ids) throws CallFailed, Halted, InterruptedException {
    return ids.isEmpty() ? List.of() : by("group-id", ids);
  }

  /** The group of that name in that VPC, given as {@code vpc/name}. */
  List<SecurityGroup> named(String name) throws CallFailed, Halted, InterruptedException {
    var slash = name.indexOf('/');
    return by(
        List.of(
            filter("vpc-id", List.of(name.substring(0, slash))),
            filter("group-name", List.of(name.substring(slash + 1)))));
  }

  /** By one filter. */
  List<SecurityGroup> by(String filter, List<String> values)
      throws CallFailed, Halted, InterruptedException {
    return by(List.of(filter(filter, values)));
  }

  private static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  private List<SecurityGroup> by(List<Filter> filters)
      throws CallFailed, Halted, InterruptedException {
    var request = DescribeSecurityGroupsRequest.builder().filters(filters).maxResults(PAGE).build();
    return Pages.all(token -> {
      var answer =
          calls.call(
              request.toBuilder().nextToken(token).build(),
              DescribeSecurityGroupsResponse.class,
              Repeat.SAFE);
      return Pages.Page.of(answer.securityGroups(), answer.nextToken());
    });
  }
}
