package dev.penstock.sandbox.kubernetes.rules;

/**
 * Who writes, through which subresource (empty: the object itself), and whether only to see what
 * would happen.
 */
public record WriteOptions(String manager, String subresource, boolean force, boolean dryRun) {
  public static WriteOptions of(String manager) {
    return new WriteOptions(manager, "", false, false);
  }

  public WriteOptions on(String otherSubresource) {
    return new WriteOptions(manager, otherSubresource, force, dryRun);
  }

  public WriteOptions forced() {
    return new WriteOptions(manager, subresource, true, dryRun);
  }
}
