/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConntrackTest {
    @Test
    void shouldKeepWhatTheOtherDoesNotKnow() {
        Conntrack known = new Conntrack();
        known.original().setIpv4(1, 2);
        known.setMark(5);
        known.setTimeout(60);
        known.labels().clear(2);
        known.labels().setWord(1, 7);
        known.mark(Field.LABELS);
        Conntrack news = new Conntrack();
        news.original().setIpv4(3, 4);
        news.reply().setIpv4(2, 1);
        news.setTimeout(30);
        news.protocol().setState(3);
        news.mark(Field.PROTOCOL_STATE);
        known.merge(news);
        assertThat(known.original().sourceLow()).isEqualTo(1);
        assertThat(known.reply().isSet()).isTrue();
        assertThat(known.mark()).isEqualTo(5);
        assertThat(known.timeout()).isEqualTo(30);
        assertThat(known.protocol().state()).isEqualTo(3);
        assertThat(known.labels().word(1)).isEqualTo(7);
    }

    @Test
    void shouldKnowNothingOnceCleared() {
        Conntrack flow = new Conntrack();
        flow.original().setIpv4(1, 2);
        flow.setMark(5);
        flow.setStatus(5);
        flow.setTimestampStart(5);
        flow.setSecurityContext("x");
        flow.clear();
        for (Field field : Field.values()) {
            assertThat(flow.has(field)).isFalse();
        }
        assertThat(flow.original().isSet()).isFalse();
        assertThat(flow.mark() + flow.status() + flow.timestampStart()).isZero();
        assertThat(flow.securityContext()).isEmpty();
    }

    @Test
    void shouldForgetASingleField() {
        Conntrack flow = new Conntrack();
        flow.setMark(5);
        flow.setTimeout(6);
        flow.forget(Field.MARK);
        assertThat(flow.has(Field.MARK)).isFalse();
        assertThat(flow.timeout()).isEqualTo(6);
    }

    @Test
    void shouldCutTheHelperNameAtNulAndAtItsLongest() {
        KernelName name = new KernelName(KernelName.HELPER_LENGTH);
        ByteBuf in = Unpooled.copiedBuffer("ftp\0rest" + "a".repeat(20), StandardCharsets.ISO_8859_1);
        name.read(in, 8);
        assertThat(name).hasToString("ftp");
        assertThat(in.readableBytes()).isEqualTo(20);
        name.read(in, 20);
        assertThat(name.length()).isEqualTo(KernelName.HELPER_LENGTH);
    }

    @Test
    void shouldRefuseMoreLabelsThanTravel() {
        Labels labels = new Labels();
        labels.clear(Labels.MAX_WORDS);
        assertThat(labels.isEmpty()).isTrue();
        assertThatThrownBy(() -> labels.clear(Labels.MAX_WORDS + 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
