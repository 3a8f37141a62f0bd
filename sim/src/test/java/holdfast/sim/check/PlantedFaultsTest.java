package holdfast.sim.check;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Faults in the checkers that the random trials must find: trials are only as good as the damage they do, and this
/// is how good that is. A fault may also show as a crash.
@Tag("slow")
class PlantedFaultsTest {

    private static final int TRIALS_MAX = 100_000;

    /// @param right text that stands once in the source
    /// @param wrong what stands there instead
    record Fault(String name, String source, String right, String wrong) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Fault> ofTheBounds() {
        return List.of(
                judge("a maker is not bound by the state before",
                        "upper[maker.place] = Math.min(upper[maker.place], made - 1);", ""),
                judge("the inequality is off by one", "proved > upper[place])", "proved > upper[place] + 1)"),
                judge("an answer proves nothing", "lower[place] > proved)", "lower[place] > proved + 1_000)"),
                judge("a stream that is not said to be open is not closed",
                        "mayBeClosed && line", "mayBeClosed && op.flag == Told.Flag.CLOSED && line"),
                judge("a gap proves nothing", "numbers.stateOf(sent.epoch(), gap.expectedSeq() - 1);", "Line.EMPTY;"),
                judge("a gap excludes nothing",
                        "beforeNumber(gap.expectedSeq(), sent, numbers);", "Line.NO_STATE;"),
                judge("a fence proves nothing", "numbers.stateOf(fenced.currentEpoch(), 0);", "Line.EMPTY;"),
                judge("a fence excludes nothing",
                        "before(numbers.firstFrom(fenced.currentEpoch() + 1));", "Line.NO_STATE;"),
                judge("a duplicate does not exclude a new epoch",
                        "case Answer.Appended _ -> before(nextEpoch);", "case Answer.Appended _ -> Line.NO_STATE;"),
                judge("a refusal does not exclude the batch itself",
                        "before(Math.min(nextEpoch, numbers.stateOf(sent.epoch(), sent.seq())));", "before(nextEpoch);"),
                judge("a wrong tail does not prove the batch before",
                        "sent.seq() == 0 ? Line.EMPTY : numbers.stateOf(sent.epoch(), sent.seq() - 1);", "Line.EMPTY;"),
                judge("the stream may be made when it is there", "bindMaker(creator, Line.EMPTY);", ""));
    }

    private static Fault judge(String name, String right, String wrong) {
        return new Fault(name, "stream/Judge.java", right, wrong);
    }

    static List<Fault> ofTheFacts() {
        return List.of(
                new Fault("a duplicate may have made its batch",
                        "stream/Operation.java", "&& !appended.duplicate()", ""),
                new Fault("conditions are ignored", "stream/Operation.java", "append.expectedTail() == base)", "base >= 0)"),
                new Fault("a local read is taken for a linearizable one",
                        "stream/Operation.java", "isLocal() ? Told.PREFIX : Told.TAIL", "Told.TAIL"),
                new Fault("sessions are ignored",
                        "stream/RealTimeRules.java", "name == Call.NO_SESSION ? null", "name > -1 ? null"),
                new Fault("epochs may fall", "stream/ProducerLine.java", "|| epoch > epochs[epochCount - 1]", "|| epoch > -1"),
                new Fault("seqs may skip", "stream/ProducerLine.java", "seq == size - starts[epochCount - 1]", "seq >= 0"),
                new Fault("an append may follow the one that closes",
                        "stream/Line.java", "batch.close && state != lastBatchState()", "batch.close && state < 0"),
                new Fault("two appends may close", "stream/Line.java",
                        "(closedBefore || elsewhere)", "(!closedBefore || elsewhere)"),
                new Fault("a read may show another record",
                        "stream/Places.java", "|| known.equals(record)", "|| known.size() > 0"),
                new Fault("a batch may stand on two places", "stream/Places.java", "batch.base == base", "batch.base >= 0"),
                new Fault("a condition is no candidate for a gap",
                        "stream/Candidates.java", "lacksSize(options, batch.size())) {", "batch.size() == 0) {"),
                new Fault("of alike appends every second is forgotten",
                        "stream/Candidates.java", "plain.get(batch.size()).taken++;", "plain.get(batch.size()).taken += 2;"),
                new Fault("what a gap proves need not be placed",
                        "stream/Candidates.java", "required.add(new Required(batch, prover));", ""),
                new Fault("an empty append cannot close",
                        "stream/Closings.java", "if (maker != null && (batch", "if (maker == null && (batch"),
                new Fault("of several closes the last is taken",
                        "stream/Closings.java",
                        "closings.add(new Line.Closing(close, null));\n                return;",
                        "closings.clear();\n                closings.add(new Line.Closing(close, null));"),
                new Fault("two creates may both have created", "stream/StreamFacts.java",
                        "if (createdBy != null) {\n            return Explain",
                        "if (createdBy == op) {\n            return Explain"),
                new Fault("an incarnation may change", "stream/StreamFacts.java",
                        "return told == incarnation", "return told > 0"),
                new Fault("a read may tell more records than asked for",
                        "stream/AnswerRules.java", "r.records().size() > read.recordsMax()", "r.records().size() > 1_000"),
                new Fault("a read within the stream may be past its tail",
                        "stream/AnswerRules.java", "past.tail() < read.from() ?", "past.tail() >= 0 ?"));
    }

