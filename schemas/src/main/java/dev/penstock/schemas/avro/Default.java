package dev.penstock.schemas.avro;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The Avro default, as JSON. On a component: the value for records written before the component
 * existed ({@code Optional}, {@code List} and {@code Map} need none: null, [] and {}). On an enum:
 * the constant that an older reader takes for one that it does not know.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Default {
  String value();
}
