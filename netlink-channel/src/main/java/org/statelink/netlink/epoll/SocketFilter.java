/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static io.netty.util.internal.ObjectUtil.checkInRange;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.statelink.netlink.BpfInstruction;

/**
 * {@code struct sock_fprog} of {@code linux/filter.h}: the number of instructions (2), padding (6), their address (8);
 * each a {@code struct sock_filter}: code (2), jump if true (1), jump if false (1), operand (4).
 */
final class SocketFilter {
    private static final int PROGRAM_SIZE = 16;
    private static final int INSTRUCTIONS_ADDRESS = 8;
    private static final int INSTRUCTION_SIZE = 8;

    private SocketFilter() {
    }

    static MemorySegment program(BpfInstruction[] instructions, Arena arena) {
        checkInRange(instructions.length, 1, BpfInstruction.MAX_INSTRUCTIONS, "instructions");
        MemorySegment code = arena.allocate((long) instructions.length * INSTRUCTION_SIZE, INSTRUCTION_SIZE);
        for (int i = 0; i < instructions.length; i++) {
            write(instructions[i], code, (long) i * INSTRUCTION_SIZE);
        }
        MemorySegment program = arena.allocate(PROGRAM_SIZE, JAVA_LONG.byteAlignment());
        program.set(JAVA_SHORT, 0, (short) instructions.length);
        program.set(JAVA_LONG, INSTRUCTIONS_ADDRESS, code.address());
        return program;
    }

    private static void write(BpfInstruction instruction, MemorySegment to, long offset) {
        to.set(JAVA_SHORT, offset, (short) instruction.code());
        to.set(JAVA_BYTE, offset + 2, (byte) instruction.jumpTrue());
        to.set(JAVA_BYTE, offset + 3, (byte) instruction.jumpFalse());
        to.set(JAVA_INT, offset + 4, instruction.k());
    }
}
