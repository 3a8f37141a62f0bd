package holdfast.rules;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads one class file and reports everything by which a run could differ from its repetition: types and
/// members that [JdkPolicy] does not allow, locks, static state, asserts, floating point, and identity hashes
/// that leak through `hashCode` or `toString`. References inside lambdas and `invokedynamic` arguments count.
final class ClassScan {

    private final ClassWorld world;
    private final ClassModel model;
    private final String className;
    private final String file;
    private final Set<Finding> findings = new TreeSet<>();

    private int line;
    private boolean insideHashCode;
    private boolean loadedStaticArray;

    private ClassScan(ClassWorld world, ClassModel model, String file) {
        this.world = world;
        this.model = model;
        this.className = ClassWorld.nameOf(model.thisClass());
        this.file = file;
    }

    /// @param file what findings print as the place
    static Set<Finding> scan(ClassWorld world, ClassModel model, String file) {
        ClassScan scan = new ClassScan(world, model, file);
        scan.run();
        return scan.findings;
    }

    private void run() {
        model.fields().forEach(this::scanField);
        model.methods().forEach(this::scanMethod);
        scanAnnotations();
        line = 0;
        Set<String> told = new TreeSet<>();
        findings.forEach(finding -> told.add(finding.what()));
        for (PoolEntry entry : model.constantPool()) {
            // The owner of MethodHandles$Lookup is named by every class with a lambda; its members are checked above.
            if (entry instanceof ClassEntry type
                    && !type.asInternalName().equals("java/lang/invoke/MethodHandles")
                    && !told.contains(refusalOf(type.asSymbol()))) {
                checkType(type.asSymbol());
            }
        }
    }

    private void scanAnnotations() {
        model.findAttribute(Attributes.runtimeVisibleAnnotations())
                .map(RuntimeVisibleAnnotationsAttribute::annotations)
                .ifPresent(list -> list.forEach(annotation -> checkType(annotation.classSymbol())));
        model.findAttribute(Attributes.runtimeInvisibleAnnotations())
                .map(RuntimeInvisibleAnnotationsAttribute::annotations)
                .ifPresent(list -> list.forEach(annotation -> checkType(annotation.classSymbol())));
    }

    private void scanField(FieldModel field) {
        int flags = field.flags().flagsMask();
        String name = field.fieldName().stringValue();
        ClassDesc type = field.fieldTypeSymbol();
        checkType(type);
        if ((flags & ClassFile.ACC_VOLATILE) != 0) {
            report("concurrency", name + " is volatile");
        }
        if ((flags & ClassFile.ACC_SYNTHETIC) != 0) {
            return;
        }
        boolean closed = (flags & ClassFile.ACC_FINAL) != 0;
        if (ClassWorld.isStatic(field)) {
            boolean ownArray = type.isArray() && (flags & ClassFile.ACC_PRIVATE) != 0;
            if (!closed || !(ownArray || world.isImmutable(type))) {
                report("static state", name + " of type " + type.displayName() + " is static and can change");
            }
        } else if (ClassWorld.isEnum(model) && !closed) {
            report("static state", name + " is a field of an enum and can change");
        }
    }

    private void scanMethod(MethodModel method) {
        int flags = method.flags().flagsMask();
        String name = method.methodName().stringValue();
        MethodTypeDesc type = method.methodTypeSymbol();
        line = 0;
        insideHashCode = name.equals("hashCode");
        loadedStaticArray = false;
        checkTypes(type);
        if ((flags & ClassFile.ACC_SYNCHRONIZED) != 0) {
            report("concurrency", name + " is synchronized");
        }
        if ((flags & ClassFile.ACC_NATIVE) != 0) {
            report("allowed types", name + " is native");
        }
        if (name.equals("finalize") && type.parameterCount() == 0) {
            report("allowed types", "finalize runs when the garbage collector likes");
        }
        if (method.code().isEmpty() || Instructions.callsObjectMethods(method)) {
            return;
        }
        scanCode(name, method.findAttribute(Attributes.code()).orElseThrow());
    }

    private void scanCode(String method, CodeAttribute code) {
        StackTop top = new StackTop(code);
        Instruction previous = null;
        int position = 0;
        for (CodeElement element : code) {
            if (element instanceof LineNumber number) {
                line = number.line();
            } else if (element instanceof Instruction instruction) {
                scan(instruction);
                if (previous != null) {
                    scanArrayUse(method, previous, instruction);
                    scanConversion(top.typeLeftBy(previous, position), instruction);
                }
                previous = instruction;
                position += instruction.sizeInBytes();
            }
        }
    }

    /// `text + object` and `String.valueOf(object)` are the same call in a class file.
    private void scanConversion(Optional<ClassDesc> value, Instruction instruction) {
        if (instruction instanceof InvokeInstruction call
                && call.name().equalsString("valueOf")
                && call.type().equalsString("(Ljava/lang/Object;)Ljava/lang/String;")) {
            value.ifPresentOrElse(this::checkPrintable,
                    () -> report("identity", "a text is made of an object whose type the scanner cannot see"));
        }
    }

