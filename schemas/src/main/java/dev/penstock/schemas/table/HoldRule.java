package dev.penstock.schemas.table;

/** The rules that stop a verdict. Only those that a person may approve leave a row in holds. */
public enum HoldRule {
  SHADOW("shadow", false),
  RELEASED("released", false),
  PAUSE("pause", false),
  DNS_POLICY("dns-policy", false),
  /** A replacement that is asked to have the name of what it replaces. */
  NAME_TAKEN("name-taken", false),
  REPLACEMENT("replacement", true),
  PROTECTED("protected", true),
  /** More requested deletes of one namespace than the high threshold. */
  DELETE("delete", true),
  /** More deletes that nobody asked for than the low threshold. */
  INFERRED_DELETE("inferred-delete", true);

  private final String text;
  private final boolean approvable;

  HoldRule(String text, boolean approvable) {
    this.text = text;
    this.approvable = approvable;
  }

  /** The word in hold ids. */
  public String text() {
    return text;
  }

  /** Whether `penstock approve` frees what this rule holds. */
  public boolean approvable() {
    return approvable;
  }
}
