package dev.penstock.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.penstock.tidy.Sources.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** A method fits on one screen, in tests as elsewhere. */
final class MethodTest {
  private static final int LONGEST_METHOD = 49;

  @Test
  void noMethodHasFiftyLines() throws IOException {
    var tooLong = new ArrayList<String>();
    var methods = new Methods(tooLong);
    methods.readAll();
    assertTrue(methods.seen > 1_000, "methods were found at all");
    assertEquals(List.of(), tooLong);
  }

  /** Parses every file, and measures each method from its first modifier to its last brace. */
  private static final class Methods extends TreeScanner<Void, CompilationUnitTree> {
    private final List<String> tooLong;
    private final JavacTask compiler;
    private final SourcePositions positions;
    private int seen;

    Methods(List<String> tooLong) {
      this.tooLong = tooLong;
      var javac = ToolProvider.getSystemJavaCompiler();
      var files = javac.getStandardFileManager(null, null, null);
      var paths = Sources.all().stream().map(Source::path).map(Sources.root()::resolve).toList();
      Iterable<? extends JavaFileObject> sources = files.getJavaFileObjectsFromPaths(paths);
      this.compiler = (JavacTask) javac.getTask(null, files, null, null, null, sources);
      this.positions = Trees.instance(compiler).getSourcePositions();
    }

    void readAll() throws IOException {
      compiler.parse().forEach(file -> scan(file, file));
    }

    @Override
    public Void visitMethod(MethodTree method, CompilationUnitTree file) {
      seen++;
      var lines = file.getLineMap();
      var first = lines.getLineNumber(positions.getStartPosition(file, method));
      var length = lines.getLineNumber(positions.getEndPosition(file, method)) - first + 1;
      if (length > LONGEST_METHOD) {
        var path = Sources.root().relativize(Path.of(file.getSourceFile().getName()));
        tooLong.add(path + ":" + first + ": " + method.getName() + " has " + length + " lines");
      }
      return super.visitMethod(method, file);
    }
  }
}
