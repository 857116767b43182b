package dev.penstock.cli;

import dev.penstock.cli.config.ConfigRefused;
import dev.penstock.cli.config.InstanceConfig;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;

/** What every command of people has that asks an installation: its configuration and a form. */
public final class CommonOptions {
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  public boolean json() {
    return output.json();
  }

  public PrintWriter out() {
    return output.out();
  }

  public PrintWriter err() {
    return output.err();
  }

  /** Prints an answer: the text for people, else the JSON. */
  public void say(Object json, String text) {
    output.say(json, text);
  }

  /**
   * The instance's configuration: the file, then the environment.
   *
   * @throws ConfigRefused naming every problem
   */
  public InstanceConfig config() throws ConfigRefused {
    return config.config();
  }
}
