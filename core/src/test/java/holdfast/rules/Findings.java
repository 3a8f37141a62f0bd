package holdfast.rules;

import java.util.Collection;

/// Findings as a failure message.
final class Findings {

    private static final int SHOWN = 60;

    private Findings() {}

    static String lines(Collection<Finding> findings) {
        StringBuilder text = new StringBuilder();
        int shown = 0;
        for (Finding finding : findings) {
            if (shown++ == SHOWN) {
                return text.append("... and ").append(findings.size() - SHOWN).append(" more\n").toString();
            }
            text.append(finding).append('\n');
        }
        return text.toString();
    }
}
