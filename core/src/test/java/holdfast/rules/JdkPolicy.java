package holdfast.rules;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What deterministic code may use of the JDK: a list of allowed types, and then, of those, the members that
/// are not. A type that is not named here is forbidden, so a new way to be nondeterministic needs no new rule.
final class JdkPolicy {

    private static final Set<String> TYPES = words("""
            java.lang.Object java.lang.String java.lang.StringBuilder java.lang.CharSequence java.lang.Comparable
            java.lang.Iterable java.lang.Record java.lang.Enum java.lang.Number java.lang.Integer java.lang.Long
            java.lang.Short java.lang.Byte java.lang.Character java.lang.Boolean java.lang.Void java.lang.Math
            java.lang.System java.lang.Class java.lang.Runnable java.lang.AutoCloseable
            java.lang.Override java.lang.Deprecated java.lang.FunctionalInterface java.lang.SafeVarargs
            java.lang.SuppressWarnings
            java.lang.Throwable java.lang.Exception java.lang.RuntimeException java.lang.Error
            java.lang.AssertionError java.lang.MatchException java.lang.IllegalStateException
            java.lang.IllegalArgumentException java.lang.UnsupportedOperationException
            java.lang.IndexOutOfBoundsException java.lang.ArithmeticException java.lang.NumberFormatException
            java.lang.NoSuchFieldError java.lang.StackOverflowError java.lang.OutOfMemoryError
            java.lang.runtime.ObjectMethods java.lang.runtime.SwitchBootstraps
            java.lang.invoke.LambdaMetafactory java.lang.invoke.StringConcatFactory
            java.lang.invoke.ConstantBootstraps java.lang.Enum$EnumDesc java.lang.constant.ClassDesc
            java.lang.invoke.MethodHandles$Lookup java.lang.invoke.MethodHandles java.lang.invoke.VarHandle
            java.util.Collection java.util.SequencedCollection java.util.List java.util.ArrayList
            java.util.Queue java.util.Deque java.util.ArrayDeque java.util.PriorityQueue
            java.util.Map java.util.Map$Entry java.util.SequencedMap java.util.SortedMap java.util.NavigableMap
            java.util.TreeMap java.util.LinkedHashMap java.util.EnumMap
            java.util.Set java.util.SequencedSet java.util.SortedSet java.util.NavigableSet
            java.util.TreeSet java.util.LinkedHashSet java.util.EnumSet java.util.BitSet
            java.util.Iterator java.util.ListIterator java.util.PrimitiveIterator
            java.util.PrimitiveIterator$OfInt java.util.PrimitiveIterator$OfLong
            java.util.NoSuchElementException java.util.Comparator
            java.util.Optional java.util.OptionalInt java.util.OptionalLong
            java.util.Arrays java.util.Collections java.util.Objects java.util.HexFormat java.util.StringJoiner
            java.util.Locale
            java.util.stream.Stream java.util.stream.IntStream java.util.stream.LongStream
            java.util.stream.BaseStream java.util.stream.Collectors java.util.stream.Collector
            java.nio.Buffer java.nio.ByteBuffer java.nio.CharBuffer java.nio.ByteOrder java.nio.BufferOverflowException
            java.nio.BufferUnderflowException java.nio.charset.Charset java.nio.charset.StandardCharsets
            java.nio.charset.CharacterCodingException java.nio.charset.CharsetDecoder
            java.nio.charset.CodingErrorAction
            java.util.zip.CRC32C java.util.zip.Checksum
            java.security.MessageDigest java.security.DigestException java.security.NoSuchAlgorithmException
            """);

    private static final String ANY_TYPE_OF = "java.util.function.";

    /// Types that only the named classes may use.
    private static final TreeMap<String, Set<String>> RESERVED = new TreeMap<>();

    /// Types of which only the named members may be used.
    private static final TreeMap<String, Set<String>> ONLY = new TreeMap<>();

    static {
        RESERVED.put("java.security.MessageDigest", words("holdfast.Hasher holdfast.Bytes"));
        RESERVED.put("java.security.DigestException", words("holdfast.Hasher"));
        RESERVED.put("java.security.NoSuchAlgorithmException", words("holdfast.Hasher"));
        RESERVED.put("java.lang.invoke.VarHandle", words("holdfast.Hasher holdfast.wal.Raw"));
        RESERVED.put("java.lang.invoke.MethodHandles", words("holdfast.Hasher holdfast.wal.Raw"));

        ONLY.put("java.lang.System", words("arraycopy"));
        ONLY.put("java.lang.Class", words("getSimpleName getName cast isInstance"));
        ONLY.put("java.lang.invoke.MethodHandles", words("byteArrayViewVarHandle"));
        ONLY.put("java.lang.invoke.VarHandle", words("get set"));
        ONLY.put("java.nio.charset.Charset", words("name newDecoder"));
        ONLY.put("java.util.Locale", words("ROOT"));
    }

    /// Members denied whatever type they are called on.
    private static final Set<String> DENIED_ANYWHERE = words("""
            wait notify notifyAll finalize parallel parallelStream findAny
            printStackTrace getStackTrace fillInStackTrace
            """);

