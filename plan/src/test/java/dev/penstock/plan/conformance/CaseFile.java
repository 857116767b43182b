package dev.penstock.plan.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One case file: its area is the folder that holds it. */
record CaseFile(String area, String name, JsonNode content) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static List<CaseFile> under(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".yaml"))
          .sorted()
          .map(CaseFile::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CaseFile read(Path file) {
    try {
      var content = YAML.readTree(file.toFile());
      var parent = file.toAbsolutePath().getParent();
      var area =
          parent == null || parent.getFileName() == null ? "" : parent.getFileName().toString();
      return new CaseFile(area, content.path("case").asText(), content);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
