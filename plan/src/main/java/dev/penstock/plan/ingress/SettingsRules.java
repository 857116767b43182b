package dev.penstock.plan.ingress;

import dev.penstock.plan.names.StackTags;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ControllerSettings;
import dev.penstock.schemas.settings.ScopeSettings;
import java.util.ArrayList;
import java.util.List;

/** What must hold of the settings of a cluster (LBC 7) or scope before they come into the log. */
public final class SettingsRules {
  static final String INVALID = "InvalidSetting";

  private SettingsRules() {}

  public static List<Problem> problems(ClusterRegistration registration) {
    var problems = new ArrayList<Problem>();
    var settings = registration.controller();
    if (registration.lbcName().isEmpty()) {
      problems.add(new Problem(INVALID, "the cluster's name must not be empty"));
    }
    if (!List.of("instance", "ip").contains(settings.defaultTargetType())) {
      problems.add(
          new Problem(
              INVALID,
              "defaultTargetType: \""
                  + settings.defaultTargetType()
                  + "\" must be instance or ip"));
    }
    var group = settings.backendSecurityGroup();
    if (!group.isEmpty() && !group.startsWith("sg-")) {
      problems.add(
          new Problem(INVALID, "backendSecurityGroup: \"" + group + "\" must be an id sg-…"));
    }
    if (settings.enableManageBackendSecurityGroupRules()
        && !settings.enableBackendSecurityGroup()) {
      problems.add(
          new Problem(
              INVALID, "enableManageBackendSecurityGroupRules needs enableBackendSecurityGroup"));
    }
    var label = settings.requiredSecretsLabel();
    if (!label.isEmpty() && label.indexOf('=') < 1) {
      problems.add(
          new Problem(INVALID, "requiredSecretsLabel: \"" + label + "\" must be key=value"));
    }
    problems.addAll(tags(settings));
    return List.copyOf(problems);
  }

  public static List<Problem> problems(ScopeSettings settings) {
    return GroupAccess.problems(settings.restrictedGroups());
  }

  private static List<Problem> tags(ControllerSettings settings) {
    var problems = new ArrayList<Problem>();
    for (String key : settings.externalManagedTags()) {
      if (settings.defaultTags().containsKey(key)) {
        problems.add(
            new Problem(
                INVALID, "tag \"" + key + "\" is in both defaultTags and externalManagedTags"));
      }
    }
    for (String key : StackTags.TRACKING) {
      if (settings.defaultTags().containsKey(key) || settings.externalManagedTags().contains(key)) {
        problems.add(
            new Problem(
                INVALID,
                "tag \""
                    + key
                    + "\" tells whose a resource is: it may be in neither defaultTags nor"
                    + " externalManagedTags"));
      }
    }
    return problems;
  }
}