    static List<Fault> ofTheSearch() {
        return List.of(
                search("a write that changes nothing now is done at once",
                        "if (part.readOnly[place] && !isDone(place)) {", "if (part.isMandatory(place) && !isDone(place)) {"),
                search("a slot is not freed at its return", "child[1 + (slot >> 6)] &= ~bit;", ""),
                search("an operation is not marked as done", "            setDone(place);\n        } else {", "        } else {"),
                search("an optional operation may come before its call",
                        "used < open.called(kind) ?", "used < part.kinds.get(kind).length ?"),
                search("what passed is done", "long bit = 1L << slot;",
                        "long bit = part.overwrites[place] ? 3L << slot : 1L << slot;"),
                search("nothing overwrites early", " && !hasReadMore() && !goesOn(next)", ""),
                search("only reads depend on what overwrites", " && !goesOn(next)", ""),
                configurations("operations that overwrite are not compared",
                        "~(passed | passed >>> 1)", "~part.overwriteBits[i]"),
                configurations("reads are not compared", "~(mine & part.readBits[i])", "~part.readBits[i]"),
                configurations("of optional operations the more used cover",
                        "part.count(block, at + 1, k) > part.count(key, 1, k)",
                        "part.count(block, at + 1, k) < part.count(key, 1, k)"),
                configurations("optional operations are not compared",
                        "part.count(block, at + 1, k) > part.count(key, 1, k)", "k < 0"),
                new Fault("optional operations are never used",
                        "general/DepthFirst.java",
                        "if (place >= 0) {\n                tried", "if (place < -1) {\n                tried"),
                new Fault("only what is due is tried", "general/DepthFirst.java", "if (place != end) {", "if (place < 0) {"),
                new Fault("optional operations are never used in breadth",
                        "general/BreadthFirst.java", "if (place >= 0) {", "if (place < -1) {"),
                new Fault("what is lost is lost for good", "general/Losses.java",
                        "if (!asked) {", "if (asked) {\n            return true;\n        }\n        if (!asked) {"),
                new Fault("a return does not end an operation",
                        "general/OpenOps.java", "after[before[place]] = after[place];", ""),
                new Fault("undoing a return forgets the operation",
                        "general/OpenOps.java", "before[after[place]] = place;\n            } else if", "} else if"));
    }

    private static Fault search(String name, String right, String wrong) {
        return new Fault(name, "general/Search.java", right, wrong);
    }

    private static Fault configurations(String name, String right, String wrong) {
        return new Fault(name, "general/Configurations.java", right, wrong);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"ofTheBounds", "ofTheFacts"})
    @DisplayName("the search over the specification finds faults of the linear check")
    void linear(Fault fault) {
        attack(fault, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofTheSearch")
    @DisplayName("brute force and the linear check find faults of the search")
    void general(Fault fault) {
        attack(fault, true);
    }

    private static void attack(Fault fault, boolean withObjects) {
        PlantedFault planted = new PlantedFault(fault.source(), fault.right(), fault.wrong());
        PlantedFault.Attack streams = planted.method(AttackOnCheckers.class.getName(), "onStreams", long.class);
        PlantedFault.Attack objects = planted.method(AttackOnCheckers.class.getName(), "onObjects", long.class);
        for (long number = 1; number <= TRIALS_MAX; number++) {
            if (isFoundBy(streams, number) || withObjects && isFoundBy(objects, number)) {
                return;
            }
        }
        fail("not found in " + TRIALS_MAX + " trials: " + fault.name());
    }

    private static boolean isFoundBy(PlantedFault.Attack attack, long number) {
        try {
            return !(boolean) attack.on(number);
        } catch (InvocationTargetException crash) {
            return true;
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
