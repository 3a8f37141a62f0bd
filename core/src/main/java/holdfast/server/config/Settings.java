package holdfast.server.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The values of all settings, each known to have its shape. A flag beats the environment, the environment the
/// file, the file what holds when nothing is said.
public final class Settings {

    private static final String FILE_FLAG = "--config";
    private static final String FILE_VARIABLE = "HOLDFAST_CONFIG";
    private static final String PREFIX = "HOLDFAST_";

    /// Read by the script `./holdfast` and by its conformance run.
    private static final Set<String> VARIABLES_OF_THE_SCRIPT =
            Set.of("HOLDFAST_JVM", "HOLDFAST_DOOR", "HOLDFAST_CONFORMANCE_PORT");

    private final EnumMap<Setting, String> values;

    private Settings(EnumMap<Setting, String> values) {
        this.values = values;
    }

    /// Reads a file named by the user: its text, or why there is none.
    public interface FileText extends Function<String, Given<String>> {}

    public static Given<Settings> gather(List<String> words, Map<String, String> environment, FileText files) {
        EnumMap<Setting, String> flags = new EnumMap<>(Setting.class);
        String[] file = {environment.getOrDefault(FILE_VARIABLE, "")};
        String refusal = readFlags(words, flags, file);
        EnumMap<Setting, String> values = new EnumMap<>(Setting.class);
        if (refusal.isEmpty() && !file[0].isEmpty()) {
            refusal = readFile(file[0], files, values);
        }
        if (refusal.isEmpty()) {
            refusal = readEnvironment(environment, values);
        }
        if (!refusal.isEmpty()) {
            return new Given.Bad<>(refusal);
        }
        values.putAll(flags);
        return new Given.Good<>(new Settings(values));
    }

    private static String readFlags(List<String> words, EnumMap<Setting, String> flags, String[] file) {
        int next = 0;
        while (next < words.size()) {
            String word = words.get(next++);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            Setting setting = name.startsWith("--") ? Setting.named(name.substring(2)) : null;
            if (setting == null && !name.equals(FILE_FLAG)) {
                return "there is no option '" + name + "'; './holdfast help serve' lists them";
            }
            boolean flag = setting != null && setting.isFlag();
            if (equals < 0 && !flag && next == words.size()) {
                return name + " needs a value";
            }
            String value = equals >= 0 ? word.substring(equals + 1) : flag ? "yes" : words.get(next++);
            if (setting == null) {
                file[0] = value;
            } else {
                String refusal = setting.refusal(value);
                if (!refusal.isEmpty()) {
                    return name + " " + refusal;
                }
                if (flags.put(setting, value) != null) {
                    return name + " is given twice";
                }
            }
        }
        return "";
    }

    private static String readFile(String name, FileText files, EnumMap<Setting, String> values) {
        return switch (files.apply(name)) {
            case Given.Bad<String>(String sentence) -> sentence;
            case Given.Good<String>(String text) -> ConfigFile.read(name, text, values);
        };
    }

    private static String readEnvironment(Map<String, String> environment, EnumMap<Setting, String> values) {
        for (Setting setting : Setting.values()) {
            String value = environment.get(setting.environmentName());
            if (value != null) {
                String refusal = setting.refusal(value);
                if (!refusal.isEmpty()) {
                    return setting.environmentName() + " " + refusal;
                }
                values.put(setting, value);
            }
        }
        return "";
    }

    /// Names in the environment that look like settings and are none: a slip that nobody would notice otherwise.
    public static List<String> unknownVariables(Map<String, String> environment) {
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !name.equals(FILE_VARIABLE) && !isKnown(name))
                .sorted()
                .toList();
    }

    private static boolean isKnown(String variable) {
        for (Setting setting : Setting.values()) {
            if (setting.environmentName().equals(variable)) {
                return true;
            }
        }
        return VARIABLES_OF_THE_SCRIPT.contains(variable);
    }

    public boolean isGiven(Setting setting) {
        return values.containsKey(setting);
    }

    public String text(Setting setting) {
        return values.getOrDefault(setting, setting.otherwise());
    }

    public int number(Setting setting) {
        return Math.toIntExact(Sizes.digits(text(setting)));
    }

    public int bytes(Setting setting) {
        return Math.toIntExact(Sizes.parse(text(setting)));
    }

    public boolean flag(Setting setting) {
        return text(setting).equals("yes");
    }
}
