package holdfast.rules;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// All scanned classes by binary name, and the two questions that need more than one of them: does printing a
/// value of a type always give the same text, and can a value of a type change?
final class ClassWorld {

    private static final Set<String> PRINTABLE = words("""
            java.lang.String java.lang.CharSequence java.lang.StringBuilder java.lang.Integer java.lang.Long
            java.lang.Short java.lang.Byte java.lang.Character java.lang.Boolean java.lang.Number
            java.util.List java.util.ArrayList java.util.Collection java.util.Deque java.util.ArrayDeque
            java.util.Map java.util.TreeMap java.util.NavigableMap java.util.SortedMap java.util.LinkedHashMap
            java.util.EnumMap java.util.Map$Entry java.util.Set java.util.TreeSet java.util.NavigableSet
            java.util.SortedSet java.util.LinkedHashSet java.util.EnumSet java.util.BitSet
            java.util.Optional java.util.OptionalInt java.util.OptionalLong java.util.StringJoiner
            java.nio.ByteOrder java.nio.CharBuffer
            """);

    private static final Set<String> IMMUTABLE = words("""
            java.lang.String java.lang.Integer java.lang.Long java.lang.Short java.lang.Byte java.lang.Character
            java.lang.Boolean java.util.List java.util.Comparator java.util.Optional java.util.HexFormat
            java.nio.ByteOrder java.nio.charset.Charset java.util.Locale java.lang.invoke.VarHandle
            """);

    final Map<String, ClassModel> models = new TreeMap<>();

    ClassWorld(Map<String, byte[]> classes) {
        classes.forEach((name, bytes) -> models.put(name, ClassFile.of().parse(bytes)));
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(Arrays.asList(text.strip().split("\\s+")));
    }

    static String nameOf(ClassDesc type) {
        return type.descriptorString().substring(1, type.descriptorString().length() - 1).replace('/', '.');
    }

    static String nameOf(ClassEntry entry) {
        return entry.asInternalName().replace('/', '.');
    }

    /// The class that a source file is named after.
    static String outermost(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }

    /// Whether turning a value of the type into text shows content only, never an identity hash.
    boolean isPrintable(ClassDesc type) {
        return isPrintable(type, new TreeSet<>());
    }

    private boolean isPrintable(ClassDesc type, Set<String> asked) {
        if (type.isPrimitive()) {
            return true;
        }
        if (type.isArray()) {
            return false;
        }
        String name = nameOf(type);
        if (PRINTABLE.contains(name) || !asked.add(name)) {
            return true;
        }
        ClassModel model = models.get(name);
        return model == null ? isThrowable(name) : isPrintable(model, asked);
    }

    private boolean isPrintable(ClassModel model, Set<String> asked) {
        if (isEnum(model) || declaresToString(model)) {
            return true;
        }
        List<ClassEntry> permitted = model.findAttribute(Attributes.permittedSubclasses())
                .map(sealed -> sealed.permittedSubclasses()).orElse(List.of());
        if (!permitted.isEmpty()) {
            return permitted.stream().allMatch(leaf -> isPrintable(leaf.asSymbol(), asked));
        }
        if (isRecord(model)) {
            return components(model).stream().allMatch(part -> isPrintable(part.descriptorSymbol(), asked));
        }
        String parent = model.superclass().map(ClassWorld::nameOf).orElse("java.lang.Object");
        return !parent.equals("java.lang.Object") && isPrintable(ClassDesc.of(parent), asked);
    }

    /// The compiler writes a `toString` into every record; only one written by hand counts.
    private static boolean declaresToString(ClassModel model) {
        for (MethodModel method : model.methods()) {
            boolean named = method.methodName().equalsString("toString")
                    && method.methodType().equalsString("()Ljava/lang/String;");
            if (named && !isRecord(model)) {
                return true;
            }
            if (named && isRecord(model) && !Instructions.callsObjectMethods(method)) {
                return true;
            }
        }
        return false;
    }

    private boolean isThrowable(String name) {
        return name.equals("java.lang.Throwable") || name.endsWith("Exception") || name.endsWith("Error");
    }

    /// Whether a value of the type can be shared by all universes of a JVM: everything in it is final and, one
    /// level deep, of such a type again. An interface counts, because its fields hold objects without state.
    boolean isImmutable(ClassDesc type) {
        return isImmutable(type, new TreeSet<>());
    }

    private boolean isImmutable(ClassDesc type, Set<String> asked) {
        if (type.isPrimitive()) {
            return true;
        }
        if (type.isArray()) {
            return false;
        }
        String name = nameOf(type);
        if (IMMUTABLE.contains(name) || name.startsWith("java.util.function.") || !asked.add(name)) {
            return true;
        }
        ClassModel model = models.get(name);
        if (model == null) {
            return name.startsWith("holdfast.") && models.keySet().stream().noneMatch(outermost(name)::equals);
        }
        return model.fields().stream().allMatch(field -> isStatic(field) || isImmutableField(field, asked));
    }

    private boolean isImmutableField(FieldModel field, Set<String> asked) {
        ClassDesc type = field.fieldTypeSymbol();
        boolean closed = (field.flags().flagsMask() & ClassFile.ACC_FINAL) != 0;
        boolean hiddenArray = type.isArray() && (field.flags().flagsMask() & ClassFile.ACC_PRIVATE) != 0;
        return closed && (hiddenArray || isImmutable(type, asked));
    }

    static boolean isStatic(FieldModel field) {
        return (field.flags().flagsMask() & ClassFile.ACC_STATIC) != 0;
    }

    static boolean isEnum(ClassModel model) {
        return (model.flags().flagsMask() & ClassFile.ACC_ENUM) != 0;
    }

    static boolean isRecord(ClassModel model) {
        return model.findAttribute(Attributes.record()).isPresent();
    }

    private static List<RecordComponentInfo> components(ClassModel model) {
        return model.findAttribute(Attributes.record()).orElseThrow().components();
    }
}
