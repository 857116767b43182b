package dev.penstock.appliers.elbv2;

import dev.penstock.appliers.ClientSecrets;
import dev.penstock.appliers.Differences;
import dev.penstock.appliers.Execution;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Actions;
import dev.penstock.edges.aws.types.Links;
import dev.penstock.edges.aws.types.Listeners;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live.LiveListener;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.MutualAuthenticationAttributes;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveListenerCertificatesResponse;

/**
 * Listeners. Whose a listener is, is whose its load balancer is: that was proven before the load
 * balancer's ARN got into a command. SNI certificates are written one a call (AWS API 1.1.3), new
 * ones first.
 */
public final class ListenerExecutor {
  private static final List<Aspect> DESCRIBED =
      List.of(Aspect.CORE, Aspect.DEFAULT_ACTIONS, Aspect.MUTUAL_AUTHENTICATION);
  private static final List<Aspect> CREATED =
      List.of(Aspect.CORE, Aspect.DEFAULT_ACTIONS, Aspect.MUTUAL_AUTHENTICATION, Aspect.TAGS);
  private static final List<Aspect> ALL =
      List.of(
          Aspect.CORE,
          Aspect.DEFAULT_ACTIONS,
          Aspect.MUTUAL_AUTHENTICATION,
          Aspect.CERTIFICATES,
          Aspect.ATTRIBUTES,
          Aspect.TAGS);

  private final Execution execution;
  private final ActionWriter actions;

  public ListenerExecutor(Execution execution, ClientSecrets secrets) {
    this.execution = execution;
    this.actions = new ActionWriter(execution, secrets);
  }

  public Result create(ListenerSpec desired) throws CallFailed, Halted, InterruptedException {
    var request =
        Listeners.create(desired).toBuilder()
            .defaultActions(actions.write(desired.defaultActions(), List.of()))
            .build();
    Listener listener;
    try {
      listener =
          execution
              .call(request, CreateListenerResponse.class, Repeat.AWAITING)
              .listeners()
              .getFirst();
    } catch (CallFailed failed) {
      return recognise(desired, failed);
    }
    saw(listener, List.of(), Map.of(), desired.tags(), CREATED);
    var others = sni(desired);
    for (var arn : others) {
      add(listener.listenerArn(), arn);
    }
    var attributes = write(listener.listenerArn(), Map.of(), desired.attributes());
    saw(listener, others, attributes, desired.tags(), ALL);
    return new Result.Applied();
  }

  /**
   * The port of our load balancer has a listener with other settings; the next decision corrects.
   */
  private Result recognise(ListenerSpec desired, CallFailed failed)
      throws CallFailed, Halted, InterruptedException {
    if (!failed.code().equals("DuplicateListener")) {
      throw failed;
    }
    var request =
        DescribeListenersRequest.builder()
            .loadBalancerArn(Links.id(desired.loadBalancer()))
            .pageSize(400)
            .build();
    var found =
        execution.call(request, DescribeListenersResponse.class, Repeat.AWAITING).listeners();
    var same =
        found.stream().filter(l -> Integer.valueOf(desired.port()).equals(l.port())).findFirst();
    if (same.isEmpty()) {
      throw failed;
    }
    saw(same.get(), List.of(), Map.of(), Map.of(), DESCRIBED);
    return new Result.Applied();
  }

  public Result update(LiveListener observed, ListenerSpec desired, List<Aspect> aspects)
      throws CallFailed, Halted, InterruptedException {
    var arn = observed.id();
    var spec = observed.spec();
    var modify = modification(observed, desired, aspects);
    if (modify.isPresent()) {
      execution.call(modify.get(), ModifyListenerResponse.class, Repeat.AWAITING);
    }
    if (aspects.contains(Aspect.CERTIFICATES)) {
      var wanted = sni(desired);
      for (var added : minus(wanted, arns(spec))) {
        add(arn, added);
      }
      // A listener that becomes plain loses its certificates by that.
      for (var removed :
          arns(desired).isEmpty() ? List.<String>of() : minus(sni(spec), arns(desired))) {
        remove(arn, removed);
      }
    }
    var attributes = spec.attributes();
    if (aspects.contains(Aspect.ATTRIBUTES)) {
      attributes = write(arn, spec.attributes(), desired.attributes());
    }
    if (aspects.contains(Aspect.TAGS)) {
      TagWrites.write(execution, arn, spec.tags(), desired.tags());
    }
    var now = new LiveListener(arn, after(spec, desired, aspects, attributes));
    execution.saw(new ResourcePresent(execution.resource(), now, aspects));
    return new Result.Applied();
  }

