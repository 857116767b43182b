package dev.penstock.schemas.key;

/**
 * The piece of the world that is decided together: one AWS account and Region, or the global part
 * of an account (Route 53). Text form {@code account/region}.
 */
public record Scope(String account, String region) implements Comparable<Scope> {
  /** The Region word of an account's global scope. */
  public static final String GLOBAL = "global";

  public Scope {
    if (account.isEmpty() || region.isEmpty()) {
      throw new IllegalArgumentException("a scope needs an account and a Region");
    }
  }

  /** The global scope of an account, where Route 53 is decided. */
  public static Scope global(String account) {
    return new Scope(account, GLOBAL);
  }

  /**
   * Reads {@code account/region}.
   *
   * @throws IllegalArgumentException when the text has another form
   */
  public static Scope parse(String text) {
    var slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      throw new IllegalArgumentException("a scope is account/region, not: " + text);
    }
    return new Scope(text.substring(0, slash), text.substring(slash + 1));
  }

  public boolean isGlobal() {
    return region.equals(GLOBAL);
  }

  @Override
  public int compareTo(Scope other) {
    var byAccount = account.compareTo(other.account);
    return byAccount != 0 ? byAccount : region.compareTo(other.region);
  }

  @Override
  public String toString() {
    return account + "/" + region;
  }
}
