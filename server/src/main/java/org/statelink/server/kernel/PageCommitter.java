/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackRequest;
import org.statelink.conntrack.netlink.ResultListener;
import org.statelink.netlink.codec.Errno;
import org.statelink.server.kernel.CommitPage.Outcome;

/**
 * Writes pages of flows into the kernel, many requests per send. On the kernel loop.
 *
 * <p>A page is gone through up to four times: every flow is created; one that exists is updated, or, where an update
 * cannot change what matters (translation, helper, master), deleted and created again; so is one whose update was
 * refused. All others go on whatever becomes of one. Pages are written one after the other.
 */
public final class PageCommitter implements ResultListener {
    /** What each flow of the page awaits, in the order in which it is done. */
    private enum Step { CREATE, UPDATE, DELETE, REPLACE, END }

    private static final Step[] STEPS = Step.values();

    private final ConntrackClient client;
    private final Conntrack flow = new Conntrack();
    private CommitPreparation preparation;
    private Step[] steps = new Step[0];
    private boolean[] replaceOnly = new boolean[0];
    private Step step = Step.END;
    private final ArrayDeque<Job> jobs = new ArrayDeque<>();
    private CommitPage page;
    private CommitFailures failures;
    private Runnable whenDone;
    private int outstanding;
    private int waiting;

    private record Job(CommitPage page, CommitFailures failures, Runnable whenDone) {
    }

    /** A committer that has the client's answers to itself. */
    public PageCommitter(ConntrackClient client, CommitPreparation preparation) {
        this.client = client;
        this.preparation = preparation;
        client.onResult(this);
    }

    /** How flows are committed from now on, by a commit under way too. Any thread. */
    public void setPreparation(CommitPreparation newPreparation) {
        client.channel().eventLoop().execute(() -> preparation = newPreparation);
    }

    /** Commits a page after those before it. It is the committer's until {@code afterwards} runs, on this loop. */
    void commit(CommitPage toCommit, CommitFailures whatFailed, Runnable afterwards) {
        jobs.add(new Job(toCommit, whatFailed, afterwards));
        if (step == Step.END) {
            nextPage();
        }
    }

    private void nextPage() {
        Job job = jobs.poll();
        if (job == null) {
            return;
        }
        page = job.page;
        failures = job.failures;
        whenDone = job.whenDone;
        page.setPreparation(preparation);
        int size = page.size();
        if (size > steps.length) {
            steps = new Step[size];
            replaceOnly = new boolean[size];
        }
        Arrays.fill(steps, 0, size, Step.CREATE);
        begin(Step.CREATE);
    }

    private void begin(Step newStep) {
        step = newStep;
        if (step == Step.END) {
            whenDone.run();
            nextPage();
            return;
        }
        page.rewind();
        waiting = count(step);
        submit();
    }

    private int count(Step wanted) {
        int count = 0;
        for (int i = 0; i < page.size(); i++) {
            count += steps[i] == wanted ? 1 : 0;
        }
        return count;
    }

    private void submit() {
        while (waiting > 0 && client.isWritable() && page.next(flow)) {
            int index = page.index();
            if (steps[index] == step) {
                waiting--;
                outstanding++;
                replaceOnly[index] = cannotBeUpdated();
                client.submit(request(step), flow, index);
            }
        }
        client.flushRequests();
        if (waiting == 0 && outstanding == 0) {
            begin(STEPS[step.ordinal() + 1]);
        }
    }

    private boolean cannotBeUpdated() {
        return flow.has(Field.SNAT_ADDRESS) || flow.has(Field.DNAT_ADDRESS) || flow.has(Field.SNAT_PORT)
            || flow.has(Field.DNAT_PORT) || flow.has(Field.HELPER) || flow.master().isSet();
    }

    private static ConntrackRequest request(Step step) {
        return switch (step) {
            case UPDATE -> ConntrackRequest.UPDATE;
            case DELETE -> ConntrackRequest.DELETE;
            default -> ConntrackRequest.CREATE;
        };
    }

    @Override
    public void onResult(int token, int errno, String message) {
        steps[token] = next(token, errno, message);
        outstanding--;
        if (outstanding == 0) {
            submit();
        }
    }

    private Step next(int index, int errno, String message) {
        return switch (step) {
            case CREATE -> errno == Errno.EEXIST ? existing(index) : end(index, errno, message, Outcome.CREATED);
            case UPDATE -> errno == 0 ? end(index, 0, message, Outcome.CHANGED) : Step.DELETE;
            case DELETE -> errno == 0 || errno == Errno.ENOENT ? Step.REPLACE
                : end(index, errno, message, Outcome.REFUSED);
            default -> replaced(index, errno, message);
        };
    }

    private Step existing(int index) {
        return replaceOnly[index] ? Step.DELETE : Step.UPDATE;
    }

    private Step replaced(int index, int errno, String message) {
        page.setOutcome(index, Outcome.LOST);
        return end(index, errno, message, Outcome.REPLACED);
    }

    private Step end(int index, int errno, String message, Outcome outcome) {
        if (errno == 0) {
            page.setOutcome(index, outcome);
        } else {
            failures.add(errno, message);
        }
        return Step.END;
    }
}
