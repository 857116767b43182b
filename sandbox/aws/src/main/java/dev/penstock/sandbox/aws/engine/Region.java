package dev.penstock.sandbox.aws.engine;

import dev.penstock.sandbox.aws.engine.Rows.CertificateRow;
import dev.penstock.sandbox.aws.engine.Rows.InterfaceRow;
import dev.penstock.sandbox.aws.engine.Rows.ListenerRow;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.NamedArn;
import dev.penstock.sandbox.aws.engine.Rows.RuleRow;
import dev.penstock.sandbox.aws.engine.Rows.Tags;
import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** All that one account keeps in one Region. */
public final class Region {
  public final String account;
  public final String name;
  public final Table<LoadBalancerRow> loadBalancers;
  public final Table<TargetGroupRow> targetGroups;
  public final Table<TargetRow> targets;
  public final Table<ListenerRow> listeners;
  public final Table<RuleRow> rules;
  public final Table<Tags> tags;
  public final Table<NamedArn> trustStores;
  public final Table<Vpc> vpcs;
  public final Table<Subnet> subnets;
  public final Table<AvailabilityZone> zones;
  public final Table<RouteTable> routeTables;
  public final Table<InternetGateway> internetGateways;
  public final Table<Instance> instances;
  public final Table<InterfaceRow> interfaces;
  public final Table<Address> addresses;
  public final Table<SecurityGroup> securityGroups;
  public final Table<SecurityGroupRule> securityGroupRules;
  public final Table<CertificateRow> certificates;
  public final Table<NamedArn> webAcls;
  public final Table<NamedArn> webAclLinks;
  public final Table<NamedArn> classicAclLinks;

  private final Chronicle chronicle;
  private final List<Table<?>> tables = new ArrayList<>();

  public Region(String account, String name, Chronicle chronicle) {
    this.account = account;
    this.name = name;
    this.chronicle = chronicle;
    loadBalancers = table("loadBalancers", LoadBalancerRow.class);
    targetGroups = table("targetGroups", TargetGroupRow.class);
    targets = table("targets", TargetRow.class, TargetRow::groupArn);
    listeners = table("listeners", ListenerRow.class, ListenerRow::loadBalancerArn);
    rules = table("rules", RuleRow.class, RuleRow::listenerArn);
    tags = table("tags", Tags.class);
    trustStores = table("trustStores", NamedArn.class);
    vpcs = table("vpcs", Vpc.class);
    subnets = table("subnets", Subnet.class);
    zones = table("zones", AvailabilityZone.class);
    routeTables = table("routeTables", RouteTable.class);
    internetGateways = table("internetGateways", InternetGateway.class);
    instances = table("instances", Instance.class);
    interfaces = table("interfaces", InterfaceRow.class, InterfaceRow::owner);
    addresses = table("addresses", Address.class);
    securityGroups = table("securityGroups", SecurityGroup.class);
    securityGroupRules =
        table("securityGroupRules", SecurityGroupRule.class, SecurityGroupRule::groupId);
    certificates = table("certificates", CertificateRow.class);
    webAcls = table("webAcls", NamedArn.class);
    webAclLinks = table("webAclLinks", NamedArn.class, NamedArn::group);
    classicAclLinks = table("classicAclLinks", NamedArn.class, NamedArn::group);
  }

  /** The Region as it was at {@code moment}; what a call changes in it has no effect. */
  Region asOf(Instant moment) {
    var scratch = new Chronicle(Duration.ZERO);
    scratch.begin(chronicle.now());
    var past = new Region(account, name, scratch);
    past.fillFrom(this, moment);
    return past;
  }

  public List<Table<?>> tables() {
    return tables;
  }

  public boolean china() {
    return name.startsWith("cn-");
  }

  public String arn(String service, String resource) {
    return "arn:" + partition() + ":" + service + ":" + name + ":" + account + ":" + resource;
  }

  public String partition() {
    return china() ? "aws-cn" : name.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  public Tags tagsOf(String resource) {
    return tags.find(resource).orElse(Tags.NONE);
  }

  private void fillFrom(Region present, Instant moment) {
    for (int i = 0; i < tables.size(); i++) {
      fill(tables.get(i), present.tables.get(i).asOf(moment, chronicle));
    }
  }

  private static <V> void fill(Table<V> table, Table<?> source) {
    source.entries().forEach((key, row) -> table.set(key, table.type().cast(row)));
  }

  private <V> Table<V> table(String kind, Class<V> type) {
    return table(kind, type, _ -> "");
  }

  private <V> Table<V> table(String kind, Class<V> type, Function<V, String> groupOf) {
    var table = new Table<>(account + "/" + name + "/" + kind, type, groupOf, chronicle);
    tables.add(table);
    return table;
  }
}
