package dev.penstock.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.tidy.Sources.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a reader may rely on in every file. */
final class SourceTest {
  private static final int LONGEST_FILE = 400;

  /** A banned word and what to write in its place. */
  private static final Map<Pattern, String> BANNED = banned();

  private static final Pattern CLASS_ENDING =
      Pattern.compile(
          "\\b(?:class|record|interface|enum)"
              + " (\\w*(?:Manager|Helper|Utils|Util|Impl|Info|Context)|Abstract\\w+|Base[A-Z]\\w*)\\b");

  private static Map<Pattern, String> banned() {
    var words = new LinkedHashMap<Pattern, String>();
    words.put(
        Pattern.compile("\\bTODO\\b|\\bFIXME\\b|\\bXXX\\b"), "finish it, or say it in the docs");
    words.put(Pattern.compile("@Disabled"), "a test runs or is deleted");
    words.put(Pattern.compile("\\bsynchronized\\b"), "one thread owns a key");
    words.put(Pattern.compile("import lombok|org\\.springframework|org\\.mockito"), "plain Java");
    words.put(
        Pattern.compile("\\bSystem\\.currentTimeMillis\\(|\\bnew Date\\("), "a Clock argument");
    return words;
  }

  @Test
  void noFileIsLongerThanFourHundredLines() {
    var tooLong =
        Sources.all().stream()
            .filter(source -> source.lines().size() > LONGEST_FILE)
            .map(source -> source.path() + ": " + source.lines().size())
            .toList();
    assertEquals(List.of(), tooLong);
  }

  @Test
  void noFileHoldsABannedWord() {
    var found = new ArrayList<String>();
    for (var source : Sources.all()) {
      if (source.fileName().equals("SourceTest.java")) {
        continue;
      }
      BANNED.forEach((word, instead) -> find(source, word, instead, found));
    }
    assertEquals(List.of(), found);
  }

  private static void find(Source source, Pattern word, String instead, List<String> found) {
    for (var i = 0; i < source.lines().size(); i++) {
      if (word.matcher(source.lines().get(i)).find()) {
        found.add(source.path() + ":" + (i + 1) + ": instead: " + instead);
      }
    }
  }

  @Test
  void classesEndInWordsThatSayWhatTheyAre() {
    var found = new ArrayList<String>();
    for (var source : Sources.all()) {
      var matcher = CLASS_ENDING.matcher(source.text());
      while (matcher.find()) {
        found.add(source.path() + ": " + matcher.group(1));
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() {
    var missing = new ArrayList<String>();
    for (var source : Sources.all()) {
      var folder = Sources.root().resolve(source.path()).getParent();
      if (source.isTest() || source.fileName().equals("package-info.java")) {
        continue;
      }
      var described = folder.resolve("package-info.java").toFile();
      if (!described.exists() && !missing.contains(folder.toString())) {
        missing.add(folder.toString());
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(
        Sources.all().stream()
            .filter(source -> source.fileName().equals("package-info.java"))
            .allMatch(source -> source.text().contains("@NullMarked")));
  }
}
