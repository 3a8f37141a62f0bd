package holdfast.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassShapeTest {

    private static final String BEFORE = "class A { static final int ONE = 1; private int b; int c() { return b; } }";

    @TempDir
    Path folder;

    private Path compiled(String name, String source) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(name));
        Path file = Files.writeString(folder.resolve("A.java"), source);
        assertEquals(0, ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), file.toString()));
        return classes;
    }

    private boolean isKept(String before, String after) throws IOException {
        try (URLClassLoader known = new URLClassLoader(new URL[] {compiled("before", before).toUri().toURL()}, null)) {
            return ClassShape.areKept(compiled("after", after), known);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            code                 | return b;     | return b + 1;
            something private    | private int b | private int e() { return 1; } private int b
            a local class        | return b;     | class L { int x = 3; } return new L().x;
            """)
    @DisplayName("kept when only the file itself can see the change")
    void kept(String what, String old, String now) throws IOException {
        assertTrue(isKept(BEFORE, BEFORE.replace(old, now)), what);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a constant           | ONE = 1                | ONE = 2
            a type               | int c() { return b; }  | long c() { return b; }
            a name               | int c()                | int d()
            a new method         | int c()                | void d() {} int c()
            who may see it       | int c()                | public int c()
            a parent             | class A {              | class A extends Thread {
            """)
    @DisplayName("not kept when other classes may have taken it over")
    void changed(String what, String old, String now) throws IOException {
        assertFalse(isKept(BEFORE, BEFORE.replace(old, now)), what);
    }

    @Test
    @DisplayName("another case of a sealed type changes what its switches have to cover")
    void sealedTypes() throws IOException {
        String before = "sealed interface A { record B() implements A {} }";
        assertFalse(isKept(before, before.replace("{} }", "{} record C() implements A {} }")));
    }
}
