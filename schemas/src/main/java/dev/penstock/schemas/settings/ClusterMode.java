package dev.penstock.schemas.settings;

/** Whether decisions for a cluster are written. */
public enum ClusterMode {
  /** Facts and plans, no write anywhere. */
  SHADOW,
  MANAGE,
  /** Ours lets go: nothing of ours is left that would make LBC replace anything. */
  RELEASED
}
