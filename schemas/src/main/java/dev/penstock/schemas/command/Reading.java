package dev.penstock.schemas.command;

import dev.penstock.schemas.avro.Default;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.key.StackId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an Observe command reads. */
public sealed interface Reading {
  /**
   * One resource by its id, or by name when the id is not known yet. A security group's name is
   * {@code vpc/name}: names are unique in their VPC only. A certificate's is {@code
   * cluster/domain}, of which the one with the resource's tags is meant.
   */
  record ReadResource(Optional<String> id, Optional<String> name, List<Aspect> aspects)
      implements Reading {}

  /** Health of all targets of one group (empty list) or of some. */
  record ReadTargetHealth(String targetGroupArn, List<Target> targets) implements Reading {}

  /**
   * Everything of one stack: the load balancers, target groups and security groups that are {@code
   * known} as its own (our id of the resource by the id of AWS), with listeners and rules below
   * them. {@code byTags} looks also for those that carry the cluster and stack tags, which costs
   * calls for everything in the account. Proves what is missing. The minimum capacity is read of
   * the load balancers that {@code reserved} names by ARN. Tags may call the cluster by one of its
   * {@code formerNames} as well.
   */
  record ReadStack(
      String cluster,
      StackId stack,
      Map<String, String> known,
      boolean byTags,
      List<String> reserved,
      List<String> formerNames)
      implements Reading {}

  /**
   * All load balancers, target groups and security groups of the scope that carry a cluster tag of
   * ours: the sweep. Certificates, which cost a call each, only if {@code certificates}.
   */
  record ReadOwned(List<String> clusters, @Default("false") boolean certificates)
      implements Reading {}

  /** Subnets, route tables, zones, security groups and network interfaces of a VPC. */
  record ReadNetwork(String vpcId) implements Reading {}

  /** What is not ours and is given by its name. */
  record ReadNamed(Named.Kind kind, String name) implements Reading {}

  /** ACM certificates of the scope; {@code tags} costs a call for each. */
  record ReadCertificates(@Default("false") boolean tags) implements Reading {}

  /** Hosted zones of the account. */
  record ReadHostedZones() implements Reading {}

  /** Record sets of a zone: of one name, or all. */
  record ReadRecords(String zoneId, Optional<String> name) implements Reading {}

  /** Whether a Route 53 change is in sync (AWS API: GetChange). */
  record ReadChange(String changeId) implements Reading {}
}
