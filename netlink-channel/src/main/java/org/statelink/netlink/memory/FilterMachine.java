/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import org.statelink.netlink.BpfInstruction;

/**
 * Runs a classic BPF program over datagrams, with the kernel's extensions that find netlink attributes. Like the kernel
 * it refuses a program that could run astray, and drops a datagram behind whose end a load reaches. Not thread safe.
 *
 * <p>Source: {@code linux/bpf_common.h}, {@code linux/filter.h}, {@code net/core/filter.c} of the kernel.
 */
final class FilterMachine {
    private static final int CLASS = 0x07;
    private static final int LD = 0x00;
    private static final int LDX = 0x01;
    private static final int ST = 0x02;
    private static final int STX = 0x03;
    private static final int ALU = 0x04;
    private static final int JMP = 0x05;
    private static final int RET = 0x06;
    private static final int SIZE = 0x18;
    private static final int HALF = 0x08;
    private static final int BYTE = 0x10;
    private static final int MODE = 0xe0;
    private static final int IMM = 0x00;
    private static final int ABS = 0x20;
    private static final int IND = 0x40;
    private static final int MEM = 0x60;
    private static final int LEN = 0x80;
    private static final int MSH = 0xa0;
    private static final int OPERATION = 0xf0;
    private static final int FROM_INDEX = 0x08;
    private static final int JA = 0x00;
    private static final int RET_A = 0x10;
    private static final int TXA = 0x80;
    private static final int AD_NLATTR = -0x1000 + 12;
    private static final int AD_NLATTR_NEST = -0x1000 + 16;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int TYPE_MASK = 0x3fff;
    private static final int MEMORY_WORDS = 16;

    private final BpfInstruction[] program;
    private final int[] memory = new int[MEMORY_WORDS];
    private int accumulator;
    private int index;
    private ByteBuf datagram;
    private boolean astray;

    FilterMachine(BpfInstruction... program) {
        this.program = program.clone();
        check();
    }

    private void check() {
        boolean ends = program.length > 0 && program.length <= BpfInstruction.MAX_INSTRUCTIONS
            && (program[program.length - 1].code() & CLASS) == RET;
        for (int at = 0; at < program.length && ends; at++) {
            BpfInstruction instruction = program[at];
            if ((instruction.code() & CLASS) == JMP) {
                long furthest = (instruction.code() & OPERATION) == JA ? Integer.toUnsignedLong(instruction.k())
                    : Math.max(instruction.jumpTrue(), instruction.jumpFalse());
                ends = at + 1 + furthest < program.length;
            }
        }
        if (!ends) {
            throw new ChannelException("cannot attach a filter of " + program.length + " instructions");
        }
    }

    /** Whether the program lets a datagram pass. */
    boolean lets(ByteBuf message) {
        datagram = message;
        accumulator = 0;
        index = 0;
        astray = false;
        int at = 0;
        while (!astray && (program[at].code() & CLASS) != RET) {
            at += 1 + step(program[at]);
        }
        datagram = null;
        return !astray && ((program[at].code() & 0x18) == RET_A ? accumulator : program[at].k()) != 0;
    }

    /** Does one instruction; how many to skip. */
    private int step(BpfInstruction instruction) {
        int code = instruction.code();
        int operand = instruction.k();
        switch (code & CLASS) {
            case LD -> accumulator = load(code, operand);
            case LDX -> index = (code & MODE) == MSH ? (bytes(operand, BYTE) & 0xf) << 2 : load(code, operand);
            case ST -> memory[operand] = accumulator;
            case STX -> memory[operand] = index;
            case ALU -> accumulator = calculate(code & OPERATION, (code & FROM_INDEX) != 0 ? index : operand);
            case JMP -> {
                return jump(instruction);
            }
            default -> move(code);
        }
        return 0;
    }

    private void move(int code) {
        if ((code & TXA) != 0) {
            accumulator = index;
        } else {
            index = accumulator;
        }
    }

    private int load(int code, int operand) {
        return switch (code & MODE) {
            case IMM -> operand;
            case ABS -> switch (operand) {
                case AD_NLATTR -> findAttribute(accumulator, datagram.readableBytes());
                case AD_NLATTR_NEST -> findNested(accumulator);
                default -> bytes(operand, code & SIZE);
            };
            case IND -> bytes(index + operand, code & SIZE);
            case MEM -> memory[operand];
            case LEN -> datagram.readableBytes();
            default -> bytes(-1, BYTE);
        };
    }

    private int bytes(int offset, int size) {
        int length = size == BYTE ? 1 : size == HALF ? 2 : 4;
        if (offset < 0 || offset > datagram.readableBytes() - length) {
            astray = true;
            return 0;
        }
        int at = datagram.readerIndex() + offset;
        return size == BYTE ? datagram.getUnsignedByte(at)
            : size == HALF ? datagram.getUnsignedShort(at) : datagram.getInt(at);
    }

    private int findNested(int outer) {
        if (outer < 0 || outer > datagram.readableBytes() - ATTRIBUTE_HEADER) {
            return 0;
        }
        int end = outer + attributeLength(outer);
        return end > datagram.readableBytes() ? 0 : findAttribute(outer + ATTRIBUTE_HEADER, end);
    }

    /** Offset of the first attribute in {@code [from, end)} whose type is the index; 0 if there is none. */
    private int findAttribute(int from, int end) {
        int at = from;
        while (at >= 0 && at <= end - ATTRIBUTE_HEADER) {
            int length = attributeLength(at);
            if (length < ATTRIBUTE_HEADER || length > end - at) {
                return 0;
            }
            if ((datagram.getUnsignedShortLE(datagram.readerIndex() + at + 2) & TYPE_MASK) == index) {
                return at;
            }
            at += length + 3 & ~3;
        }
        return 0;
    }

    private int attributeLength(int at) {
        return datagram.getUnsignedShortLE(datagram.readerIndex() + at);
    }

    private int calculate(int operation, int operand) {
        return switch (operation) {
            case 0x00 -> accumulator + operand;
            case 0x10 -> accumulator - operand;
            case 0x20 -> accumulator * operand;
            case 0x30 -> divisor(operand) ? Integer.divideUnsigned(accumulator, operand) : 0;
            case 0x40 -> accumulator | operand;
            case 0x50 -> accumulator & operand;
            case 0x60 -> operand < 0 || operand > 31 ? 0 : accumulator << operand;
            case 0x70 -> operand < 0 || operand > 31 ? 0 : accumulator >>> operand;
            case 0x80 -> -accumulator;
            case 0x90 -> divisor(operand) ? Integer.remainderUnsigned(accumulator, operand) : 0;
            default -> accumulator ^ operand;
        };
    }

    private boolean divisor(int operand) {
        astray |= operand == 0;
        return operand != 0;
    }

    private int jump(BpfInstruction instruction) {
        int operand = (instruction.code() & FROM_INDEX) != 0 ? index : instruction.k();
        boolean holds = switch (instruction.code() & OPERATION) {
            case 0x10 -> accumulator == operand;
            case 0x20 -> Integer.compareUnsigned(accumulator, operand) > 0;
            case 0x30 -> Integer.compareUnsigned(accumulator, operand) >= 0;
            case 0x40 -> (accumulator & operand) != 0;
            default -> true;
        };
        if ((instruction.code() & OPERATION) == JA) {
            return instruction.k();
        }
        return holds ? instruction.jumpTrue() : instruction.jumpFalse();
    }
}
