package holdfast.server.config;

import java.util.EnumMap;

/// A file of settings: `name = value` a line, `#` begins a comment, blank lines are free.
final class ConfigFile {

    private ConfigFile() {}

    /// Puts what the text says into `values`; returns what is wrong with it, or an empty text.
    static String read(String file, String text, EnumMap<Setting, String> values) {
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            int comment = line.indexOf('#');
            String said = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!said.isEmpty()) {
                String refusal = readLine(said, values);
                if (!refusal.isEmpty()) {
                    return file + ":" + number + ": " + refusal;
                }
            }
        }
        return "";
    }

    private static String readLine(String said, EnumMap<Setting, String> values) {
        int equals = said.indexOf('=');
        if (equals < 0) {
            return "a line is NAME = VALUE, not '" + said + "'";
        }
        String name = said.substring(0, equals).strip();
        String value = said.substring(equals + 1).strip();
        Setting setting = Setting.named(name);
        if (setting == null) {
            return "there is no setting '" + name + "'";
        }
        String refusal = setting.refusal(value);
        if (!refusal.isEmpty()) {
            return name + " " + refusal;
        }
        return values.put(setting, value) == null ? "" : name + " is given twice";
    }
}
