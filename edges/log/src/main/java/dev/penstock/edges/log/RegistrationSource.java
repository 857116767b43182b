package dev.penstock.edges.log;

/** Where registrations come from: what was last read, and a look at what is there now. */
interface RegistrationSource {
  Registrations current();

  /** Reads to the end as it is now; what an earlier, failed look did not return is read again. */
  Registrations refresh() throws LogFailed;
}
