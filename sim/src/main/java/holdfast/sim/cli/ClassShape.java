package holdfast.sim.cli;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ConstantDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What other classes may have taken from a class when they were compiled: its names, types and constants. Code is none of
/// that, and what is private is used only by classes of the same file.
record ClassShape(int flags, List<String> kin, List<Member> members) {

    /// @param constant the value that is copied into the classes that use it, or null
    private record Member(int flags, String name, String type, ConstantDesc constant) {}

    static ClassShape of(byte[] classFile) {
        ClassModel model = ClassFile.of().parse(classFile);
        Stream<Member> fields = model.fields().stream()
                .filter(field -> !field.flags().has(AccessFlag.PRIVATE)).map(ClassShape::field);
        Stream<Member> methods = model.methods().stream()
                .filter(method -> !method.flags().has(AccessFlag.PRIVATE)).map(ClassShape::method);
        return new ClassShape(model.flags().flagsMask(), kin(model), Stream.concat(fields, methods).toList());
    }

    private static List<String> kin(ClassModel model) {
        Stream<String> parents = Stream.concat(model.superclass().stream(), model.interfaces().stream())
                .map(parent -> parent.asInternalName());
        Stream<String> children = model.findAttribute(Attributes.permittedSubclasses()).stream()
                .flatMap(permitted -> permitted.permittedSubclasses().stream()).map(child -> child.asInternalName());
        return Stream.concat(parents, children).toList();
    }

    private static Member field(FieldModel field) {
        ConstantDesc constant = field.findAttribute(Attributes.constantValue())
                .map(value -> value.constant().constantValue()).orElse(null);
        return new Member(field.flags().flagsMask(), field.fieldName().stringValue(), field.fieldType().stringValue(), constant);
    }

    private static Member method(MethodModel method) {
        return new Member(
                method.flags().flagsMask(), method.methodName().stringValue(), method.methodType().stringValue(), null);
    }

    /// Whether every class of the folder has the shape that it has where `loader` finds it. A class that is only in the folder
    /// is used by nobody else.
    static boolean areKept(Path folder, ClassLoader loader) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = folder.relativize(file).toString().replace(folder.getFileSystem().getSeparator(), "/");
            try (InputStream known = loader.getResourceAsStream(name)) {
                if (known != null && !of(Files.readAllBytes(file)).equals(of(known.readAllBytes()))) {
                    return false;
                }
            }
        }
        return true;
    }
}
