package holdfast.rules;

/// One place that breaks one rule.
///
/// @param file path below the repository, with forward slashes
/// @param line from 1; 0 if the class file does not tell
record Finding(String file, int line, String rule, String what) implements Comparable<Finding> {

    @Override
    public int compareTo(Finding other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + rule + ": " + what;
    }
}
