/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import org.junit.jupiter.api.Test;
import org.statelink.netlink.BpfAssembler;
import org.statelink.netlink.BpfAssembler.Label;
import org.statelink.netlink.BpfInstruction;

class FilterMachineTest {
    /** Type 7 in four bytes of value, then type 5 (nested) that holds type 1 with the value 0x2a. */
    private static final ByteBuf MESSAGE = Unpooled.wrappedBuffer(new byte[] {
        8, 0, 7, 0, 1, 2, 3, 4,
        12, 0, 5, (byte) 0x80, 5, 0, 1, 0, 0x2a, 0, 0, 0});

    private static boolean passes(BpfAssembler code, Label pass) {
        BpfInstruction[] program = code.end(BpfAssembler.DROP).place(pass).end(BpfAssembler.PASS).assemble();
        return new FilterMachine(program).lets(MESSAGE);
    }

    @Test
    void shouldLoadBigEndian() {
        Label pass = new Label();
        assertThat(passes(new BpfAssembler().loadWord(4).jumpIfEqual(0x01020304, pass), pass)).isTrue();
    }

    @Test
    void shouldFindAttributesAndWhatIsNestedInThem() {
        Label pass = new Label();
        Label missing = new Label();
        BpfAssembler code = new BpfAssembler().loadNumber(0).findAttribute(5, missing).findNested(1, missing)
            .toIndex().loadByteBehindIndex(4).jumpIfEqual(0x2a, pass).place(missing);
        assertThat(passes(code, pass)).isTrue();
    }

    @Test
    void shouldTellOfMissingAttributes() {
        Label pass = new Label();
        assertThat(passes(new BpfAssembler().loadNumber(0).findAttribute(6, pass), pass)).isTrue();
        Label nested = new Label();
        Label missing = new Label();
        BpfAssembler code = new BpfAssembler().loadNumber(0).findAttribute(5, missing).findNested(7, nested)
            .place(missing);
        assertThat(passes(code, nested)).isTrue();
    }

    @Test
    void shouldJumpFromAnyPlaceOfALongList() {
        int[] numbers = new int[300];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = 1000 + i;
        }
        for (int wanted : new int[] {0, 127, 128, 255, 256, 299}) {
            numbers[wanted] = 0x01020304;
            Label pass = new Label();
            assertThat(passes(new BpfAssembler().loadWord(4).jumpIfAnyOf(numbers, pass), pass)).isTrue();
            numbers[wanted] = 1000 + wanted;
        }
        Label pass = new Label();
        assertThat(passes(new BpfAssembler().loadWord(4).jumpIfAnyOf(numbers, pass), pass)).isFalse();
    }

    @Test
    void shouldDropWhatALoadReachesBehind() {
        assertThat(new FilterMachine(new BpfAssembler().loadWord(17).end(BpfAssembler.PASS).assemble()).lets(MESSAGE))
            .isFalse();
        assertThat(new FilterMachine(new BpfAssembler().loadWord(16).end(BpfAssembler.PASS).assemble()).lets(MESSAGE))
            .isTrue();
    }

    @Test
    void shouldRefuseProgramsThatRunAstray() {
        assertRefused();
        assertRefused(BpfInstruction.statement(0x30, 4));
        assertRefused(BpfInstruction.statement(0x05, 1), BpfInstruction.statement(0x06, 0));
        assertRefused(new BpfInstruction(0x15, 0, 1, 4), BpfInstruction.statement(0x06, 0));
    }

    private static void assertRefused(BpfInstruction... program) {
        assertThatExceptionOfType(ChannelException.class).isThrownBy(() -> new FilterMachine(program));
    }
}