    /// `type.member`, or `type.member(descriptor of the parameters)` where only one of several is meant.
    private static final Set<String> DENIED = words("""
            java.util.Set.of java.util.Set.copyOf java.util.Map.of java.util.Map.ofEntries java.util.Map.copyOf
            java.util.Collections.shuffle java.util.Collections.newSetFromMap
            java.util.Collections.synchronizedList java.util.Collections.synchronizedMap
            java.util.Collections.synchronizedSet java.util.Collections.synchronizedCollection
            java.util.stream.Collectors.toSet java.util.stream.Collectors.toMap
            java.util.stream.Collectors.toUnmodifiableSet java.util.stream.Collectors.toUnmodifiableMap
            java.util.stream.Collectors.groupingBy java.util.stream.Collectors.groupingByConcurrent
            java.util.stream.Collectors.toConcurrentMap java.util.stream.Collectors.partitioningBy
            java.util.Objects.hash java.util.Objects.hashCode java.util.Objects.toIdentityString
            java.util.Objects.toString java.util.Arrays.deepToString
            java.util.Arrays.toString([Ljava/lang/Object;) java.util.Arrays.deepHashCode
            java.util.Arrays.parallelSort java.util.Arrays.parallelPrefix java.util.Arrays.parallelSetAll
            java.lang.Math.random java.lang.Integer.getInteger java.lang.Long.getLong
            java.lang.Boolean.getBoolean
            java.lang.String.format(Ljava/lang/String;[Ljava/lang/Object;) java.lang.String.formatted
            java.lang.String.toLowerCase() java.lang.String.toUpperCase() java.lang.String.getBytes()
            java.lang.String.<init>([B) java.lang.String.<init>([BII)
            java.lang.StringBuilder.append(Ljava/lang/Object;) java.lang.StringBuilder.insert(ILjava/lang/Object;)
            java.nio.ByteBuffer.allocateDirect java.nio.ByteOrder.nativeOrder
            """);

    /// What answers by tables of Unicode, a locale or a pattern: another JDK may answer otherwise, and the nodes of a cluster
    /// need not run the same one.
    private static final Set<String> TABLES = words("""
            java.lang.String.toLowerCase java.lang.String.toUpperCase java.lang.String.equalsIgnoreCase
            java.lang.String.compareToIgnoreCase java.lang.String.CASE_INSENSITIVE_ORDER
            java.lang.String.regionMatches java.lang.String.strip java.lang.String.stripLeading
            java.lang.String.stripTrailing java.lang.String.stripIndent java.lang.String.isBlank
            java.lang.String.format java.lang.String.formatted java.lang.String.matches java.lang.String.split
            java.lang.String.splitWithDelimiters java.lang.String.replaceAll java.lang.String.replaceFirst
            java.util.Locale.ROOT
            """);

    /// The members of `Character` that Unicode has promised never to change, and what boxing needs.
    private static final Set<String> LASTING =
            words("isSurrogate isHighSurrogate isLowSurrogate isSurrogatePair toCodePoint valueOf charValue compare");

    /// Types whose hash code is specified by their content and may therefore be asked for.
    private static final Set<String> CONTENT_HASHED =
            words("java.lang.String java.lang.Long java.lang.Integer holdfast.Bytes");

    private JdkPolicy() {}

    private static Set<String> words(String text) {
        return new TreeSet<>(Arrays.asList(text.strip().split("\\s+")));
    }

    /// Why `user` may not use the type, or an empty text. Types of this repository are not judged here.
    static String refusalOfType(String user, String type) {
        if (type.startsWith("holdfast.")) {
            return "";
        }
        if (type.startsWith(ANY_TYPE_OF)) {
            return type.contains("Double") ? type + " computes with floating point" : "";
        }
        if (!TYPES.contains(type)) {
            return type + " is not on the list of allowed types";
        }
        Set<String> users = RESERVED.get(type);
        return users == null || users.contains(user) ? "" : type + " is reserved for " + String.join(", ", users);
    }

    /// Why a class may not ask for what differs between JDKs, or an empty text. The simulator may: all nodes of a universe
    /// run on one.
    static String refusalOfTable(String user, String type, String member) {
        boolean isTable = type.equals("java.lang.Character")
                ? !LASTING.contains(member)
                : TABLES.contains(type + "." + member);
        return isTable && !user.startsWith("holdfast.sim.") ? type + "." + member + " differs between JDKs" : "";
    }

    /// Why the member may not be used, or an empty text. The descriptor is a method's or a field's.
    static String refusalOfMember(String type, String member, String descriptor) {
        if (member.equals("hashCode")) {
            return CONTENT_HASHED.contains(type) ? "" : type + ".hashCode may be an identity hash (every enum's is)";
        }
        if (DENIED_ANYWHERE.contains(member)) {
            return type + "." + member + " is forbidden";
        }
        Set<String> only = ONLY.get(type);
        if (only != null && !only.contains(member)) {
            return type + "." + member + " is forbidden; allowed are " + String.join(", ", only);
        }
        String name = type + "." + member;
        int end = descriptor.lastIndexOf(')');
        String exact = end < 0 ? name : name + descriptor.substring(0, end + 1);
        return DENIED.contains(name) || DENIED.contains(exact) ? name + " is forbidden" : "";
    }
}
