/**
 * Java records as Avro's data model: schemas are derived from record types, and bytes are read and
 * written without generated classes. Imports Avro and the JDK alone. Open {@link
 * dev.penstock.schemas.avro.RecordCodec} first.
 */
@NullMarked
package dev.penstock.schemas.avro;

import org.jspecify.annotations.NullMarked;
