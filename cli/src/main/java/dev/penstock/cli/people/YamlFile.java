package dev.penstock.cli.people;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a person wrote in YAML. */
final class YamlFile {
  private YamlFile() {}

  /** Every document of the file; each is a map, and there is at least one. */
  static List<ObjectNode> documents(Path file) throws CommandFailed {
    var documents = new ArrayList<ObjectNode>();
    try (var values =
        new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(file))) {
      while (values.hasNextValue()) {
        if (!(values.nextValue() instanceof ObjectNode map)) {
          throw refused(file, "a document is not a map of keys");
        }
        documents.add(map);
      }
    } catch (JsonProcessingException e) {
      throw refused(file, e.getOriginalMessage());
    } catch (IOException _) {
      throw refused(file, "it cannot be read; is the path right?");
    }
    if (documents.isEmpty()) {
      throw refused(file, "it is empty");
    }
    return documents;
  }

  /** The only document of the file. */
  static ObjectNode document(Path file) throws CommandFailed {
    var documents = documents(file);
    if (documents.size() > 1) {
      throw refused(file, "it has " + documents.size() + " documents; only one can be taken");
    }
    return documents.getFirst();
  }

  /** What is wrong with the file. */
  static CommandFailed refused(Path file, String why) {
    return new CommandFailed(ExitCode.CONFIGURATION, file + ": " + why);
  }
}
