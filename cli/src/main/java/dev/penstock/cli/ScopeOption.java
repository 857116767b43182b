package dev.penstock.cli;

import dev.penstock.schemas.key.Scope;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A scope as people write it: the number of an AWS account, and a Region or {@code global}. */
public final class ScopeOption implements ITypeConverter<Scope> {
  private static final Pattern FORM =
      Pattern.compile("\\d{12}/([a-z]{2}(-[a-z]+)+-\\d{1,2}|" + Scope.GLOBAL + ")");

  @Override
  public Scope convert(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new TypeConversionException(
          "a scope is ACCOUNT/REGION or ACCOUNT/global, such as 111122223333/us-west-2, not: "
              + text);
    }
    return Scope.parse(text);
  }
}
