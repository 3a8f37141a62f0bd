package holdfast.rules;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// One source file as the compiler's parser sees it, reduced to what the house rules ask about.
final class SourceFile {

    /// @param line where the name stands
    /// @param lines from the first word of the method to its closing brace
    record Method(String name, int line, int lines) {}

    record Type(String name, int line, boolean documented) {}

    record Import(String name, int line, boolean used) {}

    private final String file;
    private final List<String> lines;
    private final List<Method> methods = new ArrayList<>();
    private final List<Type> publicTypes = new ArrayList<>();
    private final List<Import> imports = new ArrayList<>();

    SourceFile(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        // Without a release: looking up that of an older JDK costs more than the parsing.
        List<String> options = List.of("-proc:none");
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, options, null, List.of(new Text(text)));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            DocTrees trees = DocTrees.instance(task);
            new Reader(unit, trees).scan(unit, null);
            readImports(unit, trees.getSourcePositions());
        } catch (IOException unexpected) {
            throw new UncheckedIOException(file, unexpected);
        }
    }

    List<String> lines() {
        return lines;
    }

    List<Method> methods() {
        return methods;
    }

    /// Types declared public, nested ones included. The members of a sealed interface are told of by its own comment.
    List<Type> publicTypes() {
        return publicTypes;
    }

    List<Import> imports() {
        return imports;
    }

    Finding finding(int line, String rule, String what) {
        return new Finding(file, line, rule, what);
    }

    private void readImports(CompilationUnitTree unit, SourcePositions positions) {
        List<String> body = lines.stream().filter(text -> !text.startsWith("import ")).toList();
        String rest = String.join("\n", body);
        for (ImportTree imported : unit.getImports()) {
            String name = imported.getQualifiedIdentifier().toString();
            String simple = name.substring(name.lastIndexOf('.') + 1);
            boolean used = Pattern.compile("\\b" + Pattern.quote(simple) + "\\b").matcher(rest).find();
            int line = (int) unit.getLineMap().getLineNumber(positions.getStartPosition(unit, imported));
            imports.add(new Import(simple, line, used));
        }
    }

    private final class Reader extends TreePathScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final DocTrees trees;

        private Reader(CompilationUnitTree unit, DocTrees trees) {
            this.unit = unit;
            this.trees = trees;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            SourcePositions positions = trees.getSourcePositions();
            long start = positions.getStartPosition(unit, method);
            long end = positions.getEndPosition(unit, method);
            if (start >= 0 && end >= 0) {
                int first = lineAt(start);
                methods.add(new Method(method.getName().toString(), first, lineAt(end) - first + 1));
            }
            return super.visitMethod(method, nothing);
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (isPublic(type)) {
                DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
                int line = lineAt(trees.getSourcePositions().getStartPosition(unit, type));
                publicTypes.add(new Type(type.getSimpleName().toString(), line, comment != null));
            }
            return super.visitClass(type, nothing);
        }

        /// Declared public outside an interface.
        private boolean isPublic(ClassTree type) {
            TreePath parent = getCurrentPath().getParentPath();
            boolean inInterface = parent != null && parent.getLeaf().getKind() == Tree.Kind.INTERFACE;
            return type.getModifiers().getFlags().contains(Modifier.PUBLIC) && !inInterface;
        }

        private int lineAt(long position) {
            return (int) unit.getLineMap().getLineNumber(position);
        }
    }

    private static final class Text extends SimpleJavaFileObject {

        private final String text;

        private Text(String text) {
            super(URI.create("memory:///Source.java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
