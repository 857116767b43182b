package dev.penstock.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every file stands in google-java-format; {@code -Dgolden=write} rewrites the others. */
final class FormatTest {
  private static final boolean WRITE = "write".equals(System.getProperty("golden"));

  @Test
  void everyFileIsFormatted() throws IOException, FormatterException {
    var formatter = new Formatter();
    var others = new ArrayList<String>();
    for (var source : Sources.all()) {
      var formatted = formatter.formatSourceAndFixImports(source.text());
      if (formatted.equals(source.text())) {
        continue;
      }
      if (WRITE) {
        Files.writeString(Sources.root().resolve(source.path()), formatted);
      } else {
        others.add(source.path().toString());
      }
    }
    assertEquals(
        List.of(), others, "run: mvn verify -pl tidy -am -Dgolden=write -Dtest=FormatTest");
  }
}
