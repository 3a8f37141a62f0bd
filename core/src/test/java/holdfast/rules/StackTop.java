package holdfast.rules;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The type of the value that an instruction leaves on top of the stack, as far as the instruction itself and the
/// table of local variables tell. Needed because the compiler turns `text + object` into `String.valueOf(Object)`.
final class StackTop {

    private static final ClassDesc SOME_ARRAY = ConstantDescs.CD_Object.arrayType();

    private final CodeAttribute code;
    private final List<LocalVariable> variables = new ArrayList<>();

    StackTop(CodeAttribute code) {
        this.code = code;
        for (CodeElement element : code) {
            if (element instanceof LocalVariable variable) {
                variables.add(variable);
            }
        }
    }

    /// @param after byte position behind the instruction
    Optional<ClassDesc> typeLeftBy(Instruction instruction, int after) {
        return switch (instruction) {
            case LoadInstruction load -> typeOfVariable(load.slot(), after);
            case InvokeInstruction call -> Optional.of(call.name().equalsString("<init>")
                    ? call.owner().asSymbol()
                    : call.typeSymbol().returnType());
            case InvokeDynamicInstruction call -> Optional.of(call.typeSymbol().returnType());
            case FieldInstruction field -> Optional.of(field.typeSymbol());
            case TypeCheckInstruction cast when cast.opcode() == Opcode.CHECKCAST -> Optional.of(cast.type().asSymbol());
            case NewPrimitiveArrayInstruction _, NewReferenceArrayInstruction _, NewMultiArrayInstruction _ ->
                    Optional.of(SOME_ARRAY);
            default -> Optional.empty();
        };
    }

    private Optional<ClassDesc> typeOfVariable(int slot, int position) {
        for (LocalVariable variable : variables) {
            boolean alive = code.labelToBci(variable.startScope()) <= position
                    && position < code.labelToBci(variable.endScope());
            if (variable.slot() == slot && alive) {
                return Optional.of(variable.typeSymbol());
            }
        }
        return Optional.empty();
    }
}
