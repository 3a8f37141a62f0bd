package holdfast.sim.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// One option of a command: how it is written, what its value must look like, what it does.
///
/// @param value name of the value in the help; empty for a flag
record Option(String name, Kind kind, String value, String help) {

    enum Kind { FLAG, RANGE, NUMBER, NODES, FILE, TEXT }

    /// What is wrong with the value, if anything is.
    Optional<String> refusalOf(String text) {
        return switch (kind) {
            case FLAG -> Optional.empty();
            case RANGE -> SeedRange.refusalOf(name, text);
            case NUMBER -> refuseUnless(isNumber(text), text, "a whole number from 1 on, as in " + name + " 10");
            case NODES -> refuseUnless(isVoters(text), text, "1, 3, 5, 7 or any; an even number of voters tolerates no more");
            case FILE -> refuseUnless(isPath(text), text, "the name of a file");
            case TEXT -> refuseUnless(!text.isBlank(), text, "a value: " + name + " " + value);
        };
    }

    private Optional<String> refuseUnless(boolean right, String text, String wanted) {
        return right ? Optional.empty() : Optional.of(name + " '" + text + "': expected " + wanted);
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,18}") && Long.parseLong(text) > 0;
    }

    /// An empty name, or one that the locale of this process cannot express, names no file.
    private static boolean isPath(String text) {
        try {
            return !Path.of(text).toString().isBlank();
        } catch (InvalidPathException inexpressible) {
            return false;
        }
    }

    private static boolean isVoters(String text) {
        return text.matches("[1357]|" + Setting.ANY);
    }
}
