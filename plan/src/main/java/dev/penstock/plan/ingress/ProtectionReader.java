package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.SHIELD;
import static dev.penstock.plan.ingress.Annotation.WAFV2_ARN;
import static dev.penstock.plan.ingress.Annotation.WAFV2_NAME;
import static dev.penstock.plan.ingress.Annotation.WAF_CLASSIC;
import static dev.penstock.plan.ingress.Annotation.WEB_ACL;

import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.schemas.intent.IngressIntent.ProtectionSettings;
import dev.penstock.schemas.kubernetes.IngressClassParams;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a member wants its load balancer to be guarded by (LBC 1.1, 3.1): a value of the class takes
 * the place of the member's own. {@code none} and an empty value take a guard away; an empty name
 * says nothing.
 */
final class ProtectionReader {
  private static final String NONE = "none";

  private final MemberSource source;
  private final AnnotationReader annotations;

  private ProtectionReader(MemberSource source) {
    this.source = source;
    this.annotations = source.annotations();
  }

  static ProtectionSettings read(MemberSource source) {
    return new ProtectionReader(source).read();
  }

  private ProtectionSettings read() {
    var settings = source.settings();
    var name = byClass(IngressClassParams::wafv2AclName).or(() -> text(WAFV2_NAME));
    var arn = byClass(IngressClassParams::wafv2AclArn).or(() -> text(WAFV2_ARN));
    var classic = text(WAF_CLASSIC).or(() -> text(WEB_ACL));
    return new ProtectionSettings(
        unlessOff("enableWafv2", settings.enableWafv2(), name.filter(n -> !n.isEmpty()))
            .map(ProtectionReader::plain),
        unlessOff("enableWafv2", settings.enableWafv2(), arn).map(ProtectionReader::plain),
        unlessOff("enableWaf", settings.enableWaf(), classic).map(ProtectionReader::plain),
        unlessOff("enableShield", settings.enableShield(), annotations.bool(SHIELD.key())));
  }

  /** What the settings of the cluster switch off has no effect, and the owner is told. */
  private <T> Optional<T> unlessOff(String setting, boolean on, Optional<T> value) {
    if (!on && value.isPresent()) {
      source
          .problems()
          .warn(
              "ProtectionOff",
              "\""
                  + value.get()
                  + "\" has no effect: "
                  + setting
                  + " is off in the settings of the cluster");
    }
    return value.filter(_ -> on);
  }

  private static String plain(String value) {
    return value.equals(NONE) ? "" : value;
  }

  private Optional<String> text(Annotation annotation) {
    return annotations.text(annotation.key());
  }

  private Optional<String> byClass(Function<IngressClassParams, Optional<String>> field) {
    return source.params().flatMap(field).filter(value -> !value.isEmpty());
  }
}
