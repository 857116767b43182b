/**
 * The stand-ins for controller-manager, scheduler and kubelet. Each is a {@link
 * dev.penstock.sandbox.kubernetes.controllers.Controller}: changes and the time in, writes through
 * the rules out. No threads, no clock of their own. May import {@code rules}, {@code store} and the
 * cluster's specification. Open {@link dev.penstock.sandbox.kubernetes.controllers.Controllers}
 * first.
 */
@NullMarked
package dev.penstock.sandbox.kubernetes.controllers;

import org.jspecify.annotations.NullMarked;
