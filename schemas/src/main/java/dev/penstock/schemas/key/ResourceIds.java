package dev.penstock.schemas.key;

import java.util.regex.Pattern;

/**
 * The ids of replacements (design §7, make before break): LBC's resource id with a number behind
 * it. The resource that is replaced first has none. Tags, which are anybody's, hold ids too.
 */
public final class ResourceIds {
  private static final Pattern NUMBERED = Pattern.compile("(.*)@([1-9][0-9]{0,3})");

  private ResourceIds() {}

  /** LBC's resource id with the number of a replacement behind it; the first one has none. */
  public static String numbered(String resourceId, int successor) {
    return successor == 0 ? resourceId : resourceId + "@" + successor;
  }

  /** LBC's resource id, without the number of a replacement behind it. */
  public static String plain(String resourceId) {
    var numbered = NUMBERED.matcher(resourceId);
    return numbered.matches() ? numbered.group(1) : resourceId;
  }

  /** The number of a replacement; 0 of the first one, and where there is no number of ours. */
  public static int successor(String resourceId) {
    var numbered = NUMBERED.matcher(resourceId);
    return numbered.matches() ? Integer.parseInt(numbered.group(2)) : 0;
  }
}
