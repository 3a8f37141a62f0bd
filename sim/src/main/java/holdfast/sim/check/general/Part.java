package holdfast.sim.check.general;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// One part of a history, laid out for a search. Operations are numbered anew by *place*; those that had no effect
/// and those that nobody saw and that change nothing are left out.
///
/// *Mandatory* operations returned and must take effect before that. *Optional* ones may take effect at any time
/// after their call, or never; alike ones are used in order of call, so that of each *kind* only a count matters.
final class Part<I, O> {

    final List<Op<I, O>> ops = new ArrayList<>();
    /// In order of time: twice the place, plus one if it is the return of a mandatory operation.
    final int[] events;
    /// By place: the call's number in [Transitions].
    final int[] action;
    /// By place: whether it changes no state.
    final boolean[] readOnly;
    /// By place: whether it leaves no trace of what was before it.
    final boolean[] overwrites;
    /// By event: the place of the first operation called there or later that changes no state, or -1.
    final int[] nextRead;
    /// By place: the bit of a mandatory operation, lowest free one of its sort at its call; -1 for an optional one. One
    /// that overwrites has the next bit too: see [Search].
    final int[] slot;
    /// By place: the kind of an optional operation; -1 for a mandatory one.
    final int[] kind;
    /// The optional operations of each kind, in order of call.
    final List<int[]> kinds = new ArrayList<>();
    /// Where each kind's count is: the word, and the lowest bit in it.
    final int[] countWord;
    final int[] countShift;
    /// Words with the bits of mandatory operations, and words altogether.
    final int mandatoryWords;
    final int words;
    /// By word: the bits of operations that change no state, and of those that overwrite.
    final long[] readBits;
    final long[] overwriteBits;

    /// @param all the operations of the part in order of call
    <S> Part(Spec<S, I, O> spec, Transitions<S, I, O> transitions, List<Op<I, O>> all) {
        for (Op<I, O> op : all) {
            boolean useful = switch (op.outcome()) {
                case Outcome.Ok<O> _ -> true;
                case Outcome.Failed<O> _ -> false;
                case Outcome.Unknown<O> _ -> !spec.readOnly(op.input());
            };
            if (useful) {
                ops.add(op);
            }
        }
        int size = ops.size();
        action = new int[size];
        readOnly = new boolean[size];
        overwrites = new boolean[size];
        slot = new int[size];
        kind = new int[size];
        for (int place = 0; place < size; place++) {
            action[place] = transitions.action(ops.get(place));
            readOnly[place] = isReadOnly(spec, ops.get(place));
            overwrites[place] = !readOnly[place] && spec.overwrites(ops.get(place).input());
        }
        Arrays.fill(slot, -1);
        sortKinds();
        events = eventsInOrder();
        nextRead = nextReads();
        int plain = assignSlots(Sort.PLAIN, 0);
        int reads = assignSlots(Sort.READ, plain);
        int overwriting = assignSlots(Sort.OVERWRITE, reads + (reads & 1));
        mandatoryWords = (overwriting + Long.SIZE - 1) / Long.SIZE;
        readBits = bits(plain, reads);
        overwriteBits = bits(reads + (reads & 1), overwriting);
        countWord = new int[kinds.size()];
        countShift = new int[kinds.size()];
        words = assignCounts();
    }

    private static <I, O> boolean isReadOnly(Spec<?, I, O> spec, Op<I, O> op) {
        return op.outcome() instanceof Outcome.Ok<O>(O seen) ? spec.readOnly(op.input(), seen) : spec.readOnly(op.input());
    }

    boolean isMandatory(int place) {
        return kind[place] < 0;
    }

    private void sortKinds() {
        Arrays.fill(kind, -1);
        int[] kindOfAction = new int[ops.size()];
        Arrays.fill(kindOfAction, -1);
        List<List<Integer>> members = new ArrayList<>();
        for (int place = 0; place < ops.size(); place++) {
            if (ops.get(place).outcome() instanceof Outcome.Ok) {
                continue;
            }
            if (kindOfAction[action[place]] < 0) {
                kindOfAction[action[place]] = members.size();
                members.add(new ArrayList<>());
            }
            kind[place] = kindOfAction[action[place]];
            members.get(kind[place]).add(place);
        }
        for (List<Integer> of : members) {
            kinds.add(of.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    private int[] eventsInOrder() {
        int mandatory = 0;
        for (int place = 0; place < ops.size(); place++) {
            mandatory += isMandatory(place) ? 1 : 0;
        }
        long[] timed = new long[ops.size() + mandatory];
        int count = 0;
        for (int place = 0; place < ops.size(); place++) {
            Op<I, O> op = ops.get(place);
            timed[count++] = (long) op.called() << 32 | place * 2L;
            if (isMandatory(place)) {
                timed[count++] = (long) op.returned() << 32 | place * 2L + 1;
            }
        }
        Arrays.sort(timed);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = (int) timed[i];
        }
        return order;
    }

    private int[] nextReads() {
        int[] next = new int[events.length + 1];
        next[events.length] = -1;
        for (int event = events.length - 1; event >= 0; event--) {
            boolean called = (events[event] & 1) == 0 && readOnly[events[event] >> 1];
            next[event] = called ? events[event] >> 1 : next[event + 1];
        }
        return next;
    }

    /// The sorts of mandatory operations whose bits lie together, with how many bits each has.
    private enum Sort {
        PLAIN(1),
        READ(1),
        OVERWRITE(2);

        private final int width;

        Sort(int width) {
            this.width = width;
        }
    }

    private Sort sort(int place) {
        return readOnly[place] ? Sort.READ : overwrites[place] ? Sort.OVERWRITE : Sort.PLAIN;
    }

    /// Gives all of a sort their slots, from `first` on, and returns the end of them.
    private int assignSlots(Sort sort, int first) {
        BitSet used = new BitSet();
        int end = first;
        for (int event : events) {
            int place = event >> 1;
            if (!isMandatory(place) || sort(place) != sort) {
                continue;
            }
            if ((event & 1) == 1) {
                used.clear((slot[place] - first) / sort.width);
            } else {
                int free = used.nextClearBit(0);
                used.set(free);
                slot[place] = first + free * sort.width;
                end = Math.max(end, slot[place] + sort.width);
            }
        }
        return end;
    }

    private long[] bits(int from, int to) {
        BitSet bits = new BitSet();
        bits.set(from, to);
        return Arrays.copyOf(bits.toLongArray(), mandatoryWords);
    }

    /// Returns how many words there are.
    private int assignCounts() {
        int word = mandatoryWords;
        int shift = 0;
        for (int k = 0; k < kinds.size(); k++) {
            int width = width(k);
            if (shift + width > Long.SIZE) {
                word++;
                shift = 0;
            }
            countWord[k] = word;
            countShift[k] = shift;
            shift += width;
        }
        return shift == 0 ? word : word + 1;
    }

    private int width(int k) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(kinds.get(k).length);
    }

    /// How many operations of a kind are used in a configuration, whose words begin at `words[from]`.
    int count(long[] words, int from, int k) {
        return (int) (words[from + countWord[k]] >>> countShift[k]) & (1 << width(k)) - 1;
    }
}
