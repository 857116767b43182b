package dev.penstock.cli.bench;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where a bench writes: its report as a table or as JSON, its progress beside it. */
final class BenchOutput {
  /** For people, or for tools. */
  enum Form {
    TEXT,
    JSON
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      description = "a table for people (default), json for tools")
  private Form form = Form.TEXT;

  /** Standard output for people; standard error when the output is for tools. */
  PrintWriter progress(CommandLine line) {
    return switch (form) {
      case TEXT -> line.getOut();
      case JSON -> line.getErr();
    };
  }

  void print(CommandLine line, Report report) {
    switch (form) {
      case TEXT -> report.print(line.getOut());
      case JSON -> {
        line.getOut().println(report.json());
        line.getOut().flush();
      }
    }
  }
}
