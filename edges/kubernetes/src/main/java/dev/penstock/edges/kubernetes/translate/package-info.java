/**
 * Kubernetes objects as JSON to records of schemas, one file per kind, and back for what Penstock
 * writes. Imports schemas and Jackson. Open {@link
 * dev.penstock.edges.kubernetes.translate.ObjectTranslator} first.
 */
@NullMarked
package dev.penstock.edges.kubernetes.translate;

import org.jspecify.annotations.NullMarked;
