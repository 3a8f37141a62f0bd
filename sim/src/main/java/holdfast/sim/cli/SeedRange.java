package holdfast.sim.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The seeds of a campaign, both ends included.
record SeedRange(long first, long last) {

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,18})\\.\\.([0-9]{1,18})");

    static Optional<String> refusalOf(String option, String text) {
        Matcher range = WRITTEN.matcher(text);
        if (!range.matches()) {
            return Optional.of(option + " '" + text + "': expected a range like 1..500");
        }
        return Long.parseLong(range.group(1)) <= Long.parseLong(range.group(2))
                ? Optional.empty()
                : Optional.of(option + " '" + text + "': the first seed is above the last; write the smaller one first");
    }

    /// @param text as accepted by [#refusalOf]
    static SeedRange parse(String text) {
        int dots = text.indexOf("..");
        return new SeedRange(Long.parseLong(text.substring(0, dots)), Long.parseLong(text.substring(dots + 2)));
    }

    long size() {
        return last - first + 1;
    }
}
