package dev.penstock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.cli.config.InstanceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's table of configuration keys is what the code knows. */
final class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- keys: generated; -Dgolden=write writes them -->\n";
  private static final String END = "<!-- end of keys -->";

  @Test
  void theTableOfKeysIsCurrent() throws IOException {
    var text = Files.readString(README);
    var begin = text.indexOf(BEGIN) + BEGIN.length();
    var end = text.indexOf(END);
    assertTrue(begin >= BEGIN.length() && end > begin, "README.md has lost the marks of its table");
    var table = InstanceConfig.keysAsMarkdown();
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(README, text.substring(0, begin) + table + text.substring(end));
    }
    assertEquals(
        table, Files.readString(README).substring(begin, Files.readString(README).indexOf(END)));
  }

  @Test
  void everyCommandIsNamed() throws IOException {
    var text = Files.readString(README);
    PenstockMain.GROUPS
        .values()
        .forEach(names -> names.forEach(name -> assertTrue(text.contains("`" + name), name)));
  }
}
