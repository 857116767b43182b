package dev.penstock.sandbox.simulation.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;

/** Loads the whole product anew, with one defect in it. */
final class MutantLoader extends ClassLoader {
  private static final ClassDesc OPTIONAL = ClassDesc.of(Optional.class.getName());

  private final Mutant mutant;
  private boolean made;

  MutantLoader(Mutant mutant) {
    super(MutantLoader.class.getClassLoader());
    this.mutant = mutant;
  }

  /** Whether the product has a method that can have the defect. */
  boolean isMade() {
    try {
      loadClass(mutant.className());
    } catch (ClassNotFoundException _) {
      return false;
    }
    return made;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("dev.penstock.")) {
      return super.loadClass(name, resolve);
    }
    var loaded = findLoadedClass(name);
    return loaded == null ? define(name) : loaded;
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      var bytes = in.readAllBytes();
      var given = name.equals(mutant.className()) ? changed(bytes) : bytes;
      return defineClass(name, given, 0, given.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] changed(byte[] bytes) {
    var files = ClassFile.of();
    return files.transformClass(
        files.parse(bytes),
        (type, element) -> {
          if (element instanceof MethodModel method
              && method.methodName().equalsString(mutant.method())
              && fits(method.methodTypeSymbol())) {
            made = true;
            var answers = method.methodTypeSymbol().returnType();
            type.withMethodBody(
                method.methodName(),
                method.methodType(),
                method.flags().flagsMask(),
                code -> answer(code, answers));
          } else {
            type.with(element);
          }
        });
  }

  /** Of methods of one name those that can answer so. */
  private boolean fits(MethodTypeDesc type) {
    var returned = type.returnType();
    return switch (mutant.answer()) {
      case Boolean _ -> returned.descriptorString().equals("Z");
      case String _ -> returned.descriptorString().equals("Ljava/lang/String;");
      default -> returned.descriptorString().equals("V") || returned.equals(OPTIONAL);
    };
  }

  private void answer(CodeBuilder code, ClassDesc returned) {
    switch (mutant.answer()) {
      case Boolean yes -> code.loadConstant(yes ? 1 : 0).return_(TypeKind.BOOLEAN);
      case String text -> code.loadConstant(text).areturn();
      default -> {
        if (returned.equals(OPTIONAL)) {
          code.invokestatic(OPTIONAL, "empty", MethodTypeDesc.of(OPTIONAL)).areturn();
        } else {
          code.return_();
        }
      }
    }
  }
}
