/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ThreadSchedulingTest {
    /** Where the nice value is behind the name in parentheses, see proc_pid_stat(5). */
    private static final int NICE = 16;

    @Test
    void shouldSetTheNiceValueOfTheCallingThreadAlone() throws Exception {
        int before = onNewThread(ThreadSchedulingTest::nice);

        int set = onNewThread(() -> {
            assertThat(ThreadScheduling.setNice(7)).isTrue();
            return nice();
        });

        assertThat(set).isEqualTo(7);
        assertThat(onNewThread(ThreadSchedulingTest::nice)).isEqualTo(before);
    }

    @Test
    void shouldTellThatAPriorityIsNotPermitted() throws Exception {
        int roundRobin = 2;
        assertThat(onNewThread(() -> ThreadScheduling.enterRealTime(roundRobin, 0))).isFalse();
    }

    private static int nice() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(") ") + 2).split(" ")[NICE]);
    }

    private static <T> T onNewThread(Callable<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action);
        Thread.ofPlatform().start(task);
        return task.get();
    }
}
