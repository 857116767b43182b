package dev.penstock.appliers.acm;

import dev.penstock.appliers.Differences;
import dev.penstock.appliers.Execution;
import dev.penstock.appliers.Ownership;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.CertificateCalls;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Certificates;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.Live.LiveCertificate;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import java.util.List;
import software.amazon.awssdk.services.acm.model.AddTagsToCertificateRequest;
import software.amazon.awssdk.services.acm.model.AddTagsToCertificateResponse;
import software.amazon.awssdk.services.acm.model.DeleteCertificateRequest;
import software.amazon.awssdk.services.acm.model.DeleteCertificateResponse;
import software.amazon.awssdk.services.acm.model.RemoveTagsFromCertificateRequest;
import software.amazon.awssdk.services.acm.model.RemoveTagsFromCertificateResponse;
import software.amazon.awssdk.services.acm.model.RequestCertificateResponse;

/**
 * Certificates that ACM is asked for. ACM tells repeats of a request apart for an hour only, so one
 * with our marks is looked for before. Nobody waits here until one is issued.
 */
public final class CertificateExecutor {
  private static final List<Aspect> ALL = List.of(Aspect.CORE, Aspect.TAGS);

  private final Execution execution;
  private final CertificateCalls acm;

  public CertificateExecutor(Execution execution) {
    this.execution = execution;
    this.acm = new CertificateCalls(execution);
  }

  /** Asks for the certificate, or recognises the one that an earlier execution asked for. */
  public Result create(CertificateSpec desired) throws CallFailed, Halted, InterruptedException {
    var domain = desired.names().getFirst();
    var found = acm.find(domain, tags -> Ownership.ours(desired.tags(), tags));
    return seen(found.isPresent() ? found.get() : requested(desired));
  }

  private LiveCertificate requested(CertificateSpec desired)
      throws CallFailed, Halted, InterruptedException {
    var request = Certificates.request(desired, execution.token());
    var arn =
        execution.call(request, RequestCertificateResponse.class, Repeat.SAFE).certificateArn();
    return Certificates.live(acm.detail(arn, Repeat.AWAITING), desired.tags());
  }

  /** Of a certificate only the tags can change. */
  public Result update(LiveCertificate observed, CertificateSpec desired)
      throws CallFailed, Halted, InterruptedException {
    var arn = observed.id();
    var before = observed.spec();
    var changed = Differences.changed(before.tags(), desired.tags());
    if (!changed.isEmpty()) {
      var add =
          AddTagsToCertificateRequest.builder()
              .certificateArn(arn)
              .tags(Certificates.tags(changed))
              .build();
      execution.call(add, AddTagsToCertificateResponse.class, Repeat.SAFE);
    }
    var removed = Differences.removed(before.tags(), desired.tags());
    if (!removed.isEmpty()) {
      var gone = Certificates.tags(before.tags());
      var remove =
          RemoveTagsFromCertificateRequest.builder()
              .certificateArn(arn)
              .tags(gone.stream().filter(tag -> removed.contains(tag.key())).toList())
              .build();
      execution.call(remove, RemoveTagsFromCertificateResponse.class, Repeat.SAFE);
    }
    return seen(observed.withSpec(observed.spec().withTags(desired.tags())));
  }

  /** The missing counts as deleted; one that somebody uses stays, and AWS says so. */
  public Result delete(LiveCertificate observed) throws CallFailed, Halted, InterruptedException {
    try {
      var request = DeleteCertificateRequest.builder().certificateArn(observed.id()).build();
      execution.call(request, DeleteCertificateResponse.class, Repeat.SAFE);
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
    }
    execution.saw(new ResourceMissing(execution.resource()));
    return new Result.Applied();
  }

  private Result seen(LiveCertificate live) {
    execution.saw(new ResourcePresent(execution.resource(), live, ALL));
    return new Result.Applied();
  }
}
