package holdfast.rules;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.util.regex.Pattern;

/// Small questions about single bytecode instructions.
final class Instructions {

    private static final Pattern FLOATING = Pattern.compile(
            "[DF](ADD|SUB|MUL|DIV|REM|NEG|CMPL|CMPG|CONST_\\d|LOAD.*|STORE.*|ALOAD|ASTORE|RETURN|2.)|.*2[DF]");

    private Instructions() {}

    static boolean isFloating(Opcode opcode) {
        return FLOATING.matcher(opcode.name()).matches();
    }

    /// Whether a method is the compiler's own `toString`, `equals` or `hashCode` of a record.
    static boolean callsObjectMethods(MethodModel method) {
        if (method.code().isEmpty()) {
            return false;
        }
        for (CodeElement element : method.code().get()) {
            if (element instanceof InvokeDynamicInstruction call
                    && call.bootstrapMethod().owner().descriptorString().equals("Ljava/lang/runtime/ObjectMethods;")) {
                return true;
            }
        }
        return false;
    }

    /// Whether an instruction that follows the load of an array hands the array itself to somebody else.
    static boolean passesOn(Instruction next) {
        return switch (next) {
            case ReturnInstruction _ -> true;
            case InvokeInstruction call -> !call.name().equalsString("clone");
            case FieldInstruction field -> field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC;
            default -> false;
        };
    }
}