  /** One ModifyListener with what differs in the named aspects; empty when nothing does. */
  private Optional<ModifyListenerRequest> modification(
      LiveListener observed, ListenerSpec desired, List<Aspect> aspects) throws CallFailed {
    var spec = observed.spec();
    var request = ModifyListenerRequest.builder().listenerArn(observed.id());
    var empty = request.build();
    var protocolChanges =
        aspects.contains(Aspect.CORE) && !spec.protocol().equals(desired.protocol());
    if (aspects.contains(Aspect.CORE)) {
      if (spec.port() != desired.port()) {
        request.port(desired.port());
      }
      if (protocolChanges) {
        request.protocol(desired.protocol());
      }
      if (protocolChanges || !spec.sslPolicy().equals(desired.sslPolicy())) {
        desired.sslPolicy().ifPresent(request::sslPolicy);
      }
    }
    if (protocolChanges || aspects.contains(Aspect.CERTIFICATES)) {
      arns(desired).stream()
          .findFirst()
          .filter(arn -> !arns(spec).stream().findFirst().equals(Optional.of(arn)))
          .ifPresent(arn -> request.certificates(Listeners.cert(arn)));
    }
    if (aspects.contains(Aspect.DEFAULT_ACTIONS)
        && (ActionWriter.holdSecrets(desired.defaultActions())
            || !Actions.normal(spec.defaultActions())
                .equals(Actions.normal(desired.defaultActions())))) {
      request.defaultActions(actions.write(desired.defaultActions(), spec.defaultActions()));
    }
    if (aspects.contains(Aspect.MUTUAL_AUTHENTICATION)
        && !spec.mutualAuthentication().equals(desired.mutualAuthentication())) {
      request.mutualAuthentication(
          desired
              .mutualAuthentication()
              .map(Listeners::write)
              .orElseGet(() -> MutualAuthenticationAttributes.builder().mode("off").build()));
    }
    var written = request.build();
    return written.equals(empty) ? Optional.empty() : Optional.of(written);
  }

  private static ListenerSpec after(
      ListenerSpec observed,
      ListenerSpec desired,
      List<Aspect> aspects,
      Map<String, String> attributes) {
    var core = aspects.contains(Aspect.CORE) ? desired : observed;
    var certificates = aspects.contains(Aspect.CERTIFICATES) ? desired : observed;
    var actions = aspects.contains(Aspect.DEFAULT_ACTIONS) ? desired : observed;
    var mutual = aspects.contains(Aspect.MUTUAL_AUTHENTICATION) ? desired : observed;
    var tags = aspects.contains(Aspect.TAGS) ? desired : observed;
    return new ListenerSpec(
        observed.loadBalancer(),
        core.port(),
        core.protocol(),
        Actions.normal(actions.defaultActions()),
        certificates.certificates(),
        core.sslPolicy(),
        mutual.mutualAuthentication(),
        attributes,
        tags.tags());
  }

  /** The missing counts as deleted; its rules go with it (AWS API: DeleteListener). */
  public Result delete(LiveListener observed) throws CallFailed, Halted, InterruptedException {
    try {
      var request = DeleteListenerRequest.builder().listenerArn(observed.id()).build();
      execution.call(request, DeleteListenerResponse.class, Repeat.SAFE);
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
    }
    execution.saw(new ResourceMissing(execution.resource()));
    return new Result.Applied();
  }

  private void add(String arn, String certificate) throws CallFailed, Halted, InterruptedException {
    var request =
        AddListenerCertificatesRequest.builder()
            .listenerArn(arn)
            .certificates(Listeners.cert(certificate))
            .build();
    execution.call(request, AddListenerCertificatesResponse.class, Repeat.AWAITING);
  }

  private void remove(String arn, String certificate)
      throws CallFailed, Halted, InterruptedException {
    var request =
        RemoveListenerCertificatesRequest.builder()
            .listenerArn(arn)
            .certificates(Listeners.cert(certificate))
            .build();
    execution.call(request, RemoveListenerCertificatesResponse.class, Repeat.SAFE);
  }

  private Map<String, String> write(
      String arn, Map<String, String> observed, Map<String, String> desired)
      throws CallFailed, Halted, InterruptedException {
    var changed = Differences.changed(observed, desired);
    if (!changed.isEmpty()) {
      var request =
          ModifyListenerAttributesRequest.builder()
              .listenerArn(arn)
              .attributes(Listeners.attributes(changed))
              .build();
      execution.call(request, ModifyListenerAttributesResponse.class, Repeat.AWAITING);
    }
    return Differences.merged(observed, desired);
  }

  private void saw(
      Listener listener,
      Collection<String> sni,
      Map<String, String> attributes,
      Map<String, String> tags,
      List<Aspect> aspects) {
    var live = Listeners.live(listener, sni, attributes, tags);
    execution.saw(new ResourcePresent(execution.resource(), live, aspects));
  }

  private static List<String> sni(ListenerSpec spec) {
    return arns(spec).stream().skip(1).toList();
  }

  private static List<String> arns(ListenerSpec spec) {
    return spec.certificates().stream().map(Links::id).toList();
  }

  private static List<String> minus(List<String> some, List<String> others) {
    return some.stream().filter(one -> !others.contains(one)).toList();
  }
}
