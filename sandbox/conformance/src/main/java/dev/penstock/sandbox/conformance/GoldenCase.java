package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.sandbox.conformance.story.StoryCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** One golden case: a file of its own or a row of a table. */
public final class GoldenCase {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final CaseFamily family;
  private final String area;
  private final String name;
  private final JsonNode content;

  private GoldenCase(CaseFamily family, String area, String name, JsonNode content) {
    this.family = family;
    this.area = area;
    this.name = name;
    this.content = content;
  }

  /**
   * The case files under the paths, each once, by path.
   *
   * @throws IOException when a path cannot be read
   */
  public static List<Path> files(List<Path> paths) throws IOException {
    var files = new TreeSet<Path>();
    for (var path : paths) {
      try (var under = Files.walk(path)) {
        under.filter(f -> f.toString().endsWith(".yaml")).forEach(files::add);
      }
    }
    return List.copyOf(files);
  }

  /**
   * The cases of a file whose names are asked for.
   *
   * @throws IOException when the file cannot be read, is no YAML or no case of a known family
   */
  public static List<GoldenCase> read(Path file, Predicate<String> only) throws IOException {
    var content = YAML.readTree(file.toFile());
    var family = CaseFamily.of(content);
    if (family.isEmpty()) {
      throw new IOException("no case of a known family");
    }
    var cases = new ArrayList<GoldenCase>();
    if (family.get() == CaseFamily.NAMES) {
      content
          .path("rows")
          .forEach(row ->
              cases.add(
                  new GoldenCase(
                      CaseFamily.NAMES, CaseFamily.NAMES.word(), Nodes.text(row, "row"), row)));
    } else {
      var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).map(Path::getFileName);
      var area = family.get().word() + folder.map(f -> "/" + f).orElse("");
      cases.add(new GoldenCase(family.get(), area, Nodes.text(content, "case"), content));
    }
    cases.removeIf(of -> !only.test(of.name));
    return cases;
  }

  /** Family and area, as {@code ingress/rules}. */
  public String area() {
    return area;
  }

  /** Whether it is of a family that is not decided yet. */
  boolean followsLater() {
    return switch (family) {
      case DEPLOY -> StoryCase.isOfServices(content);
      case NAMES -> !NamesCase.isDecided(content);
      case INGRESS, TARGETS -> false;
    };
  }

  /** Unique in its family. */
  String name() {
    return name;
  }

  /** Reads the objects, plans, compares. Total: a defect is a difference. */
  public CaseResult run() {
    try {
      return new CaseResult(area, name, judgement());
    } catch (RuntimeException defect) {
      var at = List.of(defect.getStackTrace()).stream().findFirst();
      var text = "defect: " + defect + at.map(a -> " at " + a).orElse("");
      return new CaseResult(area, name, new Judgement.Failed(text));
    }
  }

  private Judgement judgement() {
    return switch (family) {
      case INGRESS -> {
        var of = new IngressCase(content);
        var difference = of.difference();
        yield judgement(difference, of.divergences());
      }
      case TARGETS -> {
        var of = new TargetsCase(content);
        var difference = of.difference();
        yield judgement(difference, of.divergences());
      }
      case DEPLOY -> {
        var of = new StoryCase(content);
        var difference = of.difference();
        yield judgement(difference, of.divergences());
      }
      case NAMES -> judgement(new NamesCase(content).difference(), Set.of());
    };
  }

  private static Judgement judgement(Optional<String> difference, Set<String> divergences) {
    return difference
        .<Judgement>map(Judgement.Failed::new)
        .orElseGet(() ->
            divergences.isEmpty() ? new Judgement.Passed() : new Judgement.Diverges(divergences));
  }
}
