package dev.penstock.sandbox.kubernetes.http;

import dev.penstock.sandbox.kubernetes.rules.Tree;

/** {@code /version}: the Kubernetes release whose behaviour is modelled. */
final class Version {
  private Version() {}

  static Answer answer() {
    return Answer.ok(
        Tree.object()
            .put("major", "1")
            .put("minor", "32")
            .put("gitVersion", "v1.32.4-eks-sandbox")
            .put("gitCommit", "0000000000000000000000000000000000000000")
            .put("gitTreeState", "clean")
            .put("buildDate", "2025-01-01T00:00:00Z")
            .put("goVersion", "none")
            .put("compiler", "javac")
            .put("platform", "linux/amd64"));
  }
}
