package holdfast.rules;

import java.util.ArrayList;
import java.util.List;

/// One way to lose determinism, as a class of its own.
///
/// @param rule the rule that must report it
/// @param members fields and types of the class
/// @param body statements of its method, on one line
record PlantedFault(String rule, String members, String body) {

    /// Where [#source] puts the body.
    static final int BODY_LINE = 4;

    static final String INNOCENT = """
            package holdfast.raft;
            import java.util.*;
            import java.util.function.*;
            import java.nio.*;
            class Planted {
                enum Colour { RED, GREEN; final int weight = 3; }
                sealed interface Shape permits Circle, Square {}
                record Circle(int radius, Colour colour) implements Shape {}
                record Square(int side, List<String> names) implements Shape {}
                static final int LIMIT = 7;
                static final List<String> NAMES = List.of("a", "b");
                static final Square UNIT = new Square(1, List.of());
                private static final int[] TABLE = {1, 2, 3};
                private final TreeMap<Long, Circle> byId = new TreeMap<>(Comparator.reverseOrder());
                private final Map<Colour, Integer> byColour = new EnumMap<>(Colour.class);
                String tell(Shape shape) {
                    return switch (shape) {
                        case Circle(int radius, Colour colour) when radius > LIMIT -> "big " + colour;
                        case Circle circle -> "circle " + circle;
                        case Square square -> square.toString() + shape;
                    };
                }
                int sum(List<Integer> numbers) {
                    int sum = TABLE[1] + TABLE.length;
                    for (int number : numbers) { sum += number; }
                    for (int weight : TABLE) { sum += weight; }
                    LongSupplier lazy = () -> byId.size() + byColour.size();
                    return sum + (int) lazy.getAsLong() + "text".hashCode();
                }
                byte[] frame(long value) {
                    ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
                    return buffer.array().clone();
                }
                String hex(long value) {
                    if (value < 0) { throw new IllegalStateException("%d".repeat(2) + value); }
                    return HexFormat.of().toHexDigits(value) + NAMES + Optional.of(value);
                }
            }
            """;

    String source() {
        return "package holdfast.raft;\nclass Planted { " + members + "\nvoid run() throws Throwable {\n" + body
                + "\n}\n}\n";
    }

    @Override
    public String toString() {
        return body.isEmpty() ? members : body;
    }

    static List<PlantedFault> all() {
        List<PlantedFault> faults = new ArrayList<>();
        types(faults);
        members(faults);
        tables(faults);
        identities(faults);
        declarations(faults);
        return faults;
    }

    private static void bodies(List<PlantedFault> faults, String rule, String lines) {
        lines.lines().forEach(body -> faults.add(new PlantedFault(rule, "", body)));
    }

    private static void types(List<PlantedFault> faults) {
        bodies(faults, "allowed types", """
                long now = java.time.Instant.now().toEpochMilli();
                Object date = new java.util.Date();
                Object clock = java.time.Clock.systemUTC();
                Object thread = new Thread(() -> {});
                Thread.sleep(1);
                Thread.ofVirtual().start(() -> {});
                Object pool = java.util.concurrent.Executors.newCachedThreadPool();
                Object lock = new java.util.concurrent.locks.ReentrantLock();
                Object count = new java.util.concurrent.atomic.AtomicLong();
                Object future = new java.util.concurrent.CompletableFuture<String>();
                Object local = new ThreadLocal<String>();
                Object random = new java.util.Random();
                Object seeded = new java.util.SplittableRandom(1);
                int dice = java.util.concurrent.ThreadLocalRandom.current().nextInt();
                Object secure = new java.security.SecureRandom();
                Object id = java.util.UUID.randomUUID();
                Object file = new java.io.File("x");
                Object bytes = java.nio.file.Files.readAllBytes(java.nio.file.Path.of("x"));
                Object socket = new java.net.Socket();
                Object channel = java.nio.channels.SocketChannel.open();
                Object map = new java.util.HashMap<String, String>();
                Object set = new java.util.HashSet<String>();
                Object identity = new java.util.IdentityHashMap<String, String>();
                Object weak = new java.util.WeakHashMap<String, String>();
                Object table = new java.util.concurrent.ConcurrentHashMap<String, String>();
                java.util.function.Supplier<Object> maker = java.util.HashMap::new;
                Object reference = new java.lang.ref.WeakReference<>("x");
                int cores = Runtime.getRuntime().availableProcessors();
                Object method = String.class.getMethod("length").invoke("x");
                Object arena = java.lang.foreign.Arena.ofAuto();
                Object zone = java.time.ZoneId.systemDefault();
                Object logger = System.getLogger("x");
                Object digest = java.security.MessageDigest.getInstance("SHA-256");
                Object handle = java.lang.invoke.MethodHandles.arrayElementVarHandle(int[].class);
                """);
    }

