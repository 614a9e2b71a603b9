/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.statelink.netlink.BpfInstruction;

class SocketFilterTest {
    @Test
    @SuppressWarnings("restricted")
    void shouldLayOutTheProgramAsTheKernelWantsIt() {
        BpfInstruction[] instructions = {new BpfInstruction(0x8015, 0xfe, 2, 0x80000001),
            BpfInstruction.statement(6, -1)};
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment program = SocketFilter.program(instructions, arena);
            assertThat(program.byteSize()).isEqualTo(16);
            assertThat(program.get(JAVA_SHORT, 0)).isEqualTo((short) 2);
            MemorySegment code = MemorySegment.ofAddress(program.get(JAVA_LONG, 8)).reinterpret(16);
            assertThat(code.toArray(JAVA_BYTE)).isEqualTo(ByteBuffer.allocate(16).order(ByteOrder.nativeOrder())
                .putShort((short) 0x8015).put((byte) 0xfe).put((byte) 2).putInt(0x80000001)
                .putShort((short) 6).putShort((short) 0).putInt(-1).array());
        }
    }

    @Test
    void shouldRejectProgramsThatAreEmptyOrTooLong() {
        try (Arena arena = Arena.ofConfined()) {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketFilter.program(new BpfInstruction[0], arena));
            assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketFilter.program(new BpfInstruction[4097], arena));
        }
    }
}
