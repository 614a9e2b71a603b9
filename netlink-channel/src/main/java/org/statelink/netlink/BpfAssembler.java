/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes a classic BPF program, instruction by instruction, with labels to jump to; jumps go forward only. The machine
 * has an accumulator, an index and sixteen words of memory; what it loads from a message is big-endian. Source: {@code
 * linux/bpf_common.h}, {@code linux/filter.h}, Documentation/networking/filter.rst of the kernel.
 */
public final class BpfAssembler {
    /** What a program returns for a message that is to be delivered, whole. */
    public static final int PASS = -1;
    /** What a program returns for a message that is to be dropped. */
    public static final int DROP = 0;

    private static final int LOAD_WORD_AT = 0x20;
    private static final int LOAD_BYTE_AT = 0x30;
    private static final int LOAD_WORD_AT_INDEX = 0x40;
    private static final int LOAD_BYTE_AT_INDEX = 0x50;
    private static final int LOAD_MEMORY = 0x60;
    private static final int LOAD_NUMBER = 0x00;
    private static final int LOAD_INDEX = 0x01;
    private static final int STORE = 0x02;
    private static final int AND = 0x54;
    private static final int JUMP = 0x05;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int TO_INDEX = 0x07;
    private static final int RETURN = 0x06;
    /** {@code SKF_AD_OFF + SKF_AD_NLATTR} and {@code … + SKF_AD_NLATTR_NEST}. */
    private static final int ATTRIBUTE = -0x1000 + 12;
    private static final int NESTED_ATTRIBUTE = -0x1000 + 16;
    /** A conditional jump's distance is a byte; so many comparisons share one jump behind them. */
    private static final int COMPARISONS_PER_JUMP = 128;

    private final List<BpfInstruction> instructions = new ArrayList<>();
    private final List<Label> targets = new ArrayList<>();

    /** A place in the program. */
    public static final class Label {
        private int position = -1;

        /** A label that {@link BpfAssembler#place} puts somewhere. */
        public Label() {
        }
    }

    /** Loads a byte of the message. */
    public BpfAssembler loadByte(int offset) {
        return add(LOAD_BYTE_AT, offset);
    }

    /** Loads four bytes of the message. */
    public BpfAssembler loadWord(int offset) {
        return add(LOAD_WORD_AT, offset);
    }

    /** Loads the byte so far behind the index. */
    public BpfAssembler loadByteBehindIndex(int offset) {
        return add(LOAD_BYTE_AT_INDEX, offset);
    }

    /** Loads the four bytes so far behind the index. */
    public BpfAssembler loadWordBehindIndex(int offset) {
        return add(LOAD_WORD_AT_INDEX, offset);
    }

    /** Loads a number. */
    public BpfAssembler loadNumber(int number) {
        return add(LOAD_NUMBER, number);
    }

    /** Loads a word of memory. */
    public BpfAssembler load(int word) {
        return add(LOAD_MEMORY, word);
    }

    /** Stores the accumulator in a word of memory. */
    public BpfAssembler store(int word) {
        return add(STORE, word);
    }

    /** Copies the accumulator to the index. */
    public BpfAssembler toIndex() {
        return add(TO_INDEX, 0);
    }

    /** Keeps the bits of the accumulator that the mask has. */
    public BpfAssembler and(int mask) {
        return add(AND, mask);
    }

    /** Finds the first attribute of a type from the offset in the accumulator on; its offset, or jumps. */
    public BpfAssembler findAttribute(int type, Label whenMissing) {
        return add(LOAD_INDEX, type).loadWord(ATTRIBUTE).jumpIfEqual(0, whenMissing);
    }

    /** Finds an attribute of a type in the nest whose offset is in the accumulator; its offset, or jumps. */
    public BpfAssembler findNested(int type, Label whenMissing) {
        return add(LOAD_INDEX, type).loadWord(NESTED_ATTRIBUTE).jumpIfEqual(0, whenMissing);
    }

    /** Jumps if the accumulator is the number. */
    public BpfAssembler jumpIfEqual(int number, Label label) {
        instructions.add(new BpfInstruction(JUMP_IF_EQUAL, 0, 1, number));
        targets.add(null);
        return jump(label);
    }

    /** Jumps unless the accumulator is the number. */
    public BpfAssembler jumpUnlessEqual(int number, Label label) {
        instructions.add(new BpfInstruction(JUMP_IF_EQUAL, 1, 0, number));
        targets.add(null);
        return jump(label);
    }

    /** Jumps if the accumulator is one of the numbers. */
    public BpfAssembler jumpIfAnyOf(int[] numbers, Label label) {
        for (int from = 0; from < numbers.length; from += COMPARISONS_PER_JUMP) {
            int to = Math.min(numbers.length, from + COMPARISONS_PER_JUMP);
            for (int i = from; i < to; i++) {
                // the last one that fails jumps over the jump
                instructions.add(new BpfInstruction(JUMP_IF_EQUAL, to - 1 - i, i == to - 1 ? 1 : 0, numbers[i]));
                targets.add(null);
            }
            jump(label);
        }
        return this;
    }

    /** Jumps. */
    public BpfAssembler jump(Label label) {
        instructions.add(BpfInstruction.statement(JUMP, 0));
        targets.add(label);
        return this;
    }

    /** Ends the program with {@link #PASS} or {@link #DROP}. */
    public BpfAssembler end(int verdict) {
        return add(RETURN, verdict);
    }

    /** Puts a label before the next instruction. */
    public BpfAssembler place(Label label) {
        label.position = instructions.size();
        return this;
    }

    private BpfAssembler add(int code, int operand) {
        instructions.add(BpfInstruction.statement(code, operand));
        targets.add(null);
        return this;
    }

    /** Number of instructions so far. */
    public int size() {
        return instructions.size();
    }

    /**
     * The program. It may be longer than {@link BpfInstruction#MAX_INSTRUCTIONS}.
     *
     * @throws IllegalStateException if a label was not put anywhere, or before a jump to it
     */
    public BpfInstruction[] assemble() {
        BpfInstruction[] program = instructions.toArray(new BpfInstruction[0]);
        for (int i = 0; i < program.length; i++) {
            Label target = targets.get(i);
            if (target != null) {
                if (target.position <= i) {
                    throw new IllegalStateException("instruction " + i + " jumps to nowhere");
                }
                program[i] = BpfInstruction.statement(JUMP, target.position - i - 1);
            }
        }
        return program;
    }
}
