package dev.penstock.sandbox.aws.engine;

import dev.penstock.sandbox.aws.acm.Certificates;
import dev.penstock.sandbox.aws.ec2.Compute;
import dev.penstock.sandbox.aws.ec2.Ec2Tags;
import dev.penstock.sandbox.aws.ec2.Networks;
import dev.penstock.sandbox.aws.ec2.SecurityGroupRules;
import dev.penstock.sandbox.aws.ec2.SecurityGroups;
import dev.penstock.sandbox.aws.elb.AttributeOperations;
import dev.penstock.sandbox.aws.elb.Catalogue;
import dev.penstock.sandbox.aws.elb.ElbTags;
import dev.penstock.sandbox.aws.elb.ListenerCertificates;
import dev.penstock.sandbox.aws.elb.Listeners;
import dev.penstock.sandbox.aws.elb.LoadBalancerSettings;
import dev.penstock.sandbox.aws.elb.LoadBalancers;
import dev.penstock.sandbox.aws.elb.Rules;
import dev.penstock.sandbox.aws.elb.TargetGroups;
import dev.penstock.sandbox.aws.elb.Targets;
import dev.penstock.sandbox.aws.route53.Changes;
import dev.penstock.sandbox.aws.route53.HostedZones;
import dev.penstock.sandbox.aws.route53.RecordSets;
import dev.penstock.sandbox.aws.route53.ZoneTags;
import dev.penstock.sandbox.aws.sts.Identities;
import dev.penstock.sandbox.aws.waf.ClassicWebAcls;
import dev.penstock.sandbox.aws.waf.Protections;
import dev.penstock.sandbox.aws.waf.WebAcls;
import java.util.List;

/** The families of operations that the simulator has. */
final class Families {
  private Families() {}

  static List<Operations.Family> all() {
    return List.of(
        new LoadBalancers(),
        new LoadBalancerSettings(),
        new AttributeOperations(),
        new TargetGroups(),
        new Targets(),
        new Listeners(),
        new ListenerCertificates(),
        new Rules(),
        new ElbTags(),
        new Catalogue(),
        new Networks(),
        new Compute(),
        new SecurityGroups(),
        new SecurityGroupRules(),
        new Ec2Tags(),
        new HostedZones(),
        new RecordSets(),
        new Changes(),
        new ZoneTags(),
        new Certificates(),
        new Identities(),
        new WebAcls(),
        new ClassicWebAcls(),
        new Protections());
  }
}