    private static void members(List<PlantedFault> faults) {
        bodies(faults, "allowed members", """
                long now = System.currentTimeMillis();
                long nano = System.nanoTime();
                java.util.function.LongSupplier nano = System::nanoTime;
                String home = System.getProperty("user.home");
                String path = System.getenv("PATH");
                int hash = System.identityHashCode(this);
                System.out.println("x");
                System.exit(0);
                Object set = java.util.Set.of("a", "b");
                Object copy = java.util.Set.copyOf(java.util.List.of("a"));
                Object map = java.util.Map.of("a", "b");
                Object copy = java.util.Map.copyOf(new java.util.TreeMap<String, String>());
                Object set = java.util.stream.Stream.of("a").collect(java.util.stream.Collectors.toSet());
                Object map = java.util.stream.Stream.of("a").collect(java.util.stream.Collectors.groupingBy(x -> x));
                Object some = java.util.stream.Stream.of("a").findAny();
                long sum = java.util.List.of("a").parallelStream().count();
                java.util.Collections.shuffle(new java.util.ArrayList<String>());
                String text = String.format("%d", 7);
                String text = "%d".formatted(7);
                String lower = "I".toLowerCase();
                byte[] bytes = "x".getBytes();
                String text = new String(new byte[3]);
                Object charset = java.nio.charset.Charset.defaultCharset();
                Object locale = java.util.Locale.getDefault();
                Object order = java.nio.ByteOrder.nativeOrder();
                Object type = Class.forName("holdfast.Bytes");
                Object loader = getClass().getClassLoader();
                int hash = new Object().hashCode();
                int hash = java.util.Objects.hash("a", "b");
                int hash = Thread.State.NEW.hashCode();
                java.util.function.ToIntFunction<Object> hash = Object::hashCode;
                Object[] all = {}; int hash = java.util.Arrays.deepHashCode(all);
                long limit = Long.getLong("limit");
                new Throwable().printStackTrace();
                notifyAll();
                String text = new StringBuilder().append(this).toString();
                """);
    }

    private static void tables(List<PlantedFault> faults) {
        bodies(faults, "one result on every JDK", """
                String lower = "I".toLowerCase(java.util.Locale.ROOT);
                String upper = "i".toUpperCase(java.util.Locale.ROOT);
                boolean same = "a".equalsIgnoreCase("A");
                int order = "a".compareToIgnoreCase("A");
                Object order = String.CASE_INSENSITIVE_ORDER;
                boolean same = "a".regionMatches(true, 0, "A", 0, 1);
                String bare = " a ".strip();
                boolean blank = " ".isBlank();
                String text = String.format(java.util.Locale.ROOT, "%d", 7);
                boolean found = "a".matches("\\\\w");
                Object parts = "a b".split("\\\\s");
                String text = "a b".replaceAll("\\\\s", "");
                boolean letter = Character.isLetter('a');
                char lower = Character.toLowerCase('A');
                int digit = Character.digit('7', 10);
                java.util.function.UnaryOperator<String> bare = String::strip;
                """);
    }

    private static void identities(List<PlantedFault> faults) {
        bodies(faults, "identity", """
                String text = toString();
                String text = "me: " + this;
                String text = String.valueOf(this);
                String text = "list: " + new java.util.ArrayList<>().get(0);
                String text = "bytes: " + new byte[3];
                Runnable nothing = () -> {}; String text = "task " + nothing;
                java.util.function.Function<Object, String> teller = Object::toString;
                """);
        faults.add(new PlantedFault("identity", "record Pair(int number, byte[] bytes) {}",
                "String text = \"pair \" + new Pair(1, null);"));
        faults.add(new PlantedFault("identity", "record Box(Object any) {}", "String text = new Box(1).toString();"));
    }

    private static void declarations(List<PlantedFault> faults) {
        faults.add(new PlantedFault("concurrency", "volatile int count;", ""));
        faults.add(new PlantedFault("concurrency", "synchronized void count() {}", ""));
        faults.add(new PlantedFault("concurrency", "", "synchronized (this) { run(); }"));
        faults.add(new PlantedFault("static state", "static int count;", ""));
        faults.add(new PlantedFault("static state", "static final int[] TABLE = {1};", ""));
        faults.add(new PlantedFault("static state",
                "static final java.util.List<String> A = null; static final java.util.ArrayList<String> B = null;", ""));
        faults.add(new PlantedFault("static state", "static final StringBuilder TEXT = new StringBuilder();", ""));
        faults.add(new PlantedFault("static state", "static class Cell { int value; } static final Cell CELL = new Cell();",
                ""));
        faults.add(new PlantedFault("static state", "enum Counter { ONE; int count; }", ""));
        faults.add(new PlantedFault("static state", "private static final int[] TABLE = {1};", "TABLE[0]++;"));
        faults.add(new PlantedFault("static state", "private static final int[] TABLE = {1}; void take(int[] it) {}",
                "int[] mine = TABLE; take(TABLE.clone()); mine[0] = 2;"));
        faults.add(new PlantedFault("assert", "int count;", "assert count++ > 0;"));
        faults.add(new PlantedFault("floating point", "int count;", "boolean half = count * 0.5 > 1;"));
        faults.add(new PlantedFault("floating point", "double share() { return 1; }", ""));
        faults.add(new PlantedFault("allowed types", "native void run2();", ""));
        faults.add(new PlantedFault("allowed types", "java.util.HashMap<String, String> map;", ""));
        faults.add(new PlantedFault("allowed types", "void take(java.util.concurrent.Future<String> future) {}", ""));
        faults.add(new PlantedFault("allowed types", "static class Mine extends Thread {}", ""));
    }
}