    private void scan(Instruction instruction) {
        if (Instructions.isFloating(instruction.opcode())) {
            report("floating point", instruction.opcode() + " is not integer arithmetic");
        }
        switch (instruction) {
            case InvokeInstruction call -> checkMember(
                    call.owner().asSymbol(), call.name().stringValue(), call.type().stringValue());
            case FieldInstruction field -> scanFieldUse(field);
            case InvokeDynamicInstruction dynamic -> scanDynamic(dynamic);
            case ConstantInstruction.LoadConstantInstruction load -> scanConstant(load.constantValue());
            case MonitorInstruction _ -> report("concurrency", "a synchronized block");
            default -> { }
        }
    }

    private void scanFieldUse(FieldInstruction field) {
        if (field.name().equalsString("$assertionsDisabled")) {
            report("assert", "runs only with -ea; Check.that always does");
            return;
        }
        checkMember(field.owner().asSymbol(), field.name().stringValue(), field.type().stringValue());
    }

    /// An own static array is a constant table as long as nobody gets hold of it or stores into an array after
    /// loading it.
    private void scanArrayUse(String method, Instruction previous, Instruction instruction) {
        if (method.equals("<clinit>")) {
            return;
        }
        boolean loaded = previous instanceof FieldInstruction field
                && field.opcode() == java.lang.classfile.Opcode.GETSTATIC
                && field.typeSymbol().isArray()
                && ClassWorld.nameOf(field.owner()).equals(className)
                && !field.name().stringValue().startsWith("$");
        loadedStaticArray |= loaded;
        if (loaded && Instructions.passesOn(instruction)) {
            report("static state", "a static array leaves its class");
        }
        if (loadedStaticArray && instruction instanceof ArrayStoreInstruction) {
            report("static state", "a store into an array after a static array was loaded");
        }
    }

    private void scanDynamic(InvokeDynamicInstruction dynamic) {
        DirectMethodHandleDesc bootstrap = dynamic.bootstrapMethod();
        checkType(bootstrap.owner());
        MethodTypeDesc type = dynamic.typeSymbol();
        checkTypes(type);
        if (ClassWorld.nameOf(bootstrap.owner()).equals("java.lang.invoke.StringConcatFactory")) {
            type.parameterList().forEach(this::checkPrintable);
        }
        dynamic.bootstrapArgs().forEach(this::scanConstant);
    }

    private void scanConstant(ConstantDesc constant) {
        switch (constant) {
            case ClassDesc type -> checkType(type);
            case MethodTypeDesc type -> checkTypes(type);
            case DirectMethodHandleDesc handle ->
                    checkMember(handle.owner(), handle.methodName(), handle.lookupDescriptor());
            case DynamicConstantDesc<?> dynamic -> {
                checkType(dynamic.bootstrapMethod().owner());
                dynamic.bootstrapArgsList().forEach(this::scanConstant);
            }
            case Double _ -> report("floating point", "a double constant");
            case Float _ -> report("floating point", "a float constant");
            default -> { }
        }
    }

    private void checkMember(ClassDesc owner, String member, String descriptor) {
        checkType(owner);
        if (descriptor.startsWith("(")) {
            checkTypes(MethodTypeDesc.ofDescriptor(descriptor));
        } else {
            checkType(ClassDesc.ofDescriptor(descriptor));
        }
        if (member.equals("toString") && descriptor.equals("()Ljava/lang/String;")) {
            checkPrintable(owner);
        }
        if (owner.isArray() || insideHashCode && member.equals("hashCode")) {
            return;
        }
        String refusal = JdkPolicy.refusalOfMember(ClassWorld.nameOf(owner), member, descriptor);
        if (!refusal.isEmpty()) {
            report("allowed members", refusal);
        }
        String table = JdkPolicy.refusalOfTable(className, ClassWorld.nameOf(owner), member);
        if (!table.isEmpty()) {
            report("one result on every JDK", table);
        }
    }

    private void checkPrintable(ClassDesc type) {
        if (!world.isPrintable(type)) {
            report("identity", "the text of a " + type.displayName() + " may hold an identity hash; it has no toString");
        }
    }

    private void checkTypes(MethodTypeDesc type) {
        checkType(type.returnType());
        type.parameterList().forEach(this::checkType);
    }

    private void checkType(ClassDesc type) {
        String refusal = refusalOf(type);
        if (!refusal.isEmpty()) {
            report(refusal.endsWith("floating point") ? "floating point" : "allowed types", refusal);
        }
    }

    private String refusalOf(ClassDesc type) {
        ClassDesc plain = type;
        while (plain.isArray()) {
            plain = plain.componentType();
        }
        if (plain.isPrimitive()) {
            boolean floating = plain.descriptorString().equals("D") || plain.descriptorString().equals("F");
            return floating ? plain.displayName() + " is floating point" : "";
        }
        return JdkPolicy.refusalOfType(ClassWorld.outermost(className), ClassWorld.nameOf(plain));
    }

    private void report(String rule, String what) {
        findings.add(new Finding(file, line, rule, what));
    }
}
