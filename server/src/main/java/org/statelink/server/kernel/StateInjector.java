/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackRequest;
import org.statelink.conntrack.netlink.ResultListener;
import org.statelink.conntrack.text.ExpectationText;
import org.statelink.conntrack.text.PlainText;
import org.statelink.conntrack.text.TextOptions;
import org.statelink.netlink.codec.Errno;
import org.statelink.server.log.QuietLog;
import org.statelink.server.system.Uptime;
import org.statelink.sync.protocol.MessageType;

/**
 * Writes pages of the peers' states into the kernel, many requests per send. On the kernel loop.
 *
 * <p>A page is gone through up to three times. First each state is tried as what it is: created, updated or deleted.
 * What exists though it is new, and what could not be updated, is deleted and created; an update of what is not there
 * creates it; what lacks its master is tried again. A flow is in a page once and a page ends before the next begins,
 * so each flow's order is kept. Source: docs of conntrackd's modes, section 7.
 */
final class StateInjector implements ResultListener {
    /** What each state of the page awaits, in the order in which it is done. */
    private enum Step { FIRST, DELETE, CREATE, END }

    private static final Logger LOG = LoggerFactory.getLogger(StateInjector.class);
    private static final Step[] STEPS = Step.values();

    private final ConntrackClient client;
    private final CommitPreparation flowRules;
    private final ExpectationPreparation expectationRules;
    private final InjectCounters flowCounters;
    private final InjectCounters expectationCounters;
    private final Uptime uptime;
    private final QuietLog quiet = new QuietLog(LOG);
    private final Step[] steps = new Step[StatePage.MAX_STATES];
    private final boolean[] deleted = new boolean[StatePage.MAX_STATES];
    private Step step = Step.END;
    private StatePage page;
    private Runnable whenDone;
    private int next;
    private int outstanding;

    /** An injector that has the client's answers to itself. */
    StateInjector(ConntrackClient client, CommitPreparation flowRules, ExpectationPreparation expectationRules,
                  InjectCounters flowCounters, InjectCounters expectationCounters, Uptime uptime) {
        this.client = client;
        this.flowRules = flowRules;
        this.expectationRules = expectationRules;
        this.flowCounters = flowCounters;
        this.expectationCounters = expectationCounters;
        this.uptime = uptime;
        client.onResult(this);
    }

    /** Injects a page; one at a time. The page is the injector's until {@code afterwards} runs, on this loop. */
    void inject(StatePage states, Runnable afterwards) {
        page = states;
        whenDone = afterwards;
        for (int index = 0; index < states.size(); index++) {
            steps[index] = Step.FIRST;
            deleted[index] = false;
        }
        begin(Step.FIRST);
    }

    private void begin(Step newStep) {
        step = newStep;
        if (step == Step.END) {
            whenDone.run();
            return;
        }
        next = 0;
        submit();
    }

    private void submit() {
        while (next < page.size() && client.isWritable()) {
            int index = next++;
            if (steps[index] == step) {
                outstanding++;
                submit(index);
            }
        }
        client.flushRequests();
        if (next == page.size() && outstanding == 0) {
            begin(STEPS[step.ordinal() + 1]);
        }
    }

    private void submit(int index) {
        ConntrackEntry entry = page.read(index);
        ConntrackRequest request = request(page.type(index));
        switch (entry) {
            case Conntrack flow -> prepare(request, flow);
            case Expectation expectation -> expectationRules.prepare(expectation, 0);
        }
        client.submit(request, entry, index);
    }

    private void prepare(ConntrackRequest request, Conntrack flow) {
        int expected = flow.status() & Status.EXPECTED;
        flowRules.prepare(flow, 0);
        if (request == ConntrackRequest.UPDATE) {
            // the kernel refuses to change this bit, which it set by itself when it created the flow with its master
            flow.setStatus(flow.status() | expected);
        }
    }

    private ConntrackRequest request(int type) {
        return switch (step) {
            case DELETE -> ConntrackRequest.DELETE;
            case CREATE -> ConntrackRequest.CREATE;
            default -> switch (type) {
                case MessageType.CT_NEW, MessageType.EXP_NEW, MessageType.EXP_UPDATE -> ConntrackRequest.CREATE;
                case MessageType.CT_UPDATE -> ConntrackRequest.UPDATE;
                default -> ConntrackRequest.DELETE;
            };
        };
    }

    @Override
    public void onResult(int token, int errno, String message) {
        steps[token] = switch (page.type(token)) {
            case MessageType.CT_NEW -> create(token, errno, "could not add new ct entry");
            case MessageType.EXP_NEW, MessageType.EXP_UPDATE -> create(token, errno, "could not add new exp entry");
            case MessageType.CT_UPDATE -> update(token, errno);
            case MessageType.EXP_DELETE -> delete(token, errno, "could not delete exp entry");
            default -> delete(token, errno, "could not destroy ct entry");
        };
        outstanding--;
        if (outstanding == 0) {
            submit();
        }
    }

    private Step create(int index, int errno, String failure) {
        return switch (step) {
            case FIRST -> switch (errno) {
                case Errno.EEXIST -> Step.DELETE;
                // its master may be one of those that are created last
                case Errno.ENOENT -> Step.CREATE;
                default -> end(index, errno, failure);
            };
            case DELETE -> replace(index, errno, failure);
            default -> end(index, errno, deleted[index] ? failure + ", even when deleting it first" : failure);
        };
    }

    private Step update(int index, int errno) {
        return switch (step) {
            case FIRST -> switch (errno) {
                case 0 -> end(index, 0, "");
                case Errno.ENOENT -> Step.CREATE;
                default -> Step.DELETE;
            };
            case DELETE -> replace(index, errno, "could not update ct entry");
            default -> end(index, errno, deleted[index] ? "could not update ct entry, even when deleting it first"
                : "could not update ct entry, even if creating it instead");
        };
    }

    private Step replace(int index, int errno, String failure) {
        deleted[index] = true;
        return errno == 0 || errno == Errno.ENOENT ? Step.CREATE : end(index, errno, failure);
    }

    private Step delete(int index, int errno, String failure) {
        return errno == Errno.ENOENT ? Step.END : end(index, errno, failure);
    }

    private Step end(int index, int errno, String failure) {
        int type = page.type(index);
        boolean isFlow = MessageType.isConntrack(type);
        InjectCounters counters = isFlow ? flowCounters : expectationCounters;
        int change = isFlow ? type : type - MessageType.EXP_NEW;
        if (errno == 0) {
            counters.done(change);
        } else {
            counters.failed(change);
            StringBuilder line = new StringBuilder(failure).append(": ").append(Errno.text(errno)).append('\n');
            append(line, page.read(index));
            quiet.warn(failure, uptime.nanos(), line.toString());
        }
        return Step.END;
    }

    private static void append(StringBuilder line, ConntrackEntry entry) {
        switch (entry) {
            case Conntrack flow -> PlainText.append(line, flow, TextOptions.PLAIN, 0);
            case Expectation expectation -> ExpectationText.append(line, expectation, TextOptions.PLAIN);
        }
    }
}
